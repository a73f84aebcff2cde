import ArgumentParser
import Planning

/// The options that let one run exceed the fleet's safety limits.
struct AllowanceOptions: ParsableArguments {
    @Option(help: "Let this run delete so many resources, whatever the limits say.")
    var allowDeletions: Int?

    @Option(help: "Let this run update so many resources, whatever the limits say.")
    var allowUpdates: Int?

    @Flag(help: "Let this run act on a source, or a store, that is empty and was not before.")
    var allowEmpty = false

    func validate() throws {
        for (name, count) in [("deletions", allowDeletions), ("updates", allowUpdates)] {
            guard let count, count < 0 else { continue }
            throw ValidationError("--allow-\(name) is a number of resources, not \(count)")
        }
    }

    /// The allowances.
    var allowances: Allowances {
        Allowances(deletions: allowDeletions, updates: allowUpdates, empty: allowEmpty)
    }
}
