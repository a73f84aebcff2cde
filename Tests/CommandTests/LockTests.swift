import Foundation
import TestSupport
import Testing

/// One writer at a time, on the built binary.
@Suite("the lock")
struct LockTests {
    private func heldWorld() throws -> World {
        let world = try World.settled()
        try world.holdLock()
        return world
    }

    @Test(
        "keeps every writing command out, and the refusal names who holds it",
        arguments: [
            ["apply", "--auto-approve"], ["protect", "acme", "--reason", "x"],
            ["override", "acme", "--set", "state=active", "--for", "1h", "--reason", "x"],
            ["rollback", "--to", "HEAD", "--auto-approve"], ["unpin"],
        ]
    )
    func held(command: [String]) throws {
        let run = try heldWorld().clara(command)
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        for part in ["dana", "elsewhere", "2026-11-23T00:00:00Z", "clara unlock"] {
            #expect(run.errors.contains(part), "\(part): \(run.errors)")
        }
    }

    @Test("is taken away only with its token")
    func unlock() throws {
        let world = try heldWorld()
        let token = try world.query("SELECT token FROM locks")
        #expect(try world.clara(["unlock", "999"]).status == 3)
        #expect(try world.clara(["apply", "--auto-approve"]).status == 3)
        #expect(try world.clara(["unlock", token]).status == 0)
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        #expect(try world.clara(["unlock", token]).status == 3)
    }

    @Test("is waited for as long as --lock-timeout says")
    func timeout() throws {
        let world = try heldWorld()
        let apply = "\(Programs.claraPath) apply --auto-approve --lock-timeout"
        let places = ["CLARA_SOURCE": world.fleet, "CLARA_STORE": "sqlite:\(world.database)"]
        #expect(
            try Programs.shell("\(apply) 1s", in: world.root, environment: places).status == 3
        )
        let free = "(sleep 1; sqlite3 clara.db 'UPDATE locks SET holder = NULL') &"
        let run = try Programs.shell("\(free) \(apply) 1m", in: world.root, environment: places)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
    }

    @Test("whose lease has ended is taken over, with a higher token")
    func ended() throws {
        let world = try heldWorld()
        try world.sql("UPDATE locks SET expires_at = '2026-11-23T00:01:00Z'")
        let before = Int(try world.query("SELECT token FROM locks")) ?? 0
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        #expect((Int(try world.query("SELECT token FROM locks")) ?? 0) > before)
    }

    @Test("does not keep readers out", arguments: ["plan", "drift", "status", "history", "events"])
    func readers(command: String) throws {
        #expect(try heldWorld().clara([command]).status == 0)
    }

    @Test("two applies at once leave what one leaves, and neither fails")
    func together() throws {
        let world = try World.fresh()
        let one = "\(Programs.claraPath) apply --auto-approve --lock-timeout 1m"
        let run = try Programs.shell(
            "\(one) & first=$!; \(one); second=$?; wait $first; echo $? $second",
            in: world.root,
            environment: ["CLARA_SOURCE": world.fleet, "CLARA_STORE": "sqlite:\(world.database)"]
        )
        #expect(run.output.hasSuffix("0 0\n"), "\(run.output)\(run.errors)")
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 0)
    }
}
