import ArgumentParser
import Foundation

/// Measures fleets of several sizes and shows what was found.
struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Measure fleets of the given sizes."
    )

    @Option(help: "How many tenants, for each fleet to measure, separated by commas.")
    var tenants = "100,1000,10000"

    @Option(help: "Write the results to a file as JSON too.")
    var json: String?

    @Option(help: "The clara to measure.")
    var clara: String

    @Option(help: "The folder for the fleets and stores; it is made, and removed in the end.")
    var scratch: String

    @Option(help: "The octodns-sync to measure beside it; without it there is no such row.")
    var peer: String?

    @Option(help: "Fleets of more tenants than this are measured without octoDNS, which is slow.")
    var peerLimit = 10_000

    func run() async throws {
        let sizes = tenants.split(separator: ",").compactMap { Int($0) }.filter { $0 > 0 }
        guard !sizes.isEmpty else { throw ValidationError("--tenants takes numbers: 100,1000") }
        var results: [FleetResult] = []
        for size in sizes {
            let folder = "\(scratch)/\(size)"
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            let fleet = try FleetRepository.make(tenants: size, at: folder + "/fleet.git")
            let result = try FleetMeasuring(
                fleet: fleet,
                clara: clara,
                peer: size <= peerLimit ? peer : nil,
                folder: folder
            ).run()
            // Written at once: a large fleet takes minutes, and people watch.
            FileHandle.standardOutput.write(Data((ResultTable(result).text + "\n").utf8))
            results.append(result)
            try FileManager.default.removeItem(atPath: folder)
        }
        FileHandle.standardOutput.write(Data(WarmComparison(results).text.utf8))
        if let json { try write(results, to: json) }
    }

    private func write(_ results: [FleetResult], to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(results).write(to: URL(filePath: path))
    }
}

/// Measures one fleet.
struct FleetMeasuring {
    let fleet: FleetRepository
    let clara: String
    /// The `octodns-sync` to measure beside it, where that is wanted.
    let peer: String?
    let folder: String

    /// How often each part runs; the middle one counts. Short runs scatter more.
    private var repetitions: Int { fleet.tenants > 2_000 ? 3 : 7 }

    func run() throws -> FleetResult {
        let stages = try part(StageRun.self, { [fleet.path, store("stages-\($0)")] })
        let full = store("full")
        let apply = try median { try claraRun(.apply, on: $0 == 0 ? full : store("apply-\($0)")) }
        let reading = try part(ReadFloor.self, { _ in [fleet.path, full] })
        let inserting = try part(InsertFloor.self, { [full, store("insert-\($0)")] })
        let floor = Floor(reading + inserting)
        let plans = try PlanCase.allCases.map { plan in
            CaseResult(
                name: plan.name,
                cost: try median { _ in try self.plan(plan, full: full) },
                floor: floor.all,
                ownFloor: floor.least(of: plan)
            )
        }
        let applying = CaseResult(
            name: CaseResult.newApply,
            cost: apply,
            floor: nil,
            ownFloor: floor.reading + floor.inserting
        )
        return FleetResult(
            contents: try FleetContents(fleet, store: full),
            cases: plans + [applying],
            stages: stages,
            floor: reading + inserting,
            peer: try peer.map {
                try PeerMeasuring(program: $0, fleet: fleet, folder: folder).run()
            }
        )
    }

    /// One way to plan the fleet.
    private func plan(_ plan: PlanCase, full: String) throws -> Cost {
        try claraRun(
            .plan(plan.branch, hasChanges: plan.hasChanges),
            on: plan == .everythingNew ? store("none") : full
        )
    }

    /// What programs say while they run; shown where one fails.
    private var messages: String { folder + "/messages.txt" }

    private func store(_ name: String) -> String { "\(folder)/\(name).db" }

    private func median(_ run: (Int) throws -> Cost) throws -> Cost {
        guard let cost = try (0..<repetitions).map(run).median else {
            throw StageFailure(what: "nothing was repeated")
        }
        return cost
    }

    /// Runs a part of this program several times.
    ///
    /// - Parameter arguments: of the run with the given number.
    /// - Returns: for every measurement, the run in the middle.
    private func part(
        _ command: any ParsableCommand.Type,
        _ arguments: (Int) -> [String]
    ) throws -> [Measurement] {
        let output = folder + "/measurements.json"
        let runs = try (0..<repetitions).map { run in
            let name = command.configuration.commandName ?? ""
            try ChildProcess(
                program: CommandLine.arguments[0],
                arguments: [name] + arguments(run),
                output: output,
                messages: messages
            ).run(expecting: 0)
            let data = try Data(contentsOf: URL(filePath: output))
            return try JSONDecoder().decode([Measurement].self, from: data)
        }
        return (runs.first ?? []).indices.compactMap { index in
            runs.map { $0[index].cost }.median.map {
                Measurement(name: runs[0][index].name, cost: $0)
            }
        }
    }
}

extension FleetMeasuring {
    private enum Run {
        case plan(FleetRepository.Branch, hasChanges: Bool)
        case apply
    }

    private func claraRun(_ run: Run, on store: String) throws -> Cost {
        let common = ["--source", fleet.path, "--store", "sqlite:\(store)"]
        switch run {
        case .apply:
            return try claraRun(
                ["apply", "--auto-approve", "--ref", FleetRepository.Branch.base.rawValue] + common,
                expecting: 0
            )
        case .plan(let branch, let hasChanges):
            return try claraRun(
                ["plan", "--detailed-exitcode", "--ref", branch.rawValue] + common,
                expecting: hasChanges ? 2 : 0
            )
        }
    }

    private func claraRun(_ arguments: [String], expecting code: Int32) throws -> Cost {
        try ChildProcess(program: clara, arguments: arguments, messages: messages)
            .run(expecting: code)
    }
}
