import ClaraModel
import Planning
import Scheduling

/// Resources of one tenant, and the steps that bring them about.
enum Sample {
    static let tenant = content(["displayName": "Acme Coffee", "state": "active"])
    static let quota = content(["posts": ["perDay": 8], "budget": ["usdPerMonth": 12.5]])
    static let prompt = content([
        "system": "Say \"hello\".\nNo hype.", "template": "{{topic}}",
        "model": ["name": "gpt-4o-mini"],
    ])
    static let schedule = content([
        "slots": ["Mon-Fri 09:00"], "prompt": "notes", "credential": "x", "end": "2026-12-31",
    ])
    static let base = content([
        "sources": [["glob": "knowledge/**"]],
        "documents": [
            "knowledge/a.md": ["contentHash": "git:aa", "size": 10],
            "knowledge/b.md": ["contentHash": "git:bb", "size": 20, "metadata": ["kind": "menu"]],
        ],
    ])

    static func content(_ value: JSONValue) -> CanonicalJSON { CanonicalJSON(value) }
}

extension ResourceAddress {
    static let client = ResourceAddress(tenant: "acme", kind: .tenant, name: "acme")
    static let quota = ResourceAddress(tenant: "acme", kind: .quota, name: "default")
    static let prompt = ResourceAddress(tenant: "acme", kind: .prompt, name: "notes")
    static let schedule = ResourceAddress(tenant: "acme", kind: .schedule, name: "mornings")
    static let base = ResourceAddress(tenant: "acme", kind: .knowledgeBase, name: "facts")
}

extension Step {
    static func create(
        _ address: ResourceAddress,
        _ after: CanonicalJSON,
        slots: SlotChange? = nil,
        reason: Reason = .added
    ) -> Step {
        Step(
            address: address,
            action: .create,
            reason: reason,
            before: nil,
            after: after,
            slots: slots
        )
    }

    static func update(
        _ address: ResourceAddress,
        from before: CanonicalJSON,
        to after: CanonicalJSON,
        slots: SlotChange? = nil,
        reason: Reason = .changed
    ) -> Step {
        Step(
            address: address,
            action: .update,
            reason: reason,
            before: before,
            after: after,
            slots: slots
        )
    }

    static func delete(
        _ address: ResourceAddress,
        _ before: CanonicalJSON?,
        slots: SlotChange? = nil
    ) -> Step {
        Step(
            address: address,
            action: .delete,
            reason: .removed,
            before: before,
            after: nil,
            slots: slots
        )
    }

    static func replace(
        _ address: ResourceAddress,
        from before: CanonicalJSON,
        to after: CanonicalJSON
    ) -> Step {
        Step(address: address, action: .replace, reason: .changed, before: before, after: after)
    }
}

extension Slot {
    /// A slot at this hour of a day from now, at the same hour in UTC.
    static func at(hour: Int64, day: Int64 = 1) -> Slot {
        let fires = Instant(seconds: 1_795_392_000) + .days(day) + .hours(hour)
        return Slot(
            localTime: LocalDateTime(minutes: Int32(fires.seconds / 60)),
            occurrence: 0,
            scheduledAt: fires,
            firesAt: fires
        )
    }
}

extension SlotChange {
    /// The two weeks from the tests' present.
    static let fortnight = Instant.testNow..<(Instant.testNow + .days(14))

    /// Slots that are there when everything is done.
    static func adding(_ slots: Slot...) -> SlotChange {
        SlotChange(
            added: slots,
            removed: [],
            window: fortnight,
            fingerprint: SlotFingerprint.of(slots)
        )
    }
}

extension LiveSlot {
    /// The row of a slot that is planned.
    init(planned slot: Slot) {
        self.init(
            key: SlotKey(localTime: slot.localTime, occurrence: slot.occurrence),
            firesAt: slot.firesAt,
            isPlanned: true
        )
    }
}
