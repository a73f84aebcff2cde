import ClaraModel

/// Contents that somebody may have edited by hand.
extension CanonicalJSON {
    /// The value, or the text itself where somebody has edited it into something that is not JSON.
    var lenientValue: JSONValue {
        do {
            return try value()
        } catch {
            return .string(text)
        }
    }

    /// The schedule that the content describes; nil where it is none, such as after an edit.
    var scheduleSpec: ScheduleSpec? {
        do {
            return try ScheduleSpec(json: try value())
        } catch {
            return nil
        }
    }
}
