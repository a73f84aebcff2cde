/// A way to plan a fleet with a new process.
enum PlanCase: CaseIterable {
    case nothingDiffers, onePercent, oneTenant, everythingRead, everythingNew

    var name: String {
        switch self {
        case .nothingDiffers: "plan, nothing differs"
        case .onePercent: "plan, 1 % of tenants differ"
        case .oneTenant: "plan, one tenant differs"
        case .everythingRead: "plan, all read again, nothing differs"
        case .everythingNew: "plan, everything is new"
        }
    }

    var branch: FleetRepository.Branch {
        switch self {
        case .nothingDiffers, .everythingNew: .base
        case .onePercent: .onePercent
        case .oneTenant: .oneTenant
        case .everythingRead: .sharedInput
        }
    }

    var hasChanges: Bool { self != .nothingDiffers && self != .everythingRead }
}

/// The floor's parts, in seconds.
struct Floor {
    /// Manifests and their YAML.
    let reading: Double
    /// Live rows.
    let observing: Double
    /// The same rows, inserted.
    let inserting: Double

    init(_ parts: [Measurement]) {
        func wall(_ name: String) -> Double { parts[name]?.wall ?? 0 }
        reading = wall(ReadFloor.Part.git) + wall(ReadFloor.Part.yaml)
        observing = wall(ReadFloor.Part.rows)
        inserting = wall(InsertFloor.part)
    }

    /// Everything that git and the store hold, read once.
    var all: Double { reading + observing }

    /// What of it a case cannot do without.
    func least(of plan: PlanCase) -> Double {
        switch plan {
        case .nothingDiffers, .oneTenant: observing
        case .onePercent: observing + reading / 100
        case .everythingRead: all
        case .everythingNew: reading
        }
    }
}

/// What one run of Clara cost, beside the floor.
struct CaseResult: Codable {
    let name: String
    let cost: Cost
    /// Seconds to read all that git and the store hold; nil where that is no measure of the case.
    let floor: Double?
    /// Seconds for what this case cannot do without.
    let ownFloor: Double

    /// The name of the one case that is no plan.
    static let newApply = "apply, everything is new"
}

/// What was measured of one fleet.
struct FleetResult: Codable {
    let contents: FleetContents
    /// Clara as a new process.
    let cases: [CaseResult]
    /// Clara's stages.
    let stages: [Measurement]
    /// The floor's parts.
    let floor: [Measurement]
    /// The same work done by another program; nil where it was not measured.
    let peer: PeerResult?
}
