/// What every target may import: the arrows of the architecture, written down a second time so
/// that none appears by accident. SwiftPM lets a target import what it does not declare, as long as
/// some other target has built it.
struct ImportTable {
    /// The targets, from the bottom floor up.
    let rows: [Row]

    /// The floors of the house; imports go down, or stay on the floor.
    enum Floor: String, CaseIterable, Comparable {
        case c = "C"
        case adapters = "Adapters"
        case core = "Core"
        case runtime = "Runtime"
        case program = "clara"

        static func < (left: Floor, right: Floor) -> Bool { left.height < right.height }

        private var height: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// One target.
    struct Row: Sendable {
        let target: String
        let floor: Floor
        /// Targets of this project.
        var targets: Set<String> = []
        /// Modules of packages, as `Package.swift` names the products.
        var packages: Set<String> = []
        /// Modules that come with the toolchain.
        var platform: Set<String> = []
        /// Modules that only the named files import, each for the reason given in the table.
        var onlyIn: [String: Set<String>] = [:]

        /// The target's folder.
        var folder: String {
            floor == .program ? "Sources/clara" : "Sources/\(floor.rawValue)/\(target)"
        }

        /// Everything that the target may import.
        var modules: Set<String> { targets.union(packages).union(platform) }
    }

    /// The house as it is.
    static let house = ImportTable(rows: c + adapters + core + runtime + program)

    private static let c = [
        Row(target: "CGit2", floor: .c), Row(target: "CYAML", floor: .c),
        Row(target: "CCurl", floor: .c), Row(target: "CLua", floor: .c),
    ]

    private static let adapters = [
        Row(target: "YAMLSyntax", floor: .adapters, targets: ["CYAML"]),
        Row(target: "HTTPTransport", floor: .adapters, targets: ["CCurl"]),
        // libgit2 blocks: a queue is its thread, a timer ends a wait, a lock guards both.
        Row(
            target: "GitSource",
            floor: .adapters,
            targets: ["CGit2", "HTTPTransport"],
            platform: ["Dispatch", "Glibc", "Synchronization"]
        ),
        // Result codes come from SQLite itself; a file is made for its owner alone by open(2).
        Row(
            target: "SQLDatabase",
            floor: .adapters,
            packages: ["GRDB", "GRDBSQLite"],
            platform: ["FoundationEssentials", "Glibc"]
        ),
        Row(target: "LuaSandbox", floor: .adapters, targets: ["CLua"]),
    ]

    private static let core = [
        Row(target: "ClaraModel", floor: .core, packages: ["Crypto"]),
        Row(
            target: "Scheduling",
            floor: .core,
            targets: ["ClaraModel"],
            platform: ["Foundation", "Synchronization"],
            // The rules of time zones are Foundation's data; they are read once and kept.
            onlyIn: [
                "Foundation": ["ZoneCatalogue.swift"], "Synchronization": ["ZoneCatalogue.swift"],
            ]
        ),
        Row(target: "ManifestLoading", floor: .core, targets: ["ClaraModel", "YAMLSyntax"]),
        Row(
            target: "Resolving",
            floor: .core,
            targets: ["ClaraModel", "ManifestLoading", "Scheduling"]
        ),
        Row(
            target: "Diffing",
            floor: .core,
            targets: ["ClaraModel"],
            packages: ["OrderedCollections"]
        ),
        Row(
            target: "Planning",
            floor: .core,
            targets: ["ClaraModel", "Diffing", "ManifestLoading", "Scheduling"]
        ),
        Row(
            target: "PolicyChecking",
            floor: .core,
            targets: ["ClaraModel", "LuaSandbox", "ManifestLoading", "Planning", "Resolving"]
        ),
    ]

    private static let runtime = [
        // Only the kernel knows whether the process that held a lock still runs. All who write in
        // the name of a lock share its lease.
        Row(
            target: "LiveSystem",
            floor: .runtime,
            targets: ["ClaraModel", "Planning", "Scheduling", "SQLDatabase"],
            platform: ["Glibc", "Synchronization"],
            onlyIn: [
                "Glibc": ["ProcessIdentity.swift"], "Synchronization": ["HeldLease.swift"],
            ]
        ),
        // A fault point ends the process.
        Row(
            target: "Applying",
            floor: .runtime,
            targets: ["ClaraModel", "LiveSystem", "Planning"],
            packages: ["Logging"],
            platform: ["Glibc"],
            onlyIn: ["Glibc": ["FaultPoint.swift"]]
        ),
        Row(
            target: "Reconciling",
            floor: .runtime,
            targets: [
                "Applying", "ClaraModel", "GitSource", "LiveSystem", "ManifestLoading", "Planning",
                "PolicyChecking", "Resolving",
            ],
            packages: ["HashTreeCollections", "Logging"]
        ),
    ]

    private static let program = [
        Row(
            target: "clara",
            floor: .program,
            targets: [
                "Applying", "ClaraModel", "GitSource", "LiveSystem", "ManifestLoading", "Planning",
                "PolicyChecking", "Reconciling", "Scheduling", "YAMLSyntax",
            ],
            packages: ["ArgumentParser", "Logging"],
            platform: ["Foundation", "Synchronization"]
        )
    ]
}
