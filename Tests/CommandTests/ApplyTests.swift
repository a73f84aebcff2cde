import Foundation
import TestSupport
import Testing

/// What an apply leaves in the store, as people see it with `sqlite3`.
@Suite("apply on the built binary")
struct ApplyTests {
    @Test("an applied fleet is in the tables under the documented names")
    func tables() throws {
        let world = try World.settled()
        #expect(
            try world.query("SELECT tenant, display_name, timezone, state FROM clients ORDER BY 1")
                == "acme|Acme|America/New_York|paused\nbeta|Beta|Europe/Paris|paused"
        )
        #expect(try world.query("SELECT count(*) FROM credentials") == "4")
        #expect(
            try world.query(
                "SELECT oauth1_consumer_key FROM credentials WHERE tenant='acme' AND provider='x'"
            )
                == #"{"env":"ACME_X_CONSUMER_KEY"}"#
        )
        #expect(
            try world.query("SELECT posts_per_day, posts_per_month FROM quotas WHERE tenant='acme'")
                == "2|90"
        )
        #expect(
            try world.query("SELECT path FROM knowledge_documents WHERE tenant='acme'")
                == "knowledge/about.md"
        )
        #expect(
            try world.query("SELECT count(DISTINCT state) || min(state) FROM slots") == "1planned"
        )
        let slots = try #require(
            Int(try world.query("SELECT count(*) FROM slots WHERE tenant='acme'"))
        )
        #expect((9...12).contains(slots), "two weeks and a day have 10 or 11 weekdays")
    }

    @Test("applying again changes nothing, not even a row")
    func idempotent() throws {
        let world = try World.settled()
        let before = try world.query(".dump")
        let run = try world.clara(["apply", "--auto-approve"])
        #expect(run.status == 0)
        #expect(run.output.contains("No changes"))
        #expect(Self.content(try world.query(".dump")) == Self.content(before))
    }

    /// The dump without the notes of when a revision was last applied, and of whose turn it was.
    private static func content(_ dump: String) -> [Substring] {
        dump.split(separator: "\n").filter {
            !$0.hasPrefix("INSERT INTO fleets") && !$0.hasPrefix("INSERT INTO locks")
        }
    }

    @Test("plan, drift and status never create or change a store")
    func readers() throws {
        let world = try World.fresh()
        for command in ["plan", "drift", "status"] {
            #expect(try world.clara([command]).status == 0)
        }
        #expect(!FileManager.default.fileExists(atPath: world.database))
    }

    @Test("git wins over a change by hand, and says so before")
    func driftIsCorrected() throws {
        let world = try World.drifted()
        let drift = try world.clara(["drift"])
        #expect(drift.output.contains("Acme by hand"))
        #expect(drift.output.contains("display"))
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        #expect(try world.query("SELECT display_name FROM clients WHERE tenant='acme'") == "Acme")
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 0)
    }

    @Test(
        "whatever is changed by hand is drift, and an apply puts it right",
        arguments: [
            "DELETE FROM clients WHERE tenant='acme'",
            "DELETE FROM prompts WHERE tenant='acme'",
            "DELETE FROM slots WHERE tenant='acme'",
            "DELETE FROM quotas",
            "UPDATE slots SET fires_at='2099-01-01T00:00:00Z' WHERE tenant='acme'",
            "UPDATE schedules SET slots='not json' WHERE tenant='acme'",
            "UPDATE clients SET state='on holiday' WHERE tenant='acme'",
            "UPDATE quotas SET posts_per_day=-7 WHERE tenant='acme'",
            "UPDATE prompts SET template='by hand' WHERE tenant='acme'",
            "UPDATE knowledge_documents SET content_hash='x' WHERE tenant='acme'",
            "DELETE FROM knowledge_documents WHERE tenant='acme'",
            "UPDATE credentials SET account='@other' WHERE tenant='acme' AND provider='x'",
            "UPDATE schedules SET slots_until=NULL; DELETE FROM slots",
            "UPDATE schedules SET slots_until='2099-01-01T00:00:00Z'; DELETE FROM slots",
        ]
    )
    func handEdits(statement: String) throws {
        let world = try World.settled()
        try world.sql(statement)
        let drift = try world.clara(["drift", "--detailed-exitcode"])
        #expect(drift.status == 2, "\(drift.output)\(drift.errors)")
        let apply = try world.clara(["apply", "--auto-approve"])
        #expect(apply.status == 0, "\(apply.output)\(apply.errors)")
        let again = try world.clara(["plan", "--detailed-exitcode"])
        #expect(again.status == 0, "\(again.output)\(again.errors)")
    }

    @Test("a row that nobody declared is reported and never deleted")
    func unmanaged() throws {
        let world = try World.settled()
        try world.sql("INSERT INTO quotas (tenant, name, posts_per_day) VALUES ('acme', 'mine', 3)")
        #expect(try world.clara(["drift"]).output.contains("acme/Quota/mine"))
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        #expect(try world.query("SELECT count(*) FROM quotas WHERE name='mine'") == "1")
    }

    @Test("a broken tenant is left exactly as it is, and the others are applied")
    func blocked() throws {
        let world = try World.settled()
        let before = try world.query("SELECT * FROM schedules WHERE tenant='beta'")
        try world.write("tenants/beta/extra.yaml", Samples.brokenSchedule)
        try world.write(
            "tenants/acme/more.yaml",
            """
            apiVersion: clara.dev/v1
            kind: Prompt
            metadata: {name: second}
            spec: {system: Be brief., template: "Hello"}

            """
        )
        try world.commit()
        let run = try world.clara(["apply", "--auto-approve"])
        #expect(run.status == 4)
        #expect(try world.query("SELECT * FROM schedules WHERE tenant='beta'") == before)
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='acme'") == "2")
        #expect(try world.clara(["status"]).output.contains("Blocked"))
    }

    @Test("a row whose mark was deleted with it comes back")
    func deletedMark() throws {
        let world = try World.settled()
        try world.sql(
            "DELETE FROM prompts WHERE tenant='acme'; "
                + "DELETE FROM applied_resources WHERE tenant='acme' AND kind='Prompt'"
        )
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 2)
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='acme'") == "1")
    }

    @Test("what an older revision left beside a newer one is found")
    func interleavedApplies() throws {
        let world = try World.settled()
        let older = try world.query("SELECT inputs FROM tenant_settlements WHERE tenant='acme'")
        let file = "\(world.fleet)/tenants/acme/posting.yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try world.write(
            "tenants/acme/posting.yaml",
            text.replacingOccurrences(of: "Mon-Fri 09:00", with: "Mon-Fri 10:00")
        )
        try world.commit()
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        // Another apply, of the older revision, notes itself last although its step was stale.
        try world.sql("UPDATE tenant_settlements SET inputs='\(older)' WHERE tenant='acme'")
        let first = try Programs.shell("git rev-list --max-parents=0 HEAD", in: world.fleet).output
        let back = try world.clara([
            "plan", "--detailed-exitcode", "--at", String(first.prefix(40)),
        ])
        #expect(back.status == 2, "\(back.output)")
    }

    @Test("a tenant that was stalled is ready again once its files come back")
    func recovery() throws {
        let world = try World.settled()
        try world.write("tenants/beta/extra.yaml", Samples.brokenSchedule)
        try world.commit()
        #expect(try world.clara(["apply", "--auto-approve"]).status == 4)
        try FileManager.default.removeItem(atPath: "\(world.fleet)/tenants/beta/extra.yaml")
        try world.commit()
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        #expect(try !world.clara(["status"]).output.contains("Blocked"))
    }

    @Test("a source without a tenants folder deletes nothing and is refused")
    func missingTenants() throws {
        let world = try World.settled()
        try FileManager.default.removeItem(atPath: "\(world.fleet)/tenants")
        try world.commit()
        let run = try world.clara(["apply", "--auto-approve"])
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        #expect(try world.query("SELECT count(*) FROM clients") == "2")
    }

    @Test("a tenant's folder that becomes a link is a blocked tenant, not a deleted one")
    func linkedFolder() throws {
        let world = try World.settled()
        let folder = "\(world.fleet)/tenants/beta"
        try FileManager.default.moveItem(atPath: folder, toPath: "\(world.fleet)/elsewhere")
        try FileManager.default.createSymbolicLink(
            atPath: folder,
            withDestinationPath: "../elsewhere"
        )
        try world.commit()
        for arguments in [["apply", "--auto-approve"], ["apply", "--auto-approve", "--worktree"]] {
            #expect(try world.clara(arguments).status == 4)
            #expect(try world.query("SELECT count(*) FROM clients") == "2")
        }
    }

    @Test("a reader that goes away does not stop an apply")
    func closedPipe() throws {
        let world = try World.fresh()
        let run = try Programs.shell(
            "(\(Programs.claraPath) apply --auto-approve; echo $? > status) | true",
            in: world.root,
            environment: ["CLARA_SOURCE": world.fleet, "CLARA_STORE": "sqlite:\(world.database)"]
        )
        #expect(run.status == 0)
        #expect(try String(contentsOfFile: "\(world.root)/status", encoding: .utf8) == "0\n")
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 0)
    }

    @Test("a result that cannot be written is an error")
    func fullDisk() throws {
        let world = try World.fresh()
        let run = try Programs.shell(
            "\(Programs.claraPath) plan --format json > /dev/full",
            in: world.root,
            environment: ["CLARA_SOURCE": world.fleet]
        )
        #expect(run.status == 1)
        #expect(run.errors.contains("cannot be written"))
    }

    @Test("a tenant with rows that nobody manages is not purged over them")
    func unmanagedRowsInTheWay() throws {
        let world = try World.settled()
        try world.sql("INSERT INTO quotas (tenant, name, posts_per_day) VALUES ('beta', 'mine', 3)")
        try FileManager.default.removeItem(atPath: "\(world.fleet)/tenants/beta")
        try world.commit()
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        try world.sql("UPDATE retirements SET purge_after = '2026-01-01T00:00:00Z'")
        let plan = try world.clara(["plan"])
        #expect(plan.status == 4)
        #expect(plan.output.contains("beta/Quota/mine"))
        try world.sql("DELETE FROM quotas WHERE name='mine'")
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
    }

    @Test("a target confines an apply to its tenant")
    func target() throws {
        let world = try World.fresh()
        #expect(try world.clara(["apply", "--auto-approve", "--target", "acme"]).status == 0)
        #expect(try world.query("SELECT group_concat(tenant) FROM clients") == "acme")
        #expect(
            try world.clara(["apply", "--auto-approve", "--target", "beta/Prompt/*"]).status == 0
        )
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='beta'") == "1")
        #expect(try world.query("SELECT count(*) FROM schedules WHERE tenant='beta'") == "0")
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 2)
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 0)
    }

    @Test(
        "on a terminal it asks, and only yes is a yes",
        arguments: [("yes", Int32(0)), ("y", 3), ("", 3)]
    )
    func confirmation(answer: String, status: Int32) throws {
        let world = try World.fresh()
        let run = try Programs.shell(
            "printf '\(answer)\\n' | script -qec '\(Programs.claraPath) apply' /dev/null",
            in: world.root,
            environment: [
                "CLARA_SOURCE": world.fleet, "CLARA_STORE": "sqlite:\(world.database)",
                "TERM": "xterm",
            ]
        )
        #expect(run.status == status, "\(run.output)")
        #expect(run.output.contains("Only 'yes' is accepted"))
        #expect(FileManager.default.fileExists(atPath: world.database) == (status == 0))
    }
}
