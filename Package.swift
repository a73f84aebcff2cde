// swift-tools-version: 6.2

import Foundation
import PackageDescription

// Clara in five floors; a target imports only what stands above it in this file.
// The folders below Sources/ are the same floors, and Tests/ArchitectureTests holds every arrow.

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let orderedCollections: Target.Dependency = .product(
    name: "OrderedCollections",
    package: "swift-collections"
)
let hashTreeCollections: Target.Dependency = .product(
    name: "HashTreeCollections",
    package: "swift-collections"
)
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")

let package = Package(
    name: "clara",
    products: [.executable(name: "clara", targets: ["clara"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // MARK: - C: module maps and inline shims
        .systemLibrary(
            /** git repositories: libgit2. */
            name: "CGit2",
            path: "Sources/C/CGit2",
            pkgConfig: "libgit2",
            providers: [.apt(["libgit2-dev"])]
        ),
        .systemLibrary(
            /** YAML events: libyaml. */
            name: "CYAML",
            path: "Sources/C/CYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"])]
        ),
        .systemLibrary(
            /** HTTP over TLS: libcurl. */
            name: "CCurl",
            path: "Sources/C/CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .systemLibrary(
            /** Lua 5.4: liblua. */
            name: "CLua",
            path: "Sources/C/CLua",
            pkgConfig: "lua5.4",
            providers: [.apt(["liblua5.4-dev"])]
        ),

        // MARK: - Adapters: one wrapper per library, the only importers of a C module
        .target(
            /** YAML text → a tree of nodes, each with its line and column. */
            name: "YAMLSyntax",
            dependencies: ["CYAML"],
            path: "Sources/Adapters/YAMLSyntax"
        ),
        .target(
            /** Requests over HTTP, blocking, with every limit named. */
            name: "HTTPTransport",
            dependencies: ["CCurl"],
            path: "Sources/Adapters/HTTPTransport"
        ),
        .target(
            /** A fleet's files at one revision, straight from the object database. */
            name: "GitSource",
            dependencies: ["CGit2", "HTTPTransport"],
            path: "Sources/Adapters/GitSource"
        ),
        .target(
            /** Transactions as values, carried out by SQLite. */
            name: "SQLDatabase",
            dependencies: [grdb, sqlite],
            path: "Sources/Adapters/SQLDatabase"
        ),
        .target(
            /** Lua chunks with budgets of instructions and memory, and no way out. */
            name: "LuaSandbox",
            dependencies: ["CLua"],
            path: "Sources/Adapters/LuaSandbox"
        ),

        // MARK: - Core: pure; no clock, no I/O, no randomness
        .target(
            /** The nouns: kinds, specs and their field tables, desired and live state, time. */
            name: "ClaraModel",
            dependencies: [crypto],
            path: "Sources/Core/ClaraModel"
        ),
        .target(
            /** Schedules → slots, with zones, clock changes, quiet hours and jitter. */
            name: "Scheduling",
            dependencies: ["ClaraModel"],
            path: "Sources/Core/Scheduling"
        ),
        .target(
            /** YAML → checked manifests and located diagnostics; schema and reference from the same tables. */
            name: "ManifestLoading",
            dependencies: ["ClaraModel", "YAMLSyntax"],
            path: "Sources/Core/ManifestLoading"
        ),
        .target(
            /** Manifests → desired resources: profiles, inheritance, references, allow-lists. */
            name: "Resolving",
            dependencies: ["ClaraModel", "ManifestLoading", "Scheduling"],
            path: "Sources/Core/Resolving"
        ),
        .target(
            /** Two contents field by field, three contents as one situation. */
            name: "Diffing",
            dependencies: ["ClaraModel", orderedCollections],
            path: "Sources/Core/Diffing"
        ),
        .target(
            /** Differences → a plan: explicit ordered steps, their impact, and how they read. */
            name: "Planning",
            dependencies: [
                "ClaraModel", "Diffing", "ManifestLoading", "Scheduling",
            ],
            path: "Sources/Core/Planning"
        ),
        .target(
            /** A plan held against the fleet's policies, which are rules in Lua. */
            name: "PolicyChecking",
            dependencies: [
                "ClaraModel", "LuaSandbox", "ManifestLoading", "Planning", "Resolving",
            ],
            path: "Sources/Core/PolicyChecking"
        ),

        // MARK: - Runtime: effects
        .target(
            /** Live state in a database: observe it, perform steps on it. */
            name: "LiveSystem",
            dependencies: ["ClaraModel", "Planning", "Scheduling", "SQLDatabase"],
            path: "Sources/Runtime/LiveSystem"
        ),
        .target(
            /** Walks a plan, one transaction a tenant, and says what became of it. */
            name: "Applying",
            dependencies: ["ClaraModel", "LiveSystem", "Planning", logging],
            path: "Sources/Runtime/Applying"
        ),
        .target(
            /** The pipeline: source → desired ⟷ live → plan → apply. */
            name: "Reconciling",
            dependencies: [
                "Applying", "ClaraModel", "GitSource", "LiveSystem", "ManifestLoading", "Planning",
                "PolicyChecking", "Resolving", hashTreeCollections, logging,
            ],
            path: "Sources/Runtime/Reconciling"
        ),

        // MARK: - Composition root
        .executableTarget(
            /** The command line: parse arguments, build the parts, call one function. */
            name: "clara",
            dependencies: [
                "Applying", "ClaraModel", "GitSource", "LiveSystem", "ManifestLoading", "Planning",
                "PolicyChecking", "Reconciling", "Scheduling", "YAMLSyntax", argumentParser,
                logging,
            ],
            path: "Sources/clara"
        ),

        // MARK: - Measuring
        .executableTarget(
            /** Clara's stages beside the least that the C libraries need; `scripts/bench` runs it. */
            name: "clara-bench",
            dependencies: [
                "Applying", "CGit2", "CYAML", "ClaraModel", "GitSource", "LiveSystem", "Planning",
                "Reconciling", "Resolving", argumentParser, sqlite,
            ],
            path: "Tests/Benchmarks"
        ),
        // MARK: - Tests, a target each; CommandTests runs the built binary
        .target(
            /** A seeded generator, and programs run to their end. */
            name: "TestSupport",
            path: "Tests/TestSupport"
        ),
        .testTarget(
            name: "ApplyingTests",
            dependencies: [
                "Applying", "ClaraModel", "LiveSystem", "Planning", "Scheduling", "TestSupport",
            ]
        ),
        .testTarget(name: "ArchitectureTests", dependencies: []),
        .testTarget(name: "ClaraModelTests", dependencies: ["ClaraModel", "TestSupport"]),
        .testTarget(name: "CommandTests", dependencies: ["Applying", "TestSupport", "clara"]),
        .testTarget(name: "DiffingTests", dependencies: ["ClaraModel", "Diffing", "TestSupport"]),
        .testTarget(name: "GitSourceTests", dependencies: ["GitSource", "TestSupport"]),
        .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport"]),
        .testTarget(name: "LuaSandboxTests", dependencies: ["LuaSandbox", "TestSupport"]),
        .testTarget(
            name: "LiveSystemTests",
            dependencies: [
                "ClaraModel", "LiveSystem", "Planning", "SQLDatabase", "Scheduling", "TestSupport",
            ]
        ),
        .testTarget(
            name: "ManifestLoadingTests",
            dependencies: [
                "ClaraModel", "ManifestLoading", "Resolving", "YAMLSyntax", "TestSupport",
            ],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "PlanningTests",
            dependencies: [
                "ClaraModel", "ManifestLoading", "Planning", "Resolving", "Scheduling",
                "TestSupport",
            ],
            exclude: ["Expected", "Plans"]
        ),
        .testTarget(
            name: "ReconcilingTests",
            dependencies: [
                "ClaraModel", "GitSource", "LiveSystem", "Planning", "Reconciling", "TestSupport",
            ]
        ),
        .testTarget(
            name: "PolicyCheckingTests",
            dependencies: [
                "ClaraModel", "LuaSandbox", "ManifestLoading", "Planning", "PolicyChecking",
                "Resolving", "TestSupport",
            ]
        ),
        .testTarget(
            name: "ResolvingTests",
            dependencies: ["ClaraModel", "ManifestLoading", "Resolving", "TestSupport"]
        ),
        .testTarget(name: "SQLDatabaseTests", dependencies: ["SQLDatabase"]),
        .testTarget(
            name: "SchedulingTests",
            dependencies: ["ClaraModel", "Scheduling", "TestSupport"]
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Applying", "ClaraModel", "GitSource", "LiveSystem", "Planning", "Reconciling",
                "SQLDatabase", "TestSupport", logging,
            ]
        ),
        .testTarget(name: "YAMLSyntaxTests", dependencies: ["YAMLSyntax", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)

// MARK: - Fuzzing

// It links only with libFuzzer's driver, which the sanitizer brings; `scripts/fuzz` asks for both.
if Context.environment["CLARA_FUZZ"] == "1" {
    package.targets.append(
        .executableTarget(
            /** Any bytes as YAML and as a manifest: reading must end, without a crash. */
            name: "clara-fuzz",
            dependencies: ["ManifestLoading", "YAMLSyntax"],
            path: "Tests/Fuzzing",
            exclude: ["Corpus"]
        )
    )
}
