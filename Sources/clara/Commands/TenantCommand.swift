import ArgumentParser
import ClaraModel
import Foundation
import Scheduling

/// `clara tenant`: starts a tenant, or brings one back.
struct TenantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant",
        abstract: "Start a tenant, or bring one back.",
        subcommands: [TenantNewCommand.self, TenantRestoreCommand.self]
    )
}

/// `clara tenant new`: makes a tenant's folder.
struct TenantNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a tenant's folder that validates as it is, and is paused.",
        discussion: """
            Example:
              clara tenant new acme-coffee --timezone America/New_York --account @acmecoffee
            """
    )

    @Argument(help: "The tenant's name: lower-case letters, digits and dashes.")
    var name: String

    @Option(help: "Its time zone.")
    var timezone = "UTC"

    @Option(help: "Its X account. Default: @ and the name without dashes.")
    var account: String?

    @Option(help: "The fleet's folder. Default: the current folder.")
    var source: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let root = try common.settings().value("source", flag: source) ?? "."
        guard FileManager.default.fileExists(atPath: "\(root)/fleet.yaml") else {
            throw CommandFailure.error(
                "\(root) holds no fleet.yaml; name the fleet's folder with --source, or run clara init"
            )
        }
        let scaffold = TenantScaffold(
            name: try checkedName(),
            timezone: try checkedTimezone(),
            account: try checkedAccount()
        )
        try Scaffold(root: root, files: scaffold.files).write()
        try Console.result(
            """
            The tenant \(name) is in \(root)/tenants/\(name), paused.

            Next: edit posting.yaml and knowledge/, then
              clara validate --worktree
            """
        )
    }

    /// The credentials of a new tenant name variables that begin with its own name.
    private func checkedName() throws -> String {
        let checked = try Name.checked(name, "NAME")
        guard checked != "clara", !checked.hasPrefix("clara-") else {
            throw CommandFailure.error(
                "NAME: the variables of `\(checked)` would begin with CLARA_, as Clara's own do, which "
                    + "no manifest may name; choose another name"
            )
        }
        return checked
    }

    private func checkedTimezone() throws -> String {
        do {
            let zone = try TimeZoneName(parsing: timezone)
            if ZoneCatalogue.rules(of: zone) != nil { return timezone }
        } catch {
            throw CommandFailure.error("--timezone: \(error)")
        }
        throw CommandFailure.error("--timezone: there is no time zone \(timezone)")
    }

    private func checkedAccount() throws -> String {
        let letters = name.filter { $0 != "-" }
        let account = account ?? "@\(letters.prefix(15))"
        if let problem = TextFormat.handle.problem(account) {
            throw CommandFailure.error("--account: \(problem)")
        }
        return account
    }
}
