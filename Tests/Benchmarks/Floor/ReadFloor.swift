import ArgumentParser

/// The least that a plan has to read, in a process of its own: manifests from git, their YAML, and
/// the live rows.
struct ReadFloor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "read-floor", shouldDisplay: false)

    /// The names of the parts.
    enum Part {
        static let git = "manifests, libgit2 by id"
        static let yaml = "their events, libyaml"
        static let rows = "live rows, SQLite"
    }

    @Argument var repository: String
    @Argument var store: String

    func run() async throws {
        let blobs = try GitBlobs(
            repository: repository,
            branch: FleetRepository.Branch.base.rawValue
        )
        let ids = try blobs.manifests()
        var (git, yaml) = (PartialCost(), PartialCost())
        for id in ids {
            git.start()
            let object = try blobs.read(id)
            git.stop()
            yaml.start()
            try YAMLEvents.walk(object.bytes)
            yaml.stop()
        }
        var stopwatch = Stopwatch()
        stopwatch.add(Part.git, git)
        stopwatch.add(Part.yaml, yaml)
        try await stopwatch.measure(Part.rows) { try RowFloor.run(store) }
        try stopwatch.write()
    }
}
