import ArgumentParser

/// # Benchmarks
///
/// `clara-bench` measures Clara against the least that any program would have to do: the same
/// blobs, the same YAML, the same rows, through the C libraries directly and in the same run; and
/// beside a peer, octoDNS, with as many zones as tenants.
///
/// - `Measuring.swift`: what is measured, in order. Start there.
/// - `Fleet/`: makes a fleet of a given size in a git repository.
/// - `Floor/`: the least, written with libgit2, libyaml and SQLite.
/// - `Peer/`: the same work for octoDNS.
/// - `Stages.swift`: Clara's own stages, one by one in one process.
/// - `WarmRun.swift`: a pass that starts from the last one.
/// - `Running/`: runs a program and learns what it cost.
/// - `Report/`: the table and the JSON.
///
/// Every measured part runs in a process of its own, so that none warms or fragments memory for the
/// next. Nothing here passes or fails: a machine's speed is no property of the program.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clara-bench",
        abstract: "Measure Clara beside the floor that the C libraries set.",
        subcommands: [Measure.self, ReadFloor.self, InsertFloor.self, StageRun.self],
        defaultSubcommand: Measure.self
    )
}
