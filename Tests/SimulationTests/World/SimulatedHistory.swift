@testable import GitSource

/// The history of a fleet's repository: one branch, commit after commit.
struct SimulatedHistory: Sendable {
    private(set) var fleets: [FleetModel] = []
    private var listings: [ObjectID: [SourceEntry]] = [:]
    private var trees: [SimulatedFolders] = []

    /// The number of the branch's head.
    var head: Int { fleets.count - 1 }

    mutating func commit(_ fleet: FleetModel) {
        let tree = SimulatedFolders(fleet.files)
        fleets.append(fleet)
        trees.append(tree)
        if let id = tree.id(of: "tenants") { listings[id] = tree.list("tenants") }
    }

    /// The fleet as a commit has it.
    func tree(at commit: Int, faults: SourceFaults = SourceFaults()) -> SimulatedFleet {
        SimulatedFleet(
            number: commit,
            folders: trees[commit],
            listings: listings,
            commits: (0...head).map(Self.id),
            faults: faults
        )
    }

    /// The id of a commit.
    static func id(_ commit: Int) -> ObjectID { ObjectID.simulated("commit \(commit)") }

    /// The number of the commit that a revision, as the store notes it, names.
    func number(of revision: String) -> Int? {
        Revision(parsing: revision).flatMap(\.commit).flatMap { id in
            (0...head).first { Self.id($0) == id }
        }
    }
}

/// What git fails to give.
struct SourceFaults: Sendable {
    /// Folders that cannot be listed.
    var listings: Set<String> = []
    /// Tenants whose files cannot be read.
    var tenants: Set<String> = []
    /// Files of the fleet that cannot be read.
    var files: Set<String> = []

    var isEmpty: Bool { listings.isEmpty && tenants.isEmpty && files.isEmpty }
}

/// The files of one commit, as folders with ids.
struct SimulatedFolders: Sendable {
    let files: [String: [UInt8]]
    private var children: [String: [SourceEntry]] = [:]

    init(_ texts: [String: String]) {
        files = texts.mapValues { Array($0.utf8) }
        _ = add("")
    }

    func list(_ folder: String) -> [SourceEntry] { children[folder] ?? [] }

    func id(of folder: String) -> ObjectID? { children[""]?.first { $0.path == folder }?.id }

    private mutating func add(_ folder: String) -> ObjectID {
        let prefix = folder.isEmpty ? "" : folder + "/"
        let paths = files.keys.filter { $0.hasPrefix(prefix) }
        let names = Set(paths.map { $0.dropFirst(prefix.count).prefix { $0 != "/" } })
        let entries = names.sorted().map { name in
            let path = prefix + name
            if let bytes = files[path] {
                let text = String(decoding: bytes, as: UTF8.self)
                return SourceEntry(path: path, id: .simulated("file " + text), kind: .file)
            }
            return SourceEntry(path: path, id: add(path), kind: .folder)
        }
        children[folder] = entries
        return .simulated(entries.map { "\($0.name) \($0.id)" }.joined(separator: "\n"))
    }
}

extension ObjectID {
    /// An id that follows from a text, as git makes it of a file.
    static func simulated(_ text: String) -> ObjectID { TreeRecord.blobID(Array(text.utf8)) }
}
