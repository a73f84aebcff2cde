/// What one changed tenant costs in fleets of different sizes: it should not depend on the fleet.
struct WarmComparison {
    private let results: [FleetResult]

    init(_ results: [FleetResult]) {
        self.results = results.filter { $0.oneTenant != nil }
            .sorted { $0.contents.tenants < $1.contents.tenants }
    }

    /// A line a pair of sizes; empty where only one was measured.
    var text: String {
        zip(results, results.dropFirst()).compactMap { small, large in
            guard let less = small.oneTenant, let more = large.oneTenant else { return nil }
            let sizes = "\(large.contents.tenants) tenants beside \(small.contents.tenants)"
            return
                "one tenant planned and applied, in a fleet of \(sizes): \((more / less).ratio)\n"
        }.joined()
    }
}

extension FleetResult {
    /// Seconds to plan and apply one changed tenant with a warm controller.
    fileprivate var oneTenant: Double? {
        guard let plan = stages[WarmRun.Stage.plan], let apply = stages[WarmRun.Stage.apply] else {
            return nil
        }
        return plan.wall + apply.wall
    }
}
