import SQLDatabase
import Synchronization

/// One applier's connection to the database, which fails where its script says.
final class FaultyDriver: SQLDriver {
    private let real: SQLiteDriver
    private let script: FaultScript
    private let meeting: @Sendable (Int) async -> Void
    private let state = Mutex(State())

    private struct State {
        var commits = 0
        var reads = 0
        var isDead = false
    }

    /// - Parameter meeting: runs where the script says that somebody else acts meanwhile; it is
    ///   told the number of the commit before which it runs.
    init(
        _ real: SQLiteDriver,
        _ script: FaultScript = FaultScript(),
        meeting: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.real = real
        self.script = script
        self.meeting = meeting
    }

    var place: String { real.place }

    /// Whether the process that used it was killed.
    var isDead: Bool { state.withLock { $0.isDead } }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLSnapshot) throws(SQLError) -> Result
    ) async throws(SQLError) -> Result {
        let number = state.withLock { state in
            defer { state.reads += 1 }
            return state.reads
        }
        if isDead || script.reads.contains(number) { throw failure }
        return try await real.read(body)
    }

    func commit(_ group: TransactionGroup) async throws(SQLError) -> GroupOutcome {
        let number = state.withLock { state in
            defer { state.commits += 1 }
            return state.commits
        }
        if isDead { throw failure }
        switch script.commits[number] {
        case .failBefore: throw failure
        case .dieBefore: throw die()
        case .meet: await meeting(number)
        case .failAfter, .dieAfter, nil: break
        }
        let outcome = try await real.commit(group)
        switch script.commits[number] {
        case .failAfter: throw failure
        case .dieAfter: throw die()
        case .failBefore, .dieBefore, .meet, nil: return outcome
        }
    }

    func schemaVersion() async throws(SQLError) -> Int { try await real.schemaVersion() }

    func migrate(_ migrations: [Migration], at time: String) async throws(SQLError) {
        try await real.migrate(migrations, at: time)
    }

    private func die() -> SQLError {
        state.withLock { $0.isDead = true }
        return failure
    }

    private var failure: SQLError { SQLError(.inputOutput, message: "simulated", place: place) }
}

/// What fails in one applier's life, by the numbers of its commits and reads.
struct FaultScript: Sendable {
    /// What happens at a commit.
    enum Fault: CaseIterable, Sendable {
        /// It fails, and nothing of it is kept.
        case failBefore
        /// It is kept, and reported as failed.
        case failAfter
        /// The process is killed before it.
        case dieBefore
        /// The process is killed after it.
        case dieAfter
        /// Somebody else acts before it.
        case meet
    }

    var commits: [Int: Fault] = [:]
    var reads: Set<Int> = []
}
