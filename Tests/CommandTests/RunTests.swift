import Foundation
import TestSupport
import Testing

/// The loop as a process.
@Suite("clara run")
struct RunTests {
    private func places(_ world: World) -> [String: String] {
        ["CLARA_SOURCE": world.fleet, "CLARA_STORE": "sqlite:\(world.database)"]
    }

    @Test("applies what git says and keeps a trace of it")
    func oneTurn() throws {
        let world = try World.fresh()
        let run = try world.clara(["run", "--turns", "1", "--actor", "controller"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(try world.query("SELECT count(*) FROM clients") == "2")
        #expect(
            try world.query("SELECT actor, kind, state FROM operations") == "controller|apply|done"
        )
        #expect(try world.clara(["events"]).output.contains("Applied"))
        #expect(try world.clara(["events", "--format", "json"]).json != nil)
    }

    @Test(
        "one look ends with what it has come to, and says it",
        arguments: [
            (Situation.notARepository, Int32(1), "error: "), (.brokenFleet, 1, "error: "),
            (.blocked, 4, "beta"), (.settled, 0, ""),
        ]
    )
    func oneLook(situation: Situation, status: Int32, message: String) throws {
        for turns in ["1", "2"] {
            let world = try situation.make()
            let run = try world.clara(["run", "--turns", turns, "--interval", "1s"])
            #expect(run.status == status, "\(turns) turns: \(run.errors)")
            #expect(message.isEmpty || run.errors.contains(message), "\(run.errors)")
        }
    }

    @Test("one look is refused where the source is empty", arguments: ["1", "2"])
    func oneLookAtNothing(turns: String) throws {
        let world = try World.settled()
        try world.remove("tenants")
        try world.commit()
        let run = try world.clara(["run", "--turns", turns, "--interval", "1s"])
        #expect(run.status == 3)
        #expect(run.errors.contains("--allow-empty"), "\(run.errors)")
    }

    @Test("one look is refused where somebody else holds the lock")
    func oneLookLocked() throws {
        let world = try World.settled()
        try world.holdLock()
        try world.write("tenants/acme/more.yaml", Samples.prompt)
        try world.commit()
        let run = try world.clara(["run", "--turns", "1"])
        #expect(run.status == 3)
        #expect(run.errors.contains("lock"), "\(run.errors)")
    }

    @Test("follows a commit while it runs, and ends on SIGTERM")
    func terminates() throws {
        let world = try World.settled()
        try world.write("tenants/acme/more.yaml", Samples.prompt)
        let run = try Programs.shell(
            """
            \(Programs.claraPath) run --interval 1s & loop=$!
            sleep 1; cd fleet; git add -A; git commit -qm more; sleep 3
            kill -TERM $loop; wait $loop; echo "ended with $?"
            """,
            in: world.root,
            environment: places(world)
        )
        #expect(run.output.hasSuffix("ended with 0\n"), "\(run.output)\(run.errors)")
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='acme'") == "2")
        #expect(try world.query("SELECT count(*) FROM locks WHERE holder IS NOT NULL") == "0")
    }

    @Test("stays where a rollback has pinned the fleet")
    func pinned() throws {
        let world = try World.settled()
        try world.write("tenants/acme/more.yaml", Samples.prompt)
        try world.commit()
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        #expect(try world.clara(["rollback", "--to", "HEAD~1", "--auto-approve"]).status == 0)
        #expect(try world.clara(["run", "--turns", "2", "--interval", "1s"]).status == 0)
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='acme'") == "1")
        #expect(try world.clara(["unpin"]).status == 0)
        #expect(try world.clara(["run", "--turns", "1"]).status == 0)
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='acme'") == "2")
    }

    @Test("keeps what is pinned as it is pinned: drift there is healed too")
    func pinnedDrift() throws {
        let world = try World.settled()
        try world.replace("drift: heal", in: "fleet.yaml", from: "drift: report")
        try world.commit()
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        try world.write("tenants/acme/more.yaml", Samples.prompt)
        try world.commit()
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        #expect(try world.clara(["rollback", "--to", "HEAD~1", "--auto-approve"]).status == 0)
        try world.sql("UPDATE clients SET display_name='by hand' WHERE tenant='acme'")
        #expect(try world.clara(["run", "--turns", "1"]).status == 0)
        #expect(try world.query("SELECT display_name FROM clients WHERE tenant='acme'") == "Acme")
    }
}

/// Policies and the rules of the base, on the built binary.
@Suite("rules")
struct RuleTests {
    private static let policy = """
        apiVersion: clara.dev/v1
        kind: Policy
        metadata: {name: few-posts}
        spec:
          description: Nobody posts more than three times a day.
          match: {kinds: [Quota]}
          enforcement: deny
          message: "{{address}} posts more than three times a day"
          rule: |
            return resource.spec.posts ~= nil and (resource.spec.posts.perDay or 0) > 3
          tests:
            - name: two are fine
              given: {resource: {kind: Quota, name: default, spec: {posts: {perDay: 2}}}}
              expect: pass
            - name: nine are not
              given: {resource: {kind: Quota, name: default, spec: {posts: {perDay: 9}}}}
              expect: violation

        """

