import ClaraModel
import LiveSystem
import ManifestLoading
import Planning

/// Events as lines, the oldest first.
struct EventLines {
    private let events: [StoreEvent]
    private let style: TextStyle

    init(_ events: [StoreEvent], style: TextStyle) {
        self.events = events
        self.style = style
    }

    /// One line an event.
    var text: String {
        if events.isEmpty { return "No events." }
        return Columns(rows: events.map(row)).lines.joined(separator: "\n")
    }

    /// Messages quote rows and manifests, so that nothing in them may act on the terminal.
    private func row(_ event: StoreEvent) -> [String] {
        let times = event.count > 1 ? " (\(event.count) times since \(event.first))" : ""
        return [
            "\(event.last)", event.note.type.rawValue, event.note.tenant ?? "-", event.note.reason,
            event.note.message + times,
        ].map { SecretScan.looksLikeKey($0) ? "(hidden)" : VisibleText.line($0) }
    }
}
