import ClaraModel
import LiveSystem
import ManifestLoading
import Planning

/// Events as JSON.
struct EventDocument {
    private let events: [StoreEvent]

    init(_ events: [StoreEvent]) { self.events = events }

    /// One JSON document.
    var text: String {
        CanonicalJSON([
            "format_version": .string(Planning.formatVersion),
            "events": .array(events.map(Self.json)),
        ]).text
    }

    /// One event as a document of its own.
    static func line(_ event: StoreEvent) -> String { CanonicalJSON(json(event)).text }

    /// One event.
    static func json(_ event: StoreEvent) -> JSONValue {
        let message = event.note.message
        return [
            "sequence": .integer(event.sequence), "first": .string("\(event.first)"),
            "last": .string("\(event.last)"), "count": .integer(Int64(event.count)),
            "tenant": JSONValue(optional: event.note.tenant),
            "type": .string(event.note.type.rawValue), "reason": .string(event.note.reason),
            "message": .string(SecretScan.looksLikeKey(message) ? "(hidden)" : message),
            "revision": .string(event.note.revision),
        ]
    }
}
