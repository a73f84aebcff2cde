import ArgumentParser
import ClaraModel
import Foundation

/// `clara init`: starts a fleet.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Start a fleet in a folder.",
        discussion: """
            Example:
              clara init fleet && cd fleet && git init
              clara tenant new acme-coffee --timezone America/New_York
            """
    )

    @Argument(help: "The folder; it is made where it does not exist.")
    var folder: String

    @Option(help: "The fleet's name. Default: the folder's.")
    var name: String?

    func run() throws {
        let path = URL(fileURLWithPath: folder).standardizedFileURL
        let name = try Name.checked(self.name ?? path.lastPathComponent.lowercased(), "--name")
        try Scaffold(root: path.path, files: FleetScaffold.files(name: name)).write()
        try Console.result(
            """
            The fleet \(name) is in \(path.path).

            Next:
              cd \(folder)
              clara tenant new acme --timezone America/New_York
              clara validate --worktree
              git init && git add . && git commit -m "Start the fleet"
              clara plan
              clara apply
            """
        )
    }
}

/// Names that are given on the command line.
enum Name {
    /// The name, where it is one that a resource can have.
    static func checked(_ name: String, _ option: String) throws -> String {
        if let problem = TextFormat.resourceName.problem(name) {
            throw CommandFailure.error("\(option): \(problem)")
        }
        return name
    }
}
