import Applying
import ClaraModel
import LiveSystem

/// What a loop needs of the world: to sleep, a random number, and to know when to stop.
public struct LoopWorld: Sendable {
    /// Sleeps; it may return early where a stop is asked for.
    public let sleep: @Sendable (TimeSpan) async -> Void
    /// A number from 0 up to 1.
    public let chance: @Sendable () -> Double
    /// Whether to stop.
    public let isStopping: @Sendable () -> Bool
    /// Told what became of a turn.
    public let report: @Sendable (LoopTurn) -> Void

    /// Describes the world.
    public init(
        sleep: @escaping @Sendable (TimeSpan) async -> Void,
        chance: @escaping @Sendable () -> Double,
        isStopping: @escaping @Sendable () -> Bool,
        report: @escaping @Sendable (LoopTurn) -> Void
    ) {
        self.sleep = sleep
        self.chance = chance
        self.isStopping = isStopping
        self.report = report
    }
}

/// What became of one turn of a loop.
public enum LoopTurn: Sendable, CustomStringConvertible {
    /// There was nothing to do.
    case idle
    /// Something was applied.
    case applied(ApplyReport)
    /// Nothing was changed, and why.
    case refused(String)
    /// It could not be done; the next turn tries again.
    case failed(String)

    /// One line for a log.
    public var description: String {
        switch self {
        case .idle: "nothing to do"
        case .applied(let report): "\(report)"
        case .refused(let why): "refused: \(why)"
        case .failed(let why): "failed: \(why)"
        }
    }
}

/// How things stand when a loop ends.
public enum LoopEnd: Sendable, Hashable {
    /// Everything is as git says.
    case done
    /// Some tenants are left as they were, and which.
    case partial(String)
    /// Nothing may be applied, and why.
    case refused(String)
    /// It cannot be done, and why.
    case failed(String)
}

extension LoopEnd {
    /// What an error leaves.
    init(_ error: ReconcileError) {
        self =
            switch error {
            case .noTenants, .savedPlan: .refused("\(error)")
            case .source, .store, .notAFleet, .brokenFleet, .unknownTargets: .failed("\(error)")
            }
    }
}

/// Who runs a loop, and how.
public struct LoopOrders: Sendable {
    /// In whose name it writes.
    public let actor: String
    /// On which host.
    public let host: String
    /// The time between two turns; nil for what `fleet.yaml` says.
    public let interval: TimeSpan?
    /// After so many turns it ends; nil for a loop that goes on.
    public let turns: Int?

    /// How often it looks where neither it nor `fleet.yaml` is told.
    public static let defaultInterval = TimeSpan(seconds: 60)
    /// After so many turns everything is looked at, whatever seems to have moved: at the usual
    /// interval once an hour.
    public static let turnsPerFullPass = 60
    /// A pause is longer by up to this part, so that many controllers do not poll in step.
    public static let jitter = 0.1

    /// Gives orders.
    public init(actor: String, host: String, interval: TimeSpan? = nil, turns: Int? = nil) {
        self.actor = actor
        self.host = host
        self.interval = interval
        self.turns = turns
    }
}
