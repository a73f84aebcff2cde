import LiveSystem
import Synchronization

/// Shows how an apply gets on: a bar on a terminal, a line a tenant otherwise.
final class ApplyProgress: Sendable {
    private let total: Int
    private let isInteractive: Bool
    private let done = Mutex(0)

    /// The bar's length in characters, short enough for every terminal.
    private static let barLength = 30

    init(tenants total: Int, isInteractive: Bool) {
        self.total = total
        self.isInteractive = isInteractive
    }

    /// Takes note of a tenant's outcome.
    func advance(_ outcome: TenantOutcome) {
        done.withLock { done in
            done += 1
            if isInteractive {
                Console.progress(bar(done))
            } else {
                Console.note(outcome.line)
            }
        }
    }

    /// Leaves the bar's line.
    func finish() {
        if isInteractive, total > 0 { Console.progress("") }
    }

    private func bar(_ done: Int) -> String {
        let filled = total == 0 ? Self.barLength : done * Self.barLength / total
        let bar =
            String(repeating: "█", count: filled)
            + String(repeating: "░", count: Self.barLength - filled)
        return "\(bar) \(done)/\(total) tenants"
    }
}

extension TenantOutcome {
    /// `acme: applied`, or why not.
    var line: String {
        outcome.obstacle.map { "\(tenant): not applied; \($0)" } ?? "\(tenant): applied"
    }
}
