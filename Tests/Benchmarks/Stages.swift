import Applying
import ArgumentParser
import ClaraModel
import Foundation
import GitSource
import LiveSystem
import Planning
import Reconciling
import Resolving

/// Clara's stages one by one, in a process of their own.
struct StageRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stages", shouldDisplay: false)

    /// The names of the stages.
    enum Stage {
        static let index = "index: fleet.yaml, profiles, folders' ids"
        static let load = "load: manifests from git"
        static let resolve = "resolve: parse, check, merge"
        static let loading = "load and resolve as the pipeline does"
        static let observeEmpty = "observe an empty store"
        static let planNew = "diff and plan, all new"
        static let apply = "apply into an empty store"
        static let observe = "observe the full store"
        static let planSame = "diff and plan, nothing differs"
    }

    @Argument var repository: String
    /// A store that does not exist yet.
    @Argument var store: String

    func run() async throws {
        let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
        var stopwatch = Stopwatch()
        let source = try await GitSource.open(
            try SourceAddress(parsing: repository),
            options: GitOptions(
                cacheDirectory: store + ".cache",
                reference: FleetRepository.Branch.base.rawValue
            )
        )
        let index = try await stopwatch.measure(Stage.index) {
            try await FleetIndex.read(source, now: now)
        }
        try await Self.loadAndResolve(index, source, now, &stopwatch)
        let loaded = await stopwatch.measure(Stage.loading) {
            await TenantLoading(index, source, now: now).load()
        }
        let desired = DesiredState(fleet: index.context.settings, tenants: loaded.tenants)
        let live = try await LiveStore.open(
            StoreLocation(sqlite: store),
            for: .writing,
            in: StoreEnvironment(clock: { now }, random: { [UInt8](repeating: 1, count: $0) })
        )
        let planner = Planner(
            fleet: desired.fleet,
            revision: source.revision.description,
            now: now
        )
        try await Self.applyAll(of: desired, with: planner, to: live, now, &stopwatch)
        try await Self.planAgain(desired, with: planner, on: live, now, &stopwatch)
        try await WarmRun(repository: repository, store: live, now: now).run(&stopwatch)
        try stopwatch.write()
    }

    /// The two halves of loading, each alone and without the other's help from a second core.
    private static func loadAndResolve(
        _ index: FleetIndex,
        _ source: any SourceTree,
        _ now: Instant,
        _ stopwatch: inout Stopwatch
    ) async throws {
        let folders = try await source.list("tenants")
        let files = try await stopwatch.measure(Stage.load) {
            try await source.files(in: folders, reading: FleetFile.isManifest).map { try $0.get() }
        }
        await stopwatch.measure(Stage.resolve) {
            let resolver = TenantResolver(index.context, now: now)
            for (folder, files) in zip(folders, files) {
                let files = files.map {
                    FleetFile(
                        path: $0.path,
                        contentHash: "git:\($0.id)",
                        size: $0.size,
                        bytes: $0.bytes
                    )
                }
                _ = resolver.resolve(
                    TenantFolder(name: folder.name, path: folder.path, files: files)
                )
            }
        }
    }

    private static func applyAll(
        of desired: DesiredState,
        with planner: Planner,
        to store: LiveStore,
        _ now: Instant,
        _ stopwatch: inout Stopwatch
    ) async throws {
        let empty = try await stopwatch.measure(Stage.observeEmpty) {
            try await store.observe(now: now)
        }
        let plan = await stopwatch.measure(Stage.planNew) {
            planner.plan(desired: desired, live: empty)
        }
        let request = LockRequest(
            holder: "bench",
            host: "localhost",
            process: .current(),
            operation: OperationID(at: now, random: 1)
        )
        guard case .acquired(let locked) = try await store.lock(request) else {
            throw StageFailure(what: "somebody holds the lock of a new store")
        }
        let report = await stopwatch.measure(Stage.apply) {
            await Applier(locked).apply(plan, upkeep: Upkeep([]), as: ApplyOrder(.apply))
        }
        guard !report.isPartial else { throw StageFailure(what: "the apply left something undone") }
        _ = try await locked.release()
    }

    private static func planAgain(
        _ desired: DesiredState,
        with planner: Planner,
        on store: LiveStore,
        _ now: Instant,
        _ stopwatch: inout Stopwatch
    ) async throws {
        let live = try await stopwatch.measure(Stage.observe) { try await store.observe(now: now) }
        let plan = await stopwatch.measure(Stage.planSame) {
            planner.plan(desired: desired, live: live)
        }
        guard plan.isEmpty else { throw StageFailure(what: "what was applied is not in sync") }
    }
}

/// A stage did not do what is measured here.
struct StageFailure: Error, CustomStringConvertible {
    let what: String

    var description: String { what }
}
