import ClaraModel
import Diffing
import Scheduling

/// One change to one resource: what is there now, what will be there, and why.
public struct Step: Sendable {
    /// The resource.
    public let address: ResourceAddress
    /// What happens to it.
    public let action: Action
    /// Why.
    public let reason: Reason
    /// The live row as it was observed; applying compares it and sets. Nil where there is none.
    public let before: CanonicalJSON?
    /// The row afterwards; nil for a deletion.
    public let after: CanonicalJSON?
    /// From live to desired, field by field.
    public let changes: [FieldChange]
    /// From what was last applied to live: what somebody else changed.
    public let drift: [FieldChange]
    /// The slots that a schedule gains and loses; nil for every other kind.
    public let slots: SlotChange?
    /// Where git declares it; nil where it does not, or where the declaration was not read because
    /// nothing in it changed.
    public let origin: Origin?
    /// Until when a tenant that this step retires is kept; nil for every other step.
    public let retirement: Retirement?

    /// Describes a step.
    public init(
        address: ResourceAddress,
        action: Action,
        reason: Reason,
        before: CanonicalJSON?,
        after: CanonicalJSON?,
        changes: [FieldChange] = [],
        drift: [FieldChange] = [],
        slots: SlotChange? = nil,
        origin: Origin? = nil,
        retirement: Retirement? = nil
    ) {
        self.address = address
        self.action = action
        self.reason = reason
        self.before = before
        self.after = after
        self.changes = changes
        self.drift = drift
        self.slots = slots
        self.origin = origin
        self.retirement = retirement
    }

    /// What happens to a resource.
    public enum Action: String, Sendable, CaseIterable {
        /// A row and its mark appear.
        case create
        /// The row gets new content, or only the mark where it has that content already.
        case update
        /// The row and its mark go.
        case delete
        /// A field that cannot change does: the row goes and another takes its place.
        case replace
        /// A tenant whose folder is gone is paused and kept for its retention.
        case retire
    }

    /// Why a step is there.
    public enum Reason: String, Sendable, CaseIterable {
        /// Git declares it and nothing is live.
        case added
        /// Git changed; live is as it was last applied.
        case changed
        /// Live changed; git is as it was last applied. Git wins.
        case drifted
        /// Git and live both changed. Git wins.
        case conflict
        /// Live exists without a mark and git declares it.
        case adopted
        /// Git no longer declares it.
        case removed
        /// A retired tenant is back: in git, or by order of a person.
        case restored
        /// A person orders another value for a while.
        case overridden
        /// An override has ended; git's value comes back.
        case overrideEnded
    }
}

/// The slots that a schedule gains and loses.
public struct SlotChange: Sendable, Hashable {
    /// Rows to insert, as `planned`.
    public let added: [Slot]
    /// Rows to delete, each still `planned` and firing when the plan saw it fire.
    public let removed: [LiveSlot]
    /// The window that the schedule's slots fill afterwards; nil where the schedule goes.
    public let window: Range<Instant>?
    /// `SlotFingerprint` of the rows in that window afterwards.
    public let fingerprint: UInt64
    /// Where the window ended before: slots from there on are added because time passed. Nil where
    /// the schedule had none.
    public let formerEnd: Instant?

    /// Describes a change.
    public init(
        added: [Slot],
        removed: [LiveSlot],
        window: Range<Instant>?,
        fingerprint: UInt64,
        formerEnd: Instant? = nil
    ) {
        self.added = added
        self.removed = removed
        self.window = window
        self.fingerprint = fingerprint
        self.formerEnd = formerEnd
    }

    /// Whether no row changes.
    public var isEmpty: Bool { added.isEmpty && removed.isEmpty }
}
