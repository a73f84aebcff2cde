import ClaraModel
import Planning

/// What a person orders beside a pass: by how much it may exceed the limits, and which way it goes.
public struct PassOrders: Sendable {
    /// By how much the safety limits may be exceeded.
    public let allowances: Allowances
    /// Which way it goes.
    public let direction: Direction

    /// Which way a pass goes in the history of the fleet.
    public enum Direction: Sendable {
        /// To the head of a branch; what is older than what was applied is refused.
        case forward
        /// Back to an older revision, by order of a person.
        case rollback
    }

    /// Gives orders.
    public init(allowances: Allowances = .none, direction: Direction = .forward) {
        self.allowances = allowances
        self.direction = direction
    }
}
