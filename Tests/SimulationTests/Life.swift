import ClaraModel
import Foundation
import Planning
import Reconciling
import SQLDatabase
import Synchronization
import TestSupport

@testable import LiveSystem

/// One life of a fleet, from a seed: its events, its story, and the promises that it broke.
///
/// It is an actor so that a second applier can act while a first one waits for its commit.
actor Life {
    var random: SplitMix64
    let clock = SimulatedClock()
    /// The database as it is, without any failure.
    let driver: SQLiteDriver
    var history = SimulatedHistory()
    /// The passes whose process is known to be gone.
    let gone = Mutex<Set<Int32>>([])
    var passes: Int32 = 0
    /// What the loop has found in its last turn.
    var snapshot: Snapshot?
    /// The tenants that the last apply was to change.
    var underway: [String] = []
    /// No pass that goes forward may change anything for an older commit than this.
    var floor = 0
    /// What git says, by commit.
    var wishes: [Int: Wishes] = [:]

    /// What happened, a line each.
    private(set) var lines: [String] = []
    /// The promises that were broken.
    private(set) var findings: [String] = []
    private let folder: String

    init(seed: UInt64) async throws {
        random = SplitMix64(seed: seed)
        folder = Self.root + "/clara-life-\(seed)-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        driver = try await Self.database("\(folder)/clara.db", clock)
        history.commit(.first(&random))
    }

    deinit {
        // A folder that stays behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Memory, where there is a file system in it: a durable commit costs nothing there.
    private static let root =
        FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()

    private static func database(
        _ path: String,
        _ clock: SimulatedClock
    ) async throws -> SQLiteDriver {
        let environment = StoreEnvironment(
            clock: { clock.now },
            random: { Array(repeating: 7, count: $0) }
        )
        _ = try await LiveStore.open(StoreLocation(sqlite: path), for: .writing, in: environment)
        return try SQLiteDriver(path: path, access: .writing) { clock.now.description }
    }

    /// A database that nobody has used.
    func freshDatabase() async throws -> SQLiteDriver {
        try await Self.database("\(folder)/fresh.db", clock)
    }

    /// A store on the life's database.
    func store(on driver: any SQLDriver) -> LiveStore {
        LiveStore(
            driver: driver,
            environment: StoreEnvironment(
                clock: { self.clock.now },
                random: { Array(repeating: 7, count: $0) },
                isGone: { process in self.gone.withLock { $0.contains(process.id) } }
            )
        )
    }

    // MARK: The story

    var story: String { lines.joined(separator: "\n") }

    func tell(_ line: String) { lines.append("  \(clock.now) \(line)") }

    func expect(_ holds: Bool, _ promise: @autoclosure () -> String) {
        if !holds { findings.append("  broken: \(promise()) [after event \(lines.count)]") }
    }

    // MARK: The events

    /// Lives through it, until a promise is broken.
    func run() async {
        do {
            try await live()
        } catch {
            expect(false, "nothing fails but what is ordered to: \(error)")
        }
    }

    private func live() async throws {
        try await pass(.person)
        for _ in 0..<Int.random(in: 5...14, using: &random) where findings.isEmpty {
            try await event()
        }
        if findings.isEmpty { try await settleDown() }
    }

    private func event() async throws {
        switch Int.random(in: 0..<30, using: &random) {
        case 0...5: commit()
        case 6...11: try await pass(Bool.random(using: &random) ? .person : .loop)
        case 12...18: try await troubledPass()
        case 19...22: try await editByHand()
        case 23...25: jump()
        case 26: try await protectSomething()
        case 27: try await overrideSomething()
        case 28: try await rollBack()
        default: try await restoreSomeone()
        }
    }

    /// Makes a commit of some changes.
    func commit() {
        var fleet = history.fleets[history.head]
        let changes = (0..<Int.random(in: 1...3, using: &random)).map { _ in
            fleet.change(&random)
        }
        history.commit(fleet)
        tell("commit \(history.head): \(changes.joined(separator: ", "))")
    }

    /// Moves the clock: by minutes, past a lease, by days, past a retention, or back.
    func jump() {
        let spans: [TimeSpan] = [
            .minutes(2), .minutes(7), .hours(3), .days(1), .days(3), .days(12), .days(40),
            TimeSpan(seconds: -20), TimeSpan(seconds: -5400),
        ]
        let span = spans.randomElement(using: &random) ?? .zero
        clock.jump(span)
        tell("the clock jumps by \(span.seconds) s")
    }
}
