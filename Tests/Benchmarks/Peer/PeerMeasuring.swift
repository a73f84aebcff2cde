import Foundation

/// Measures octoDNS, which plans and applies DNS zones as Clara does tenants: desired records in
/// YAML, live ones in a provider. Both providers are YAML files here, so that no network is in it.
struct PeerMeasuring {
    /// The `octodns-sync` to run.
    let program: String
    let fleet: FleetRepository
    let folder: String

    /// Fewer runs than Clara's, since each takes seconds and they scatter by little; a large fleet
    /// has one of each, which takes a minute.
    private var repetitions: Int { fleet.tenants > 2_000 ? 1 : 3 }

    func run() throws -> PeerResult {
        let zones = try ZoneFolders(
            of: fleet,
            branches: [.base, .onePercent],
            in: folder + "/zones"
        )
        // What the first apply leaves behind is live for the plans.
        let apply = try median { try self.apply(.base, in: zones, to: "live-\($0)") }
        let plans = try [PlanCase.nothingDiffers, .onePercent].map { plan in
            Measurement(
                name: plan.name,
                cost: try median { _ in try self.plan(plan.branch, in: zones, on: "live-0") }
            )
        }
        let applying = Measurement(name: CaseResult.newApply, cost: apply)
        return PeerResult(name: try name(), cases: plans + [applying])
    }

    private func apply(
        _ branch: FleetRepository.Branch,
        in zones: ZoneFolders,
        to live: String
    ) throws -> Cost {
        let configuration = try zones.configuration(from: branch, to: live)
        return try sync(["--doit", "--config-file", configuration], changing: fleet.tenants)
    }

    private func plan(
        _ branch: FleetRepository.Branch,
        in zones: ZoneFolders,
        on live: String
    ) throws -> Cost {
        let configuration = try zones.configuration(from: branch, to: live)
        return try sync(
            ["--config-file", configuration],
            changing: fleet.changed(in: branch).count
        )
    }

    private func median(_ run: (Int) throws -> Cost) throws -> Cost {
        guard let cost = try (0..<repetitions).map(run).median else {
            throw StageFailure(what: "nothing was repeated")
        }
        return cost
    }
}

extension PeerMeasuring {
    /// What octoDNS says; its plan is a part of that.
    private var messages: String { folder + "/peer-messages.txt" }

    /// Runs octoDNS. It exits with 0 whether or not something differs, so that its plan has to say
    /// whether it did what is measured.
    private func sync(_ arguments: [String], changing zones: Int) throws -> Cost {
        let cost = try ChildProcess(
            program: program,
            // Without this it logs some lines about every zone.
            arguments: ["--quiet"] + arguments,
            messages: messages
        ).run(expecting: 0)
        let found = try String(contentsOfFile: messages, encoding: .utf8).ranges(of: "Summary: ")
        guard found.count == zones else {
            throw StageFailure(
                what: "octoDNS was to change \(zones) zones and changed \(found.count)"
            )
        }
        return cost
    }

    /// `octoDNS 1.22.0`.
    private func name() throws -> String {
        let output = folder + "/peer-version.txt"
        try ChildProcess(program: program, arguments: ["--version"], output: output)
            .run(expecting: 0)
        return try String(contentsOfFile: output, encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
