import Foundation
import TestSupport

/// A fleet in a git repository and a store beside it, in a folder of their own.
final class World: Sendable {
    /// The folder that holds both.
    let root: String
    /// The fleet.
    var fleet: String { "\(root)/fleet" }
    /// The store's file.
    var database: String { "\(root)/clara.db" }

    init() throws {
        root = NSTemporaryDirectory() + "/clara-world-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: "\(root)/fleet",
            withIntermediateDirectories: true
        )
    }

    deinit {
        // A folder that stays behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: root)
    }

    /// Runs `clara` on this fleet and this store.
    func clara(_ arguments: [String], environment: [String: String] = [:]) throws -> Run {
        let places = ["CLARA_SOURCE": fleet, "CLARA_STORE": "sqlite:\(database)"]
        return try Programs.clara(
            arguments,
            in: root,
            environment: places.merging(environment) { _, given in given }
        )
    }

    /// Writes a file of the fleet.
    func write(_ path: String, _ text: String) throws {
        let file = URL(fileURLWithPath: "\(fleet)/\(path)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file)
    }

    /// Commits everything that is in the fleet's folder.
    func commit() throws {
        try must(
            "git init -q -b main . && git add -A && git commit -q --allow-empty -m change",
            fleet
        )
    }

    /// Changes the store by hand.
    func sql(_ statement: String) throws {
        try must("sqlite3 '\(database)' \"PRAGMA foreign_keys=OFF; \(statement)\"", root)
    }

    /// What a query of the store gives.
    func query(_ statement: String) throws -> String {
        try Programs.shell("sqlite3 '\(database)' \"\(statement)\"", in: root).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Has somebody on another host hold the store's lock.
    func holdLock() throws {
        try sql(
            "UPDATE locks SET token = token + 1, holder = 'dana', host = 'elsewhere', process = '9', "
                + "operation = '20261123T000000Z-00000001', acquired_at = '2026-11-23T00:00:00Z', "
                + "renewed_at = '2026-11-23T00:00:00Z', expires_at = '2999-01-01T00:00:00Z'"
        )
    }

    private func must(_ command: String, _ folder: String) throws {
        let run = try Programs.shell(command, in: folder)
        if run.status != 0 { throw Unexpected(text: "\(command): \(run.errors)") }
    }
}

/// A step of a test's preparation that failed.
struct Unexpected: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}

extension World {
    /// A fleet of two tenants, as `init` and `tenant new` make them, committed.
    static func fresh() throws -> World {
        let world = try World()
        for arguments in [
            ["init", world.fleet, "--name", "agency"],
            ["tenant", "new", "acme", "--timezone", "America/New_York"],
            ["tenant", "new", "beta", "--timezone", "Europe/Paris"],
        ] {
            let run = try world.clara(arguments)
            if run.status != 0 { throw Unexpected(text: "\(arguments): \(run.errors)") }
        }
        try world.commit()
        return world
    }

    /// The same, applied.
    static func settled() throws -> World {
        let world = try fresh()
        let run = try world.clara(["apply", "--auto-approve"])
        if run.status != 0 { throw Unexpected(text: "apply: \(run.errors)") }
        return world
    }

    /// The same, with a row that somebody changed.
    static func drifted() throws -> World {
        let world = try settled()
        try world.sql("UPDATE clients SET display_name = 'Acme by hand' WHERE tenant = 'acme'")
        return world
    }

    /// A fleet in which one of the tenants has errors.
    static func blocked() throws -> World {
        let world = try fresh()
        try world.write("tenants/beta/extra.yaml", Samples.brokenSchedule)
        try world.commit()
        return world
    }

    /// A fleet whose `fleet.yaml` has errors.
    static func brokenFleet() throws -> World {
        let world = try fresh()
        try world.write("fleet.yaml", "apiVersion: clara.dev/v1\nkind: Fleet\nspec: {horizn: 3d}\n")
        try world.commit()
        return world
    }

    /// A folder without git.
    static func notARepository() throws -> World {
        let world = try fresh()
        try FileManager.default.removeItem(atPath: "\(world.fleet)/.git")
        return world
    }

    /// A fleet whose store is some other file.
    static func notADatabase() throws -> World {
        let world = try fresh()
        let text = String(repeating: "This is a letter to a friend. ", count: 100)
        try Data(text.utf8).write(to: URL(fileURLWithPath: world.database))
        return world
    }
}

/// Pieces of manifests.
enum Samples {
    static let brokenSchedule = """
        apiVersion: clara.dev/v1
        kind: Schedule
        metadata: {name: evenings}
        spec:
          slots: ["Mon-Fri 25:00"]
          promt: daily-note
          credential: x-main

        """
}
