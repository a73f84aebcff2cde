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
        if case .schedule(let spec) = spec(of: .schedule) { spec } else { nil }
    }

    /// The spec that the content describes; nil where it is none of that kind.
    func spec(of kind: Kind) -> ResourceSpec? {
        do {
            return try ResourceSpec(kind, json: try value())
        } catch {
            return nil
        }
    }
}
