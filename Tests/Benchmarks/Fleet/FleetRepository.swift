import Foundation

/// A made-up fleet in a bare git repository, packed as a clone would be.
struct FleetRepository {
    /// Where it is.
    let path: String
    let tenants: Int

    /// The states of the fleet; each but the first is one commit on top of the first.
    enum Branch: String, CaseIterable {
        /// What is applied.
        case base
        /// One tenant's prompt and slots differ.
        case oneTenant = "one-tenant"
        /// Those of one tenant in a hundred differ.
        case onePercent = "one-percent"
        /// Nothing differs, but something that all tenants are made from.
        case sharedInput = "shared-input"
    }

    /// Makes the repository. It is written as one stream for `git fast-import(1)`.
    static func make(tenants: Int, at path: String) throws -> FleetRepository {
        let repository = FleetRepository(path: path, tenants: tenants)
        let stream = path + ".stream"
        try repository.writeStream(to: stream)
        defer { unlink(stream) }
        try git(["init", "--quiet", "--bare", "--initial-branch=base", path])
        try git(["-C", path, "fast-import", "--quiet"], input: stream)
        try git(["-C", path, "repack", "--quiet", "-a", "-d"])
        return repository
    }

    /// The numbers of the tenants that differ in a branch.
    func changed(in branch: Branch) -> [Int] {
        switch branch {
        case .base, .sharedInput: []
        case .oneTenant: [tenants / 2]
        case .onePercent: Array(stride(from: 0, to: tenants, by: 100))
        }
    }

    private static let otherFleetFile = FleetFiles.fleet(
        hosts: ["api.openai.com", "llm.agency.example"])

    private static func git(_ arguments: [String], input: String = "/dev/null") throws {
        try ChildProcess(program: "/usr/bin/env", arguments: ["git"] + arguments, input: input)
            .run(expecting: 0)
    }

    private func writeStream(to path: String) throws {
        var stream = try FastImportStream(path: path)
        try stream.begin(.base, after: nil)
        try stream.add("fleet.yaml", FleetFiles.fleet(hosts: ["api.openai.com"]))
        for file in FleetFiles.profiles { try stream.add(file.path, file.text) }
        for number in 0..<tenants { try stream.add(TenantFiles(number: number)) }
        for branch in Branch.allCases where branch != .base {
            try stream.begin(branch, after: .base)
            if branch == .sharedInput { try stream.add("fleet.yaml", Self.otherFleetFile) }
            for number in changed(in: branch) {
                try stream.add(TenantFiles(number: number, edition: 1))
            }
        }
        try stream.finish()
    }
}

/// Commits as `git-fast-import(1)` reads them.
private struct FastImportStream {
    private var pending: [UInt8] = []
    private let file: FileHandle

    /// How much is gathered before it is written.
    private static let chunk = 1 << 20
    /// Everything is committed at one fixed time, so that equal fleets have equal ids.
    private static let signature = "bench <bench@agency.example> 1767225600 +0000"

    init(path: String) throws {
        try Data().write(to: URL(filePath: path))
        file = try FileHandle(forWritingTo: URL(filePath: path))
    }

    mutating func begin(
        _ branch: FleetRepository.Branch,
        after parent: FleetRepository.Branch?
    ) throws {
        append("commit refs/heads/\(branch.rawValue)\ncommitter \(Self.signature)\n")
        append("data \(branch.rawValue.utf8.count)\n\(branch.rawValue)\n")
        if let parent { append("from refs/heads/\(parent.rawValue)\n") }
    }

    mutating func add(_ tenant: TenantFiles) throws {
        for file in tenant.files { try add(file.path, file.text) }
    }

    mutating func add(_ path: String, _ text: String) throws {
        append("M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n")
        if pending.count >= Self.chunk { try flush() }
    }

    mutating func finish() throws {
        try flush()
        try file.close()
    }

    private mutating func append(_ text: String) { pending.append(contentsOf: text.utf8) }

    private mutating func flush() throws {
        try file.write(contentsOf: pending)
        pending.removeAll(keepingCapacity: true)
    }
}
