import Foundation
import TestSupport

/// A fleet in the middle of its life, prepared once and copied for every crash: one commit is
/// applied, the next one changes every tenant, adds some and takes a schedule from others.
struct CrashWorld: Sendable {
    private let template: World
    /// What a clean apply of the last commit leaves.
    let settled: String
    /// How many steps a clean apply takes.
    let steps: Int
    /// How long a clean apply takes, in seconds.
    let duration: Double

    private static let tenants = 1...8
    private static let newcomers = 9...12

    init() throws {
        template = try World()
        try Self.must(template.clara(["init", template.fleet, "--name", "agency"]))
        for number in Self.tenants { try Self.addTenant(number, to: template) }
        try template.commit()
        try Self.must(template.clara(["apply", "--auto-approve"]))
        try Self.change(template)
        try template.commit()
        let clean = try Self.copy(template)
        let start = ContinuousClock.now
        try Self.must(clean.clara(["apply", "--auto-approve"]))
        duration = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
        settled = try clean.liveState()
        steps = Int(try clean.query("SELECT count(*) FROM operation_steps")) ?? 0
    }

    /// A world of its own for one crash.
    func world() throws -> World { try Self.copy(template) }

    private static func copy(_ world: World) throws -> World {
        let copy = try World()
        let run = try Programs.shell("cp -a '\(world.root)/.' '\(copy.root)/'", in: "/")
        try must(run)
        return copy
    }

    private static func addTenant(_ number: Int, to world: World) throws {
        try must(world.clara(["tenant", "new", name(number), "--timezone", "Europe/Paris"]))
    }

    private static func name(_ number: Int) -> String { "client-\(number)" }

    private static func change(_ world: World) throws {
        for number in tenants {
            let path = "tenants/\(name(number))/posting.yaml"
            let text = try String(contentsOfFile: "\(world.fleet)/\(path)", encoding: .utf8)
            try world.write(
                path,
                text.replacingOccurrences(of: "Mon-Fri 09:00", with: "Mon-Fri 11:30")
                    .replacingOccurrences(of: "no hype", with: "no exclamation marks")
            )
        }
        for number in newcomers { try addTenant(number, to: world) }
        try world.remove("tenants/\(name(1))")
        try world.cut(
            "tenants/\(name(2))/posting.yaml",
            at: "\n---\napiVersion: clara.dev/v1\nkind: Schedule"
        )
    }

    private static func must(_ run: Run) throws {
        if run.status != 0 { throw Unexpected(text: run.output + run.errors) }
    }
}

extension World {
    /// Deletes a file or folder of the fleet.
    func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: "\(fleet)/\(path)")
    }

    /// Keeps of a file what comes before a text.
    func cut(_ path: String, at text: String) throws {
        let content = try String(contentsOfFile: "\(fleet)/\(path)", encoding: .utf8)
        guard let range = content.range(of: text) else { throw Unexpected(text: "no \(text)") }
        try write(path, String(content[..<range.lowerBound]) + "\n")
    }

    /// Everything live, without the moments at which it was written.
    func liveState() throws -> String {
        try [
            "SELECT * FROM clients ORDER BY 1, 2", "SELECT * FROM credentials ORDER BY 1, 2",
            "SELECT * FROM prompts ORDER BY 1, 2", "SELECT * FROM quotas ORDER BY 1, 2",
            "SELECT tenant, name, timezone, slots, jitter, prompt, credential, slots_until FROM schedules ORDER BY 1, 2",
            "SELECT * FROM slots ORDER BY 1, 2, 3, 4",
            "SELECT * FROM knowledge_documents ORDER BY 1, 2, 3",
            "SELECT tenant, prompt, version, digest FROM prompt_versions ORDER BY 1, 2, 3",
            "SELECT tenant, kind, name, content, fleet FROM applied_resources ORDER BY 1, 2, 3",
            "SELECT tenant FROM retirements ORDER BY 1",
            "SELECT tenant, inputs FROM tenant_settlements ORDER BY 1",
        ].map(query).joined(separator: "\n--\n")
    }

    /// Runs `clara` and kills it after some seconds; it may have ended by then.
    func kill(_ arguments: [String], after seconds: Double) throws -> Run {
        let words = arguments.map { "'\($0)'" }.joined(separator: " ")
        return try Programs.shell(
            "exec timeout -s KILL \(String(format: "%.4f", seconds)) \(Programs.claraPath) \(words)",
            in: root,
            environment: ["CLARA_SOURCE": fleet, "CLARA_STORE": "sqlite:\(database)"]
        )
    }
}
