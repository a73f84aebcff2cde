import Foundation
import TestSupport
import Testing

/// What the machine does to a store: a full disk, missing rights, damaged files, a clock set back.
/// Each ends in a clear error, and nothing is lost.
@Suite("a machine that fails")
struct EnvironmentFaultTests {
    @Test("a full disk is an error that says so, and what was applied before stays")
    func fullDisk() throws {
        let disk = try SmallDisk(kibibytes: 1024)
        guard disk.isMounted else { return Skip.note("no right to mount a small disk") }
        let world = try World.settled()
        try world.move(to: disk.path)
        let before = try world.liveState()
        for number in 1...30 {
            let name = "client-\(number)"
            #expect(try world.clara(["tenant", "new", name]).status == 0)
        }
        try world.commit()
        try disk.fill()
        let run = try world.clara(["apply", "--auto-approve"])
        #expect([1, 4].contains(run.status), "\(run.output)\(run.errors)")
        #expect(run.errors.contains("no space left"), "\(run.errors)")
        #expect(try world.liveState() == before)
        try disk.free()
        #expect(try world.query("PRAGMA integrity_check") == "ok")
    }

    @Test("a store that may only be read can be planned against, and an apply says why it cannot")
    func readOnly() throws {
        let world = try World.settled()
        let user = try Unprivileged(in: world)
        guard user.isPossible else { return Skip.note("no unprivileged user to become") }
        try world.lockDown()
        defer { world.open() }
        let before = try world.liveState()
        #expect(try user.clara(["plan", "--detailed-exitcode"], world).status == 0)
        #expect(try user.clara(["status"], world).output.contains("acme"))
        for command in [["apply", "--auto-approve"], ["protect", "acme", "--reason", "x"]] {
            let run = try user.clara(command, world)
            #expect(run.status == 1, "\(command): \(run.output)\(run.errors)")
            #expect(run.errors.contains("cannot be written") || run.errors.contains("opened"))
        }
        #expect(try world.liveState() == before)
    }

    @Test("a damaged store is an error that names the file, and is left as it is")
    func damaged() throws {
        let world = try World.settled()
        try world.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: world.database))
        var generator = SplitMix64(seed: SplitMix64.seed)
        for index in bytes.indices where index >= 4096 && index % 7 == 0 {
            bytes[index] = UInt8.random(in: 0...255, using: &generator)
        }
        try bytes.write(to: URL(fileURLWithPath: world.database))
        for command in [["plan"], ["apply", "--auto-approve"], ["status"], ["history"], ["drift"]] {
            let run = try world.clara(command)
            #expect(run.status == 1, "\(command): \(run.status) \(run.output)\(run.errors)")
            #expect(run.errors.contains("clara.db"), "\(command): \(run.errors)")
        }
    }

    @Test(
        "a saved plan that was damaged is refused and changes nothing",
        arguments: [0.1, 0.5, 0.9]
    )
    func damagedPlan(place: Double) throws {
        let world = try World.settled()
        try world.write("tenants/acme/knowledge/more.md", "A new fact.\n")
        try world.commit()
        let file = "\(world.root)/monday.plan"
        #expect(try world.clara(["plan", "--out", file]).status == 0)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        bytes[Int(Double(bytes.count) * place)] ^= 0x11
        try bytes.write(to: URL(fileURLWithPath: file))
        let before = try world.liveState()
        for command in [["apply", file, "--auto-approve"], ["show", file]] {
            let run = try world.clara(command)
            #expect(run.status == 3, "\(command): \(run.output)\(run.errors)")
            #expect(!run.errors.isEmpty)
        }
        #expect(try world.liveState() == before)
    }

    @Test("a clock that is set back loses nothing", arguments: ["-1h", "-40d"])
    func clockSetBack(offset: String) throws {
        let world = try World.settled()
        let before = try world.query("SELECT count(*) FROM slots")
        let run = try Programs.shell(
            "exec faketime -f '\(offset)' \(Programs.claraPath) apply --auto-approve",
            in: world.root,
            environment: ["CLARA_SOURCE": world.fleet, "CLARA_STORE": "sqlite:\(world.database)"]
        )
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        let after = try world.query("SELECT count(*) FROM slots")
        #expect((Int(after) ?? 0) >= (Int(before) ?? 0))
        #expect(try world.clara(["apply", "--auto-approve"]).status == 0)
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 0)
    }
}

/// A note in the output of a test that this machine cannot run.
enum Skip {
    static func note(_ why: String) { print("skipped: \(why)") }
}

/// A disk of a few hundred kilobytes.
private final class SmallDisk {
    let path = NSTemporaryDirectory() + "/clara-disk-\(UUID().uuidString)"
    let isMounted: Bool

    init(kibibytes: Int) throws {
        let run = try Programs.shell(
            "mkdir -p '\(path)' && mount -t tmpfs -o size=\(kibibytes)k none '\(path)'",
            in: "/"
        )
        isMounted = run.status == 0
    }

    deinit {
        // What stays mounted goes with the machine.
        _ = try? Programs.shell("umount '\(path)'; rmdir '\(path)'", in: "/")
    }

    /// Leaves some kilobytes.
    func fill() throws {
        _ = try Programs.shell(
            "dd if=/dev/zero of=ballast bs=1k; truncate -s -64k ballast",
            in: path
        )
    }

    func free() throws { _ = try Programs.shell("rm -f ballast", in: path) }
}

/// A user without rights, where the machine lets us become one.
private struct Unprivileged {
    let isPossible: Bool
    private let binary: String

    init(in world: World) throws {
        binary = "\(world.root)/clara-copy"
        let run = try Programs.shell(
            "cp \(Programs.claraPath) \(binary) && chmod 755 \(binary) . fleet "
                + "&& setpriv --reuid=65534 --regid=65534 --clear-groups \(binary) --version",
            in: world.root
        )
        isPossible = run.status == 0
    }

    func clara(_ arguments: [String], _ world: World) throws -> Run {
        let words = arguments.map { "'\($0)'" }.joined(separator: " ")
        return try Programs.shell(
            "exec setpriv --reuid=65534 --regid=65534 --clear-groups \(binary) \(words)",
            in: world.root,
            environment: ["CLARA_SOURCE": world.fleet, "CLARA_STORE": "sqlite:\(world.database)"]
        )
    }
}

extension World {
    /// Puts the store somewhere else, with a link in its place.
    fileprivate func move(to folder: String) throws {
        let run = try Programs.shell(
            "sqlite3 clara.db 'PRAGMA wal_checkpoint(TRUNCATE)' && mv clara.db* '\(folder)/' "
                + "&& ln -s '\(folder)/clara.db' clara.db",
            in: root
        )
        if run.status != 0 { throw Unexpected(text: run.errors) }
    }

    fileprivate func lockDown() throws {
        _ = try Programs.shell("chmod 444 clara.db*; chmod 555 .; chmod -R a+rX fleet", in: root)
    }

    fileprivate func open() {
        _ = try? Programs.shell("chmod 755 .", in: root)
    }
}