    private func worldWithPolicy() throws -> World {
        let world = try World.fresh()
        try world.write("policies/posts.yaml", Self.policy)
        try world.commit()
        return world
    }

    @Test("a policy that denies keeps an apply from changing anything")
    func deny() throws {
        let world = try worldWithPolicy()
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        try world.replace(
            "posts: {perDay: 9}",
            in: "tenants/acme/tenant.yaml",
            from: "posts: {perDay: 2}"
        )
        try world.commit()
        let before = try world.liveState()
        let plan = try world.clara(["plan"])
        #expect(plan.status == 3)
        #expect(plan.output.contains("few-posts"))
        let run = try world.clara(["apply", "--auto-approve"])
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("few-posts"))
        let look = try world.clara(["run", "--turns", "1"])
        #expect(look.status == 3)
        #expect(look.errors.contains("few-posts"), "\(look.errors)")
        #expect(try world.clara(["status"]).output.contains("few-posts"))
        #expect(try world.liveState() == before)
    }

    @Test("a policy's own tests are run, and a failure is one")
    func tests() throws {
        let world = try worldWithPolicy()
        let run = try world.clara(["policy", "test"])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(run.output.contains("2 tests passed"))
        try world.replace("> 30", in: "policies/posts.yaml", from: "> 3")
        #expect(try world.clara(["policy", "test", "--worktree"]).status == 1)
        #expect(try world.clara(["policy", "test", "--worktree", "--format", "json"]).json != nil)
    }

    @Test("an exemption that has ended is a warning at its place")
    func endedExemption() throws {
        let world = try worldWithPolicy()
        try world.replace(
            "  exemptions: [{tenants: [acme], until: 2020-12-31, reason: Old.}]\n  tests:",
            in: "policies/posts.yaml",
            from: "  tests:"
        )
        try world.commit()
        let warning = "this exemption from `few-posts` has ended"
        let plan = try world.clara(["plan"])
        #expect(plan.status == 0 && plan.output.contains(warning), "\(plan.output)\(plan.errors)")
        let validation = try world.clara(["validate", "--format", "github"])
        #expect(validation.output.contains(warning) && validation.output.contains("posts.yaml"))
    }

    @Test("a policy that cannot be read stops a plan, with its place")
    func brokenPolicy() throws {
        let world = try worldWithPolicy()
        try world.replace(
            "return resource.spec.posts ~= ~=",
            in: "policies/posts.yaml",
            from: "return resource.spec.posts ~="
        )
        try world.commit()
        let run = try world.clara(["plan"])
        #expect(run.status == 1)
        #expect(run.errors.contains("policies/posts.yaml:"), "\(run.errors)")
    }

    @Test("a pull request is judged by the base's policies, limits and freezes, not by its own")
    func base() throws {
        let world = try worldWithPolicy()
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        _ = try Programs.shell("git checkout -q -b proposal", in: world.fleet)
        try world.remove("policies/posts.yaml")
        try world.replace(
            "posts: {perDay: 9}",
            in: "tenants/acme/tenant.yaml",
            from: "posts: {perDay: 2}"
        )
        try world.write("fleet.yaml", try world.fleetFile() + "  secrets: {env: [\"*\"]}\n")
        try world.replace(
            "{env: SHARED_KEY}",
            in: "tenants/acme/credentials.yaml",
            from: "{env: ACME_OPENAI_KEY}"
        )
        try world.commit()
        let own = try world.clara(["plan", "--ref", "proposal"])
        #expect(own.status == 0, "\(own.output)")
        let judged = try world.clara([
            "plan", "--ref", "proposal", "--base", "main", "--format", "markdown",
        ])
        #expect([3, 4].contains(judged.status))
        #expect(
            judged.output.contains("SHARED") || judged.output.contains("secret"),
            "\(judged.output)"
        )
    }
}

extension World {
    fileprivate func fleetFile() throws -> String {
        try String(contentsOfFile: "\(fleet)/fleet.yaml", encoding: .utf8)
            .trimmingCharacters(in: .newlines) + "\n"
    }
}
