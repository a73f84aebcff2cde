import ClaraModel
import Scheduling

/// Slots as a saved plan holds them: a text each, as a first plan of a large fleet has a million.
extension SlotChange {
    var saved: JSONValue {
        .present([
            "added": added.saved { .string($0.saved) },
            "removed": removed.saved { .string($0.saved) },
            "window": window?.saved,
            // A fingerprint has 64 bits without a sign, one more than an integer of JSON here.
            "fingerprint": .string(String(fingerprint, radix: 16)),
            "former_end": formerEnd.map { .text($0) },
        ])
    }

    init(saved: SavedValue) throws(SavedPlanError) {
        guard let fingerprint = UInt64(try saved["fingerprint"].text(), radix: 16) else {
            throw saved["fingerprint"].error
        }
        self.init(
            added: try saved["added"].list(Slot.init(saved:)),
            removed: try saved["removed"].list(LiveSlot.init(saved:)),
            window: try saved["window"].optional(Range.init(saved:)),
            fingerprint: fingerprint,
            formerEnd: try saved["former_end"].optional { end throws(SavedPlanError) in
                try end.parsed()
            }
        )
    }
}

extension Range<Instant> {
    var saved: JSONValue { ["from": .text(lowerBound), "until": .text(upperBound)] }

    init(saved: SavedValue) throws(SavedPlanError) {
        let lower: Instant = try saved["from"].parsed()
        let upper: Instant = try saved["until"].parsed()
        guard lower <= upper else { throw saved.error }
        self = lower..<upper
    }
}

extension Slot {
    /// `2026-11-24T09:00 2026-11-24T08:07:11Z 431`: what it is known by, when it fires, and how
    /// many seconds of that are jitter where that is known.
    fileprivate var saved: String {
        let jitter = scheduledAt.map { " \((firesAt - $0).seconds)" } ?? ""
        return "\(key) \(firesAt)\(jitter)"
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        let words = try SlotWords(saved)
        let jitter = words.last.map { Int64($0) }
        if let jitter, jitter == nil { throw saved.error }
        self.init(
            localTime: words.key.localTime,
            occurrence: words.key.occurrence,
            scheduledAt: jitter?.map { words.firesAt - TimeSpan(seconds: $0) },
            firesAt: words.firesAt
        )
    }
}

extension LiveSlot {
    /// `2026-11-24T09:00 2026-11-24T08:07:11Z`, with `taken` where it is no longer planned.
    fileprivate var saved: String { "\(key) \(firesAt)\(isPlanned ? "" : " taken")" }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        let words = try SlotWords(saved)
        guard words.last == nil || words.last == "taken" else { throw saved.error }
        self.init(key: words.key, firesAt: words.firesAt, isPlanned: words.last == nil)
    }
}

/// The two words that every slot has, and what may follow.
private struct SlotWords {
    let key: SlotKey
    let firesAt: Instant
    let last: Substring?

    init(_ saved: SavedValue) throws(SavedPlanError) {
        let words = try saved.text().split(separator: " ", omittingEmptySubsequences: false)
        guard (2...3).contains(words.count) else { throw saved.error }
        let parts = words[0].split(separator: "#", omittingEmptySubsequences: false)
        guard let occurrence = parts.count == 1 ? 0 : UInt8(parts[1]), parts.count <= 2 else {
            throw saved.error
        }
        do {
            key = SlotKey(
                localTime: try LocalDateTime(parsing: String(parts[0])),
                occurrence: occurrence
            )
            firesAt = try Instant(parsing: String(words[1]))
        } catch {
            throw saved.error
        }
        last = words.count == 3 ? words[2] : nil
    }
}
