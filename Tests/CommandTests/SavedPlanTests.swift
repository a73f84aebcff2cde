import Foundation
import TestSupport
import Testing

/// A plan that is looked at today and applied tomorrow, on the built binary.
@Suite("a saved plan")
struct SavedPlanTests {
    /// A settled fleet with a commit to apply, and the plan of it.
    private func planned() throws -> (world: World, file: String) {
        let world = try World.settled()
        try world.write("tenants/acme/more.yaml", Samples.prompt)
        try world.commit()
        let file = "\(world.root)/monday.plan"
        let run = try world.clara(["plan", "--out", file])
        if run.status != 0 { throw Unexpected(text: run.errors) }
        return (world, file)
    }

    @Test("is for its owner's eyes, shows what the plan showed, and holds no key of the store")
    func file() throws {
        let (world, file) = try planned()
        let mode = try Programs.shell("stat -c %a '\(file)'", in: "/").output
        #expect(mode == "600\n")
        #expect(try world.clara(["show", file]).output == world.clara(["plan"]).output)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(!text.contains(try world.query("SELECT plan_key FROM store_identity")))
    }

    @Test("does what it says, without the source")
    func apply() throws {
        let (world, file) = try planned()
        try FileManager.default.removeItem(atPath: world.fleet)
        let run = try world.clara(["apply", file, "--auto-approve"])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(try world.query("SELECT count(*) FROM prompts WHERE tenant='acme'") == "2")
        // What was done once is not there to be done again.
        #expect(try world.clara(["apply", file, "--auto-approve"]).status == 3)
    }

    @Test(
        "that no longer fits is refused as a whole, and says what moved",
        arguments: [
            "UPDATE prompts SET template='by hand' WHERE tenant='acme'",
            "UPDATE clients SET state='active' WHERE tenant='acme'",
            "INSERT INTO prompts (tenant, name, system, template) VALUES ('acme','second','s','t')",
            "DELETE FROM applied_resources WHERE tenant='acme' AND kind='Tenant'",
        ]
    )
    func moved(statement: String) throws {
        let world = try World.settled()
        try world.write("tenants/acme/more.yaml", Samples.prompt)
        try world.replace("acme brief", in: "tenants/acme/posting.yaml", from: "no hype")
        try world.replace(
            "displayName: Acme Ltd",
            in: "tenants/acme/tenant.yaml",
            from: "displayName: Acme"
        )
        try world.commit()
        let file = "\(world.root)/monday.plan"
        #expect(try world.clara(["plan", "--out", file]).status == 0)
        try world.sql(statement)
        let before = try world.liveState()
        let run = try world.clara(["apply", file, "--auto-approve"])
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("acme/"))
        #expect(try world.liveState() == before)
    }

    @Test("is refused where another revision was applied since, or a rollback holds the fleet")
    func overtaken() throws {
        let (world, file) = try planned()
        try world.write(
            "tenants/beta/more.yaml",
            Samples.prompt.replacingOccurrences(of: "name: second", with: "name: third")
        )
        try world.commit()
        let newer = try world.clara(["apply", "--auto-approve", "--target", "beta"])
        #expect(newer.status == 0, "\(newer.output)\(newer.errors)")
        let late = try world.clara(["apply", file, "--auto-approve"])
        #expect(late.status == 3, "\(late.output)\(late.errors)")
        #expect(late.errors.contains("is applied now"))
        #expect(try world.clara(["plan", "--out", file]).status == 0)
        #expect(try world.clara(["rollback", "--to", "HEAD", "--auto-approve"]).status == 0)
        let held = try world.clara(["apply", file, "--auto-approve"])
        #expect(held.status == 3, "\(held.output)\(held.errors)")
        #expect(held.errors.contains("pinned"))
    }

    @Test("is refused as a whole where a freeze holds back a part of it")
    func frozen() throws {
        let world = try World.settled()
        try world.freeze("tenants: [beta]")
        for tenant in ["acme", "beta"] {
            try world.write("tenants/\(tenant)/more.yaml", Samples.prompt)
        }
        try world.commit()
        let file = "\(world.root)/monday.plan"
        #expect(try world.clara(["plan", "--out", file]).status == 4)
        let run = try world.clara(["apply", file, "--auto-approve"])
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("beta is frozen until"))
        #expect(try world.query("SELECT count(*) FROM prompts WHERE name = 'second'") == "0")
    }

    @Test("takes no other part than the whole, and no other fleet")
    func otherFleet() throws {
        let (world, file) = try planned()
        #expect(try world.clara(["apply", file, "--auto-approve", "--target", "acme"]).status == 1)
        #expect(try world.clara(["apply", file, "--auto-approve", "--ref", "HEAD"]).status == 1)
        let other = try World()
        #expect(try other.clara(["init", other.fleet, "--name", "others"]).status == 0)
        try other.commit()
        let run = try world.clara(["apply", file, "--auto-approve", "--source", other.fleet])
        #expect(run.status == 3, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("others"))
    }

    @Test("of another store is refused")
    func otherStore() throws {
        let (world, file) = try planned()
        let other = try World.settled()
        #expect(try world.clara(["show", file]).status == 0)
        for command in [["apply", file, "--auto-approve"], ["show", file]] {
            let run = try other.clara(command)
            #expect(run.status == 3)
            #expect(run.errors.contains("store"))
        }
    }

    @Test(
        "that somebody edited, cut off or made up is refused",
        arguments: [
            "s/acme/beta/", "s/\"format_version\":1/\"format_version\":0/", "$!d; s/.\\{20\\}$//",
            "s/.*/{}/", "s/.*/not a plan/", "s/.*//",
        ]
    )
    func tampered(edit: String) throws {
        let (world, file) = try planned()
        _ = try Programs.shell("sed -i '\(edit)' '\(file)'", in: "/")
        let before = try world.liveState()
        for command in [["apply", file, "--auto-approve"], ["show", file]] {
            let run = try world.clara(command)
            #expect(run.status == 3, "\(edit): \(run.output)\(run.errors)")
        }
        #expect(try world.liveState() == before)
    }

    @Test("that is not there, or is a folder, is an error")
    func missing() throws {
        let world = try World.settled()
        #expect(try world.clara(["apply", "/nonexistent", "--auto-approve"]).status == 1)
        #expect(try world.clara(["show", "/tmp"]).status == 1)
        #expect(try world.clara(["plan", "--out", "/nonexistent/plan"]).status == 1)
    }
}

extension World {
    /// Puts one text in the place of another, in a file of the fleet.
    func replace(_ new: String, in path: String, from old: String) throws {
        let text = try String(contentsOfFile: "\(fleet)/\(path)", encoding: .utf8)
        guard text.contains(old) else { throw Unexpected(text: "\(path) has no \(old)") }
        try write(path, text.replacingOccurrences(of: old, with: new))
    }
}

extension Samples {
    static let prompt = """
        apiVersion: clara.dev/v1
        kind: Prompt
        metadata: {name: second}
        spec: {system: Be brief., template: "Hello"}

        """
}
