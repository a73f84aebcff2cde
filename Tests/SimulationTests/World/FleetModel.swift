import TestSupport

/// A fleet as one commit says.
struct FleetModel: Hashable, Sendable {
    var tenants: [String: TenantModel] = [:]
    /// `limits.deletions.count`; the default limits hold where there is none.
    var deletions: Int?
    var isFrozen = false
    /// Days.
    var horizon = 2
    /// Only there to make a commit that changes no resource.
    var remark = 0

    static let name = "agency"
    static let tenantNames = ["ada", "bly", "cato", "dee", "eno"]

    /// Every file, by its path.
    var files: [String: String] {
        var files = ["fleet.yaml": fleet]
        for (name, tenant) in tenants {
            for (path, text) in tenant.files { files["tenants/\(name)/\(path)"] = text }
        }
        return files
    }

    private var fleet: String {
        let freeze =
            "  freeze: [{cron: \"0 0 * * *\", for: 24h, tenants: [ada, bly], reason: rest}]\n"
        let deletions = deletions.map { "deletions: {count: \($0)}, " } ?? ""
        return """
            # \(remark)
            apiVersion: clara.dev/v1
            kind: Fleet
            metadata: {name: \(Self.name)}
            spec:
              horizon: \(horizon)d
              limits: {\(deletions)updates: {share: 1}, perTenant: {deletions: {share: 0.6}}}
            \(isFrozen ? freeze : "")
            """
    }
}

// MARK: - Changes

extension FleetModel {
    /// A fleet to begin with.
    static func first(_ random: inout SplitMix64) -> FleetModel {
        var fleet = FleetModel()
        fleet.deletions = [nil, nil, 1, 2].randomElement(using: &random) ?? nil
        for name in tenantNames.prefix(Int.random(in: 2...4, using: &random)) {
            fleet.tenants[name] = TenantModel(name: name)
            for _ in 0..<3 { fleet.tenants[name]?.change(&random) }
        }
        return fleet
    }

    /// Makes one random change.
    ///
    /// - Returns: what was changed, for the story.
    mutating func change(_ random: inout SplitMix64) -> String {
        let name = Self.tenantNames.randomElement(using: &random) ?? ""
        switch Int.random(in: 0..<20, using: &random) {
        case 0: return set(\.isFrozen, !isFrozen, "freeze")
        case 1:
            return set(\.deletions, [nil, 1, 2, 4].randomElement(using: &random) ?? nil, "limit")
        case 2: return set(\.horizon, Int.random(in: 1...3, using: &random), "horizon")
        case 3...4: return set(\.remark, remark + 1, "remark")
        case 5 where Bool.random(using: &random):
            tenants = [:]
            return "no tenants"
        case 6...7:
            tenants[name] = nil
            return "remove \(name)"
        case 10...12:
            tenants[name]?.strip()
            return "strip \(name)"
        case 8...9:
            let breakage = TenantModel.Breakage.allCases.randomElement(using: &random)
            let isSound = tenants[name]?.breakage == nil
            tenants[name]?.breakage = isSound ? breakage : nil
            return "break or mend \(name)"
        default: return edit(name, &random)
        }
    }

    private mutating func edit(_ name: String, _ random: inout SplitMix64) -> String {
        var tenant = tenants[name] ?? TenantModel(name: name)
        tenant.change(&random)
        defer { tenants[name] = tenant }
        return tenants[name] == nil ? "add \(name)" : "edit \(name)"
    }

    private mutating func set<Value>(
        _ field: WritableKeyPath<FleetModel, Value>,
        _ value: Value,
        _ what: String
    ) -> String {
        self[keyPath: field] = value
        return what
    }

    /// The same fleet with nothing broken, frozen or limited.
    func mended() -> FleetModel {
        var fleet = self
        fleet.isFrozen = false
        fleet.remark += 1
        fleet.tenants = fleet.tenants.mapValues { tenant in
            var tenant = tenant
            tenant.breakage = nil
            return tenant
        }
        return fleet
    }
}

extension TenantModel {
    /// Leaves nothing that a tenant can do without.
    fileprivate mutating func strip() {
        prompts = [:]
        schedules = [:]
        perDay = nil
    }

    /// Makes one random change.
    mutating func change(_ random: inout SplitMix64) {
        let number = Int.random(in: 0..<3, using: &random)
        let version = Int.random(in: 0..<4, using: &random)
        switch Int.random(in: 0..<12, using: &random) {
        case 0: title = version
        case 1: isPaused.toggle()
        case 2: retention = 5 + 5 * version
        case 3: perDay = version == 0 ? nil : version
        case 4...5: prompts[number] = version
        case 6: prompts[number] = nil
        case 7...8: schedules[number] = 7 + 3 * version
        case 9: schedules[number] = nil
        case 10: documents[number] = version
        default: documents[number] = nil
        }
    }
}
