import Applying
import Foundation
import TestSupport
import Testing

/// The built binary, killed with SIGKILL: at every step boundary and at random moments.
@Suite("an apply that is killed")
struct CrashTests {
    private static let prepared = Result { try CrashWorld() }

    /// How many random moments there are in all; each part takes its share.
    private static let moments = 200
    private static let parts = 8

    @Test(
        "leaves, after the next apply, what a clean apply leaves",
        arguments: FaultPoint.allCases.map(\.rawValue)
    )
    func boundaries(name: String) throws {
        let prepared = try Self.prepared.get()
        let world = try prepared.world()
        let run = try world.clara(
            ["apply", "--auto-approve"],
            environment: ["CLARA_FAULT_POINT": name]
        )
        #expect(run.status == 137, "\(name) was not reached: \(run.output)\(run.errors)")
        try expectRecovery(of: world, prepared, "at \(name)")
    }

    @Test("leaves the same whenever it is killed", arguments: 0..<parts)
    func randomMoments(part: Int) throws {
        let prepared = try Self.prepared.get()
        var generator = SplitMix64(seed: SplitMix64.seed &+ UInt64(part))
        for _ in 0..<Self.moments / Self.parts {
            let world = try prepared.world()
            let moment = Double.random(in: 0...prepared.duration * 1.1, using: &generator)
            let command = Self.commands.randomElement(using: &generator) ?? ["plan"]
            _ = try world.kill(command, after: moment)
            let label = "seed \(SplitMix64.seed), \(command) killed after \(moment) s"
            try expectRecovery(of: world, prepared, label)
        }
    }

    private static let commands = [
        ["plan"], ["apply", "--auto-approve"], ["apply", "--auto-approve"],
        ["rollback", "--to", "HEAD~1", "--auto-approve"],
    ]

    private func expectRecovery(of world: World, _ prepared: CrashWorld, _ label: String) throws {
        // A rollback leaves nobody free to go forward again before it has done anything.
        let rollbacks = "SELECT count(*) FROM operations WHERE kind = 'rollback'"
        if try world.query(rollbacks) == "1" {
            #expect(try world.query("SELECT count(*) FROM pins") == "1", "\(label)")
        }
        _ = try world.clara(["unpin"])
        let run = try world.clara(["apply", "--auto-approve"])
        #expect(run.status == 0, "\(label): \(run.output)\(run.errors)")
        #expect(try world.liveState() == prepared.settled, "\(label)")
        try expectHonestJournal(of: world, label)
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 0, "\(label)")
    }

    /// Nothing is left under way, and nothing is said to be done twice by one operation.
    private func expectHonestJournal(of world: World, _ label: String) throws {
        #expect(
            try world.query("SELECT count(*) FROM operations WHERE state = 'running'") == "0",
            "\(label)"
        )
        #expect(
            try world.query(
                "SELECT count(*) FROM operation_steps WHERE state IN ('planned', 'started')"
            ) == "0",
            "\(label)"
        )
        #expect(
            try world.query("SELECT count(*) FROM locks WHERE holder IS NOT NULL") == "0",
            "\(label)"
        )
        #expect(try world.query("PRAGMA integrity_check") == "ok", "\(label)")
    }
}
