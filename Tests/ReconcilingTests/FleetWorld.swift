import ClaraModel
import Foundation
import GitSource
import LiveSystem
import Planning
import Reconciling
import Synchronization
import TestSupport

/// A fleet in a git repository of its own, a store beside it, and a clock that a test sets.
final class FleetWorld: Sendable {
    let folder: String
    private let clock = Mutex(Instant(seconds: 1_795_435_200))  // 2026-11-23T12:00:00Z

    init(tenants: Int) throws {
        folder = NSTemporaryDirectory() + "/clara-reconciling-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: "\(folder)/fleet/tenants",
            withIntermediateDirectories: true
        )
        try write("fleet.yaml", Manifests.fleet())
        for number in 0..<tenants { try write(Self.name(number), Manifests.tenant(number)) }
        try shell("git init -q -b main")
        try commit()
    }

    deinit {
        // A folder that stays behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The name of a tenant.
    static func name(_ number: Int) -> String { "client-\(number)" }

    // MARK: Time

    var now: Instant { clock.withLock { $0 } }

    func advance(by span: TimeSpan) { clock.withLock { $0 = $0 + span } }

    // MARK: Git

    func write(_ tenant: String, _ manifests: [String: String]) throws {
        for (file, text) in manifests { try write("tenants/\(tenant)/\(file)", text) }
    }

    func write(_ path: String, _ text: String) throws {
        let file = URL(fileURLWithPath: "\(folder)/fleet/\(path)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file)
    }

    func remove(_ path: String) throws {
        let file = "\(folder)/fleet/\(path)"
        guard FileManager.default.fileExists(atPath: file) else { return }
        try FileManager.default.removeItem(atPath: file)
    }

    func commit() throws { try shell("git add -A && git commit -q --allow-empty -m change") }

    /// Runs git in the fleet's work tree.
    func git(_ arguments: String) throws { try shell("git \(arguments)") }

    /// The commit that the branch stands at.
    func head() throws -> String { try shell("git rev-parse HEAD") }

    func source() async throws -> any SourceTree {
        try await GitSource.open(
            try SourceAddress(parsing: "\(folder)/fleet"),
            options: GitOptions(cacheDirectory: "\(folder)/cache")
        )
    }

    var poller: GitPoller {
        get throws {
            GitPoller(
                try SourceAddress(parsing: "\(folder)/fleet"),
                options: GitOptions(cacheDirectory: "\(folder)/cache")
            )
        }
    }

    // MARK: Store

    func store() async throws -> LiveStore {
        try await LiveStore.open(
            StoreLocation(sqlite: "\(folder)/clara.db"),
            for: .writing,
            in: StoreEnvironment(
                clock: { self.now },
                random: { [UInt8](repeating: 7, count: $0) }
            )
        )
    }

    /// Changes the store as a person would, past Clara.
    func sql(_ statement: String) throws {
        try shell("sqlite3 ../clara.db \"PRAGMA foreign_keys=OFF; \(statement)\"")
    }

    func locked(_ store: LiveStore) async throws -> LockedStore {
        let request = LockRequest(
            holder: "test",
            host: "localhost",
            process: .current(),
            operation: OperationID(at: now, random: .random(in: .min ... .max))
        )
        guard case .acquired(let locked) = try await store.lock(request) else {
            throw ProgramFailure("somebody holds the lock")
        }
        return locked
    }

    @discardableResult
    private func shell(_ command: String) throws -> String {
        let environment = [
            "PATH": "/usr/bin:/bin", "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@clara.example",
            "GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@clara.example",
        ]
        let run = try Program(path: "/bin/sh", environment: environment)
            .run(["-c", command], in: "\(folder)/fleet")
        if run.status != 0 { throw ProgramFailure("\(command): \(run.errors)") }
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// Manifests of small tenants.
enum Manifests {
    static func fleet(drift: String = "report", more: String = "") -> String {
        """
        apiVersion: clara.dev/v1
        kind: Fleet
        metadata: {name: agency}
        spec:
          loop: {interval: 1m, drift: \(drift)}
          limits: {deletions: {share: 1}, updates: {share: 1}, perTenant: {deletions: {share: 1}}}
        \(more)
        """
    }

    static func tenant(_ number: Int, perDay: Int = 2, hour: Int = 9) -> [String: String] {
        let name = FleetWorld.name(number)
        let variable = "CLIENT_\(number)_KEY"
        return [
            "tenant.yaml": """
            apiVersion: clara.dev/v1
            kind: Tenant
            metadata: {name: \(name)}
            spec: {displayName: Client \(number), timezone: Europe/Paris}
            ---
            apiVersion: clara.dev/v1
            kind: Quota
            metadata: {name: default}
            spec: {posts: {perDay: \(perDay)}}

            """,
            "posting.yaml": """
            apiVersion: clara.dev/v1
            kind: Credential
            metadata: {name: x-main}
            spec:
              provider: x
              account: "@client\(number)"
              oauth1: {consumerKey: {env: \(variable)}, consumerSecret: {env: \(variable)}, accessToken: {env: \(variable)}, accessTokenSecret: {env: \(variable)}}
            ---
            apiVersion: clara.dev/v1
            kind: Prompt
            metadata: {name: note}
            spec: {system: Be brief., template: Hello, model: {name: gpt-4o-mini}}
            ---
            apiVersion: clara.dev/v1
            kind: Schedule
            metadata: {name: mornings}
            spec: {slots: ["Mon-Fri \(hour < 10 ? "0" : "")\(hour):00"], prompt: note, credential: x-main}

            """,
        ]
    }
}
