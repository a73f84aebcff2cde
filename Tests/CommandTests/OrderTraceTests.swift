import Foundation
import TestSupport
import Testing

/// What is left to be seen of orders and applies: events, history, status.
@Suite("traces of orders")
struct OrderTraceTests {
    private func apply(_ world: World) throws -> Run {
        try world.clara(["apply", "--auto-approve"])
    }

    @Test(
        "an order on a store that does not exist is an error, and makes none",
        arguments: [
            ["protect", "acme", "--reason", "x"], ["unprotect", "acme", "--reason", "x"],
            ["override", "acme", "--end", "--reason", "x"], ["unpin"], ["unlock", "1"],
            ["tenant", "restore", "acme", "--reason", "x"],
        ]
    )
    func noStore(command: [String]) throws {
        let world = try World.fresh()
        let run = try world.clara(command)
        #expect(run.status == 1)
        #expect(run.errors.contains("clara.db does not exist"), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: world.database))
    }

    @Test(
        "who reads a store that does not exist is told so",
        arguments: ["plan", "drift", "status", "events", "history"]
    )
    func notedStore(command: String) throws {
        let world = try World.fresh()
        #expect(try world.clara([command]).errors.contains("does not exist yet"))
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        #expect(try world.clara([command]).errors.contains("does not exist") == false)
    }

    @Test("the reason of an order outlives it")
    func reasons() throws {
        let world = try World.settled()
        let quota = "acme/Quota/default"
        for order in [
            [
                "override", quota, "--set", "posts.perDay=1", "--for", "2h", "--reason",
                "complaints",
            ],
            ["override", quota, "--end", "--reason", "quiet again"],
            ["protect", "acme", "--reason", "contract"], ["protect", "acme", "--reason", "court"],
            ["unprotect", "acme", "--reason", "settled"],
        ] {
            #expect(try world.clara(order).status == 0)
        }
        let events = try world.clara(["events", "--tenant", "acme"]).output
        for part in [
            "posts.perDay = 1", "complaints", "quiet again", "before, by", "contract", "court",
            "settled",
        ] {
            #expect(events.contains(part), "\(part): \(events)")
        }
        let id = try world.query("SELECT id FROM operations WHERE kind='override' LIMIT 1")
        let shown = try world.clara(["history", "show", id]).output
        #expect(shown.contains("posts.perDay = 1") && shown.contains("complaints"), "\(shown)")
        let token = try world.query("SELECT token FROM locks")
        try world.holdLock()
        let held = String((Int(token) ?? 0) + 1)
        #expect(try world.clara(["unlock", held, "--actor", "kim"]).status == 0)
        #expect(try world.clara(["events"]).output.contains("was taken away by kim"))
    }

    @Test("status shows the orders that stand, and what the fleet was warned of")
    func orders() throws {
        let world = try World.settled()
        let quota = "acme/Quota/default"
        for order in [
            [
                "override", quota, "--set", "posts.perDay=1", "--for", "2h", "--reason",
                "complaints",
            ],
            ["protect", "acme", "--reason", "contract"],
        ] {
            #expect(try world.clara(order).status == 0)
        }
        try world.remove("tenants/beta")
        try world.commit()
        #expect(try apply(world).status == 0)
        try world.holdLock()
        let status = try world.clara(["status"]).output
        for part in [
            "paused, retired", "posts.perDay = 1 until", "complaints",
            "acme/Tenant/acme is protected",
            "contract", "beta is retired since", "dana on elsewhere holds the lock",
        ] {
            #expect(status.contains(part), "\(part): \(status)")
        }
        #expect(try world.clara(["status", "--format", "json"]).json != nil)
    }

    @Test("what happened to a tenant is among its events, whoever did it")
    func events() throws {
        let world = try World.settled()
        #expect(try world.clara(["events", "--tenant", "beta"]).output.contains("Applied"))
        try world.replace("drift: heal", in: "fleet.yaml", from: "drift: report")
        try world.sql("UPDATE clients SET display_name='by hand' WHERE tenant='acme'")
        try world.commit()
        #expect(try world.clara(["run", "--turns", "1"]).status == 0)
        try world.remove("tenants/beta")
        try world.commit()
        #expect(try apply(world).status == 0)
        let restore = ["tenant", "restore", "beta", "--reason", "by mistake"]
        #expect(try world.clara(restore).status == 0)
        let acme = try world.clara(["events", "--tenant", "acme"]).output
        #expect(acme.contains("Healed") && acme.contains("acme/Tenant/acme"), "\(acme)")
        let beta = try world.clara(["events", "--tenant", "beta"]).output
        for part in ["Retired", "Restored", "by mistake"] {
            #expect(beta.contains(part), "\(part): \(beta)")
        }
        #expect(try world.clara(["events"]).output.contains("By "))
    }

    @Test("an ID that names no operation, or several, is an error that says which")
    func operationID() throws {
        let world = try World.settled()
        #expect(try world.clara(["protect", "acme", "--reason", "x"]).status == 0)
        let order = ["override", "acme", "--set", "state=active", "--for", "1h", "--reason", "x"]
        #expect(try world.clara(order).status == 0)
        let several = try world.clara(["history", "show", "20"])
        #expect(several.status == 1)
        for id in try world.query("SELECT id FROM operations").split(separator: "\n") {
            #expect(several.errors.contains(id), "\(several.errors)")
        }
        #expect(try world.clara(["history", "show", ""]).status == 1)
        #expect(
            try world.clara(["history", "show", "19"]).errors.contains("there is no operation")
        )
    }
}
