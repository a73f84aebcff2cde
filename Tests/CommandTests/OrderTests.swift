import Foundation
import TestSupport
import Testing

/// Orders that stand beside git: protection, retirement, overrides, freezes, limits, rollback.
@Suite("orders beside git")
struct OrderTests {
    private func apply(_ world: World, _ more: [String] = []) throws -> Run {
        try world.clara(["apply", "--auto-approve"] + more)
    }

    // MARK: Retirement

    @Test("a tenant whose folder is gone is paused and kept, and purged after its retention")
    func retirement() throws {
        let world = try World.settled()
        try world.remove("tenants/beta")
        try world.commit()
        #expect(try world.clara(["plan"]).output.contains("retire"))
        #expect(try apply(world).status == 0)
        #expect(try world.query("SELECT state FROM clients WHERE tenant='beta'") == "paused")
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='beta'") == "1")
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 0)
        try world.sql("UPDATE retirements SET purge_after = '2026-01-01T00:00:00Z'")
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 2)
        #expect(try apply(world).status == 0)
        #expect(try world.query("SELECT count(*) FROM clients") == "1")
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='beta'") == "0")
        #expect(try world.query("SELECT count(*) FROM retirements") == "0")
    }

    @Test("a tenant whose folder and row are gone is made again, paused, and kept")
    func rowIsGone() throws {
        let world = try World.settled()
        try world.remove("tenants/beta")
        try world.commit()
        try world.sql("DELETE FROM clients WHERE tenant='beta'")
        #expect(try apply(world).status == 0)
        #expect(try world.query("SELECT state FROM clients WHERE tenant='beta'") == "paused")
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='beta'") == "1")
        #expect(try world.query("SELECT count(*) FROM retirements") == "1")
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 0)
        try world.sql("DELETE FROM clients WHERE tenant='beta'")
        #expect(try apply(world).status == 0)
        #expect(try world.query("SELECT state FROM clients WHERE tenant='beta'") == "paused")
        #expect(try world.query("SELECT count(*) FROM retirements") == "1")
    }

    @Test("a folder that comes back restores its tenant")
    func comesBack() throws {
        let world = try World.settled()
        let before = try world.query("SELECT * FROM clients")
        let folder = "\(world.fleet)/tenants/beta"
        try FileManager.default.moveItem(atPath: folder, toPath: "\(world.root)/beta")
        try world.commit()
        #expect(try apply(world).status == 0)
        try FileManager.default.moveItem(atPath: "\(world.root)/beta", toPath: folder)
        try world.commit()
        #expect(try apply(world).status == 0)
        #expect(try world.query("SELECT * FROM clients") == before)
        #expect(try world.query("SELECT count(*) FROM retirements") == "0")
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 0)
    }

    @Test("a person restores a tenant without git, and git does not retire it again")
    func restore() throws {
        let world = try World.settled()
        try world.replace("state: active", in: "tenants/beta/tenant.yaml", from: "state: paused")
        try world.commit()
        #expect(try apply(world).status == 0)
        try world.remove("tenants/beta")
        try world.commit()
        #expect(try apply(world).status == 0)
        let run = try world.clara(["tenant", "restore", "beta", "--reason", "a mistake"])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(try world.query("SELECT state FROM clients WHERE tenant='beta'") == "active")
        let plan = try world.clara(["plan"])
        #expect(plan.output.contains("a mistake"), "\(plan.output)")
        #expect(try apply(world).status == 4)
        #expect(try world.query("SELECT state FROM clients WHERE tenant='beta'") == "active")
        #expect(try world.clara(["tenant", "restore", "acme", "--reason", "x"]).status == 1)
    }

    // MARK: Protection

    @Test("what is protected stays although its manifest is gone, until the protection is lifted")
    func protection() throws {
        let world = try World.settled()
        let address = "acme/Schedule/weekday-mornings"
        #expect(try world.clara(["protect", address, "--reason", "legal hold"]).status == 0)
        try world.cut(
            "tenants/acme/posting.yaml",
            at: "\n---\napiVersion: clara.dev/v1\nkind: Schedule"
        )
        try world.commit()
        let plan = try world.clara(["plan"])
        #expect(plan.output.contains("legal hold"), "\(plan.output)")
        #expect(try apply(world).status == 4)
        #expect(try world.query("SELECT count(*) FROM schedules WHERE tenant='acme'") == "1")
        #expect(try world.clara(["unprotect", address, "--reason", "over"]).status == 0)
        #expect(try apply(world).status == 0)
        #expect(try world.query("SELECT count(*) FROM schedules WHERE tenant='acme'") == "0")
    }

    @Test(
        "an order about what is not live is an error",
        arguments: [
            ["protect", "acne", "--reason", "x"], ["unprotect", "acme", "--reason", "x"],
            ["protect", "acme/Prompt/none", "--reason", "x"], ["protect", "acme", "--reason", " "],
            ["protect", "a/b", "--reason", "x"],
            ["override", "acme", "--set", "state=asleep", "--for", "1h", "--reason", "x"],
            ["override", "acme", "--set", "nothing=1", "--for", "1h", "--reason", "x"],
            ["override", "acme", "--set", "state=active", "--for", "900d", "--reason", "x"],
            ["override", "acme", "--end", "--reason", "x"], ["override", "acme", "--reason", "x"],
            ["tenant", "restore", "acne", "--reason", "x"], ["rollback", "--to", "nowhere"],
            ["unlock", "soon"], ["history", "show", "20200101T000000Z-00000000"],
        ]
    )
    func mistakes(command: [String]) throws {
        let world = try World.settled()
        let before = try world.liveState()
        let run = try world.clara(command)
        #expect(run.status == 1, "\(run.output)\(run.errors)")
        #expect(!run.errors.isEmpty)
        #expect(try world.liveState() == before)
    }

    // MARK: Overrides

    @Test("an override holds against git, is shown as held, and heals when it ends")
    func override() throws {
        let world = try World.settled()
        let order = ["override", "acme/Quota/default", "--set", "posts.perDay=1", "--for", "2h"]
        let run = try world.clara(order + ["--reason", "complaints"])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(try world.query("SELECT posts_per_day FROM quotas WHERE tenant='acme'") == "1")
        for command in ["plan", "drift"] {
            let output = try world.clara([command]).output
            #expect(output.contains("held until") && output.contains("complaints"), "\(output)")
        }
        #expect(try apply(world).status == 0)
        #expect(try world.query("SELECT posts_per_day FROM quotas WHERE tenant='acme'") == "1")
        let end = ["override", "acme/Quota/default", "--end", "--reason", "over"]
        #expect(try world.clara(end).status == 0)
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 2)
        #expect(try apply(world).status == 0)
        #expect(try world.query("SELECT posts_per_day FROM quotas WHERE tenant='acme'") == "2")
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 0)
    }

    @Test("an override of a schedule moves its slots, and needs no source")
    func overriddenSchedule() throws {
        let world = try World.settled()
        let before = try world.liveState()
        try FileManager.default.moveItem(atPath: world.fleet, toPath: "\(world.root)/away")
        let run = try world.clara([
            "override", "acme/Schedule/weekday-mornings", "--set", #"slots=["Mon-Fri 11:00"]"#,
            "--for", "8h", "--reason", "a late event",
        ])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(
            try world.query(
                "SELECT DISTINCT substr(local_time, 12) FROM slots WHERE tenant='acme' "
                    + "AND fires_at > strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
            ) == "11:00"
        )
        try FileManager.default.moveItem(atPath: "\(world.root)/away", toPath: world.fleet)
        try world.sql("UPDATE overrides SET until = '2026-11-23T00:00:00Z'")
        #expect(try apply(world).status == 0)
        #expect(try world.liveState() == before)
    }

    // MARK: Limits and freezes

    @Test("an apply that deletes too much is refused with the numbers and the flag")
    func limits() throws {
        let world = try World.fresh()
        for number in 1...12 {
            try world.write(
                "tenants/acme/prompt-\(number).yaml",
                Samples.prompt.replacingOccurrences(of: "second", with: "extra-\(number)")
            )
        }
        try world.commit()
        #expect(try apply(world).status == 0)
        for number in 1...12 { try world.remove("tenants/acme/prompt-\(number).yaml") }
        try world.commit()
        let before = try world.liveState()
        #expect(try world.clara(["plan"]).status == 3)
        let run = try apply(world)
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("--allow-deletions 12"), "\(run.errors)")
        #expect(try world.liveState() == before)
        #expect(try apply(world, ["--allow-deletions", "11"]).status == 3)
        #expect(try apply(world, ["--allow-deletions", "12"]).status == 0)
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='acme'") == "1")
    }

    @Test("a source without tenants deletes nothing")
    func emptySource() throws {
        let world = try World.settled()
        try world.remove("tenants/acme")
        try world.remove("tenants/beta")
        try world.write("tenants/.gitkeep", "")
        try world.commit()
        let run = try apply(world)
        #expect(run.status == 3)
        #expect(run.errors.contains("--allow-empty"), "\(run.errors)")
        #expect(try apply(world, ["--allow-empty"]).status == 0)
        #expect(try world.query("SELECT DISTINCT state FROM clients") == "paused")
    }

    @Test("in a freeze a plan works and an apply is refused until it ends")
    func freeze() throws {
        let world = try World.settled()
        try world.freeze("tenants: [\"*\"], reason: end of the quarter")
        try world.write("tenants/acme/more.yaml", Samples.prompt)
        try world.commit()
        let plan = try world.clara(["plan"])
        #expect(plan.output.contains("second"))
        let run = try apply(world)
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("end of the quarter") && run.errors.contains("until"))
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='acme'") == "1")
    }

    @Test("a freeze of one tenant lets the others through, and pausing where that is allowed")
    func partialFreeze() throws {
        let world = try World.settled()
        try world.freeze("tenants: [acme], allow: [pause]")
        try world.write("tenants/acme/more.yaml", Samples.prompt)
        try world.write("tenants/beta/more.yaml", Samples.prompt)
        try world.commit()
        #expect(try apply(world).status == 4)
        #expect(try world.query("SELECT tenant FROM prompts WHERE name='second'") == "beta")
    }

    // MARK: Rollback

    @Test("a rollback goes back, stays there, and ends with a newer commit")
    func rollback() throws {
        let world = try World.settled()
        try world.write("tenants/acme/more.yaml", Samples.prompt)
        try world.commit()
        #expect(try apply(world).status == 0)
        #expect(try world.clara(["plan", "--at", "HEAD~1"]).output.contains("1 to destroy"))
        let back = ["rollback", "--to", "HEAD~1", "--auto-approve", "--reason", "wrong"]
        let run = try world.clara(back)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='acme'") == "1")
        let pinned = try apply(world)
        #expect(pinned.status == 3, "\(pinned.output)\(pinned.errors)")
        #expect(pinned.errors.contains("unpin") && pinned.errors.contains("wrong"))
        try world.remove("tenants/acme/more.yaml")
        try world.commit()
        #expect(try apply(world).status == 0)
        #expect(try world.query("SELECT count(*) FROM pins") == "0")
    }

    @Test("a source that does not know what was applied is not followed")
    func shallow() throws {
        let world = try World.settled()
        try world.write("tenants/acme/more.yaml", Samples.prompt)
        try world.commit()
        #expect(try apply(world).status == 0)
        _ = try Programs.shell(
            "git clone -q \(world.fleet) old && cd old && git reset -q --hard HEAD~1 "
                + "&& cd .. && git clone -q --depth 1 file://$PWD/old older",
            in: world.root
        )
        let run = try world.clara(["apply", "--auto-approve", "--source", "\(world.root)/older"])
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("shallow"))
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='acme'") == "2")
    }

    @Test("a rollback is of the whole fleet")
    func rollbackOfAPart() throws {
        let world = try World.settled()
        let run = try world.clara(
            ["rollback", "--to", "HEAD", "--target", "acme", "--auto-approve"]
        )
        #expect(run.status == 1, "\(run.output)\(run.errors)")
        #expect(try world.query("SELECT count(*) FROM pins") == "0")
    }

    @Test("unpin lets an apply go forward again")
    func unpin() throws {
        let world = try World.settled()
        try world.write("tenants/acme/more.yaml", Samples.prompt)
        try world.commit()
        #expect(try apply(world).status == 0)
        #expect(try world.clara(["rollback", "--to", "HEAD~1", "--auto-approve"]).status == 0)
        #expect(try world.clara(["unpin"]).status == 0)
        #expect(try world.clara(["unpin"]).status == 3)
        #expect(try apply(world).status == 0)
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='acme'") == "2")
    }

    @Test("an apply never goes backwards without an order")
    func backwards() throws {
        let world = try World.settled()
        try world.write("tenants/acme/more.yaml", Samples.prompt)
        try world.commit()
        #expect(try apply(world).status == 0)
        let run = try apply(world, ["--ref", "HEAD~1"])
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("rollback"))
        let plan = try world.clara(["plan", "--ref", "HEAD~1"])
        #expect(plan.status == 3 && plan.output.contains("is older than"), "\(plan.output)")
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='acme'") == "2")
    }

    // MARK: Journal

    @Test("history says what was done, by whom, and step by step")
    func history() throws {
        let world = try World.fresh()
        #expect(try apply(world, ["--actor", "dana"]).status == 0)
        let list = try world.clara(["history"])
        #expect(list.output.contains("dana"), "\(list.output)")
        let id = try world.query("SELECT id FROM operations")
        #expect(list.output.contains(id))
        let show = try world.clara(["history", "show", id])
        #expect(show.output.contains("acme/Schedule/weekday-mornings"), "\(show.output)")
        #expect(try world.clara(["history", "--format", "json"]).json != nil)
        #expect(try world.clara(["history", "show", id, "--format", "json"]).json != nil)
        let other = try world.clara(["history", "--tenant", "nobody"]).output
        #expect(other.contains("no operation on a tenant nobody"), "\(other)")
    }

    @Test("drift says since when, and HTML is one file without a reference to another")
    func drift() throws {
        let world = try World.drifted()
        let text = try world.clara(["drift"]).output
        #expect(text.contains("since 20"), "\(text)")
        let html = try world.clara(["drift", "--format", "html"])
        #expect(html.status == 0)
        #expect(html.output.hasPrefix("<!DOCTYPE html>"))
        #expect(html.output.contains("Acme by hand"))
        for reference in ["<script", "http://", "https://", "src="] {
            #expect(!html.output.contains(reference), "\(reference)")
        }
    }
}

extension World {
    /// Adds a freeze that always holds.
    func freeze(_ more: String) throws {
        let text = try String(contentsOfFile: "\(fleet)/fleet.yaml", encoding: .utf8)
        let freeze = "  freeze: [{cron: \"* * * * *\", for: 1h, \(more)}]\n"
        try write("fleet.yaml", text.trimmingCharacters(in: .newlines) + "\n" + freeze)
    }
}
