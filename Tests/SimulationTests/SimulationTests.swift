import Foundation
import Logging
import Testing

/// # SimulationTests
///
/// Whole lives of a fleet, each made from one number: commits, applies that fail half way, people
/// who edit rows, clocks that jump, two appliers that meet. After every event the promises of
/// `docs/architecture.md` are checked, and at the end, when nothing fails any longer, the store
/// must come to what one clean apply makes.
///
/// - `World/`: what is simulated: git, the clock, a database driver that fails on order.
/// - `Life.swift`: the events of a life; `Life+….swift`: one sort of event each.
/// - `Checks/`: what must hold.
///
/// Everything is the program's own but git, the clock, and the moments at which the driver fails. A
/// life runs one thing after the other, so that its seed repeats it:
///
///     CLARA_SEED=17 swift test --filter SimulationTests          # that one, with its story
///     CLARA_SIMULATIONS=10000 swift test --filter SimulationTests
@Suite("Simulation")
struct SimulationTests {
    /// As many as there are processors to run lives side by side.
    private static let lanes = 2

    /// Ten thousand lives have too much to log.
    init() { Self.logsNothing }

    private static let logsNothing: Void = LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }

    @Test(
        "whatever fails, a fleet keeps its promises and comes to what git says",
        arguments: 0..<lanes
    )
    func everyLifeIsSound(lane: Int) async throws {
        for seed in Seeds.ordered where Int(seed % UInt64(Self.lanes)) == lane {
            let life = try await Life(seed: seed)
            await life.run()
            let findings = await life.findings
            if findings.isEmpty, !Seeds.isSingle { continue }
            let story = await life.story
            let text = "CLARA_SEED=\(seed)\n" + story + "\n" + findings.joined(separator: "\n")
            if findings.isEmpty { print(text) } else { Issue.record(Comment(rawValue: text)) }
        }
    }
}

/// Which lives are run.
enum Seeds {
    /// How many lives an ordinary run of the tests can afford.
    private static let standard: UInt64 = 500

    private static let environment = ProcessInfo.processInfo.environment
    private static let single = environment["CLARA_SEED"].flatMap { UInt64($0) }

    /// Whether one life was asked for, to be looked at.
    static var isSingle: Bool { single != nil }

    /// The seeds: `CLARA_SEED` alone, or as many as `CLARA_SIMULATIONS` says.
    static var ordered: [UInt64] {
        if let single { return [single] }
        let count = environment["CLARA_SIMULATIONS"].flatMap { UInt64($0) } ?? standard
        return Array(1...max(count, 1))
    }
}
