import ClaraModel
import Diffing
import Scheduling

/// What happens to the slots of a schedule, in one line, and what somebody did to them.
enum SlotLines {
    /// `12 slots added, 3 removed; first 2026-11-24 09:00 Europe/Paris`
    static func summary(_ change: SlotChange, timezone: String?) -> String? {
        let counts = SlotCounts(change)
        let parts = [
            (counts.added.count, "added"), (counts.moved, "moved"), (counts.removed, "removed"),
        ].filter { $0.0 > 0 }
        let words = parts.enumerated().map { index, part in
            index == 0
                ? "\(Quantity(part.0, "slot")) \(part.1)" : "\(Quantity.grouped(part.0)) \(part.1)"
        }.joined(separator: ", ")
        let sentences = [words, first(change, counts, timezone), horizon(counts)]
        let text = sentences.filter { !$0.isEmpty }.joined(separator: "; ")
        return text.isEmpty ? nil : text
    }

    private static func first(
        _ change: SlotChange,
        _ counts: SlotCounts,
        _ timezone: String?
    ) -> String {
        let new = change.added.filter { !counts.isGrowth($0) }
        guard let first = new.min(by: { $0.firesAt < $1.firesAt }) else { return "" }
        return "first \(first.localTime.spaced)" + (timezone.map { " \($0)" } ?? "")
    }

    private static func horizon(_ counts: SlotCounts) -> String {
        counts.grown == 0 ? "" : "\(Quantity(counts.grown, "slot")) more as the horizon moves on"
    }

    /// Whether a change is about a slot row.
    static func isSlot(_ change: FieldChange) -> Bool { change.isSlotRow }

    /// The slots that somebody added, moved or removed, one line each.
    ///
    /// - Parameter drift: those for which `isSlot` holds.
    static func lines(_ drift: [FieldChange], indent: Int) -> [Line] {
        let lines = drift.map { change in
            let key = change.path.components.last?.name ?? ""
            return Line(indent, "slot \(VisibleText.line(key)) ").then(words(change), .drifted)
        }
        return lines.cut(to: RenderingLimits.elements, "more slot")
    }

    private static func words(_ change: FieldChange) -> String {
        switch (change.before?.text, change.after?.text) {
        case (let wanted?, let found?):
            "moved by hand: last applied \(wanted), live \(VisibleText.line(found))"
        case (let wanted?, nil): "removed by hand: last applied \(wanted)"
        case (nil, let found): "added by hand: live \(VisibleText.line(found ?? ""))"
        }
    }
}

/// A slot change in numbers; a slot that is removed and added again has moved.
struct SlotCounts {
    let added: [Slot]
    let moved: Int
    let removed: Int
    /// Slots that are added because time passed.
    let grown: Int
    private let formerEnd: Instant?

    init(_ change: SlotChange) {
        let removed = Set(change.removed.map(\.key))
        let new = change.added.filter { !removed.contains($0.key) }
        formerEnd = change.formerEnd
        moved = change.added.count - new.count
        self.removed = removed.count - moved
        added = new.filter { !Self.isGrowth($0, beyond: change.formerEnd) }
        grown = new.count - added.count
    }

    /// Whether a slot is there because time passed.
    func isGrowth(_ slot: Slot) -> Bool { Self.isGrowth(slot, beyond: formerEnd) }

    private static func isGrowth(_ slot: Slot, beyond end: Instant?) -> Bool {
        end.map { slot.firesAt >= $0 } ?? false
    }
}
