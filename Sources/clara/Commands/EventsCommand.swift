import ArgumentParser
import ClaraModel
import Foundation
import LiveSystem
import Planning

/// `clara events`: what the controller noticed and did.
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Show what happened: what was applied, refused, healed, retired.",
        discussion: """
            It reads the store only. What happens again and again is one line with a count. Every
            apply, rollback and heal is told of once for the fleet and once for each of its tenants,
            of which 100 are named; orders of a person are told of with their reason. What the loop
            refuses, blocks or finds drifted is told of when it is new.

            Examples:
              clara events
              clara events --tenant acme --since 2h
              clara events --follow
            """
    )

    /// How events are shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Option(help: "Only of this tenant.")
    var tenant: String?

    @Option(help: ArgumentHelp("Only of the last while, such as 2h.", valueName: "duration"))
    var since: String?

    @Option(help: "How many, the latest.")
    var limit = 50

    @Flag(help: "Keep on showing what happens, until interrupted.")
    var follow = false

    @Option(help: "text or json (one document a line with --follow).")
    var format = Format.text

    @OptionGroup var store: StoreOptions
    @OptionGroup var common: CommonOptions

    /// How many events a person can want at once.
    private static let limits = 1...10_000
    /// How often `--follow` looks: an event that is a second old is news.
    private static let pause = Duration.seconds(1)

    func validate() throws {
        guard Self.limits.contains(limit) else {
            throw ValidationError("--limit is a number from 1 to \(Self.limits.upperBound)")
        }
    }

    func run() async throws {
        try await FailureReport(form: format == .json ? .json : .text).around {
            let settings = try common.settings()
            try store.noteIfMissing(settings)
            let store = try await store.open(settings, for: .reading)
            let events = try await read(store, after: nil)
            try show(events)
            if follow { try await follow(store, settings, after: events) }
        }
    }

    private func read(_ store: LiveStore, after last: StoreEvent?) async throws -> [StoreEvent] {
        let start = try last?.last ?? beginning(store.now())
        let events = try await store.events(limit: limit, tenant: tenant, since: start).reversed()
        guard let last else { return Array(events) }
        return events.filter { $0.last > last.last || $0.sequence > last.sequence }
    }

    private func beginning(_ now: Instant) throws -> Instant? {
        guard let since else { return nil }
        do {
            return now - (try TimeSpan(parsing: since))
        } catch {
            throw CommandFailure.error("--since: \(error)")
        }
    }

    private func show(_ events: [StoreEvent]) throws {
        switch format {
        case .text: try Console.result(EventLines(events, style: Terminal.resultStyle).text)
        case .json where follow: try events.forEach { try Console.result(EventDocument.line($0)) }
        case .json: try Console.result(EventDocument(events).text)
        }
    }

    private func follow(
        _ first: LiveStore,
        _ settings: Settings,
        after events: [StoreEvent]
    ) async throws {
        var last = events.last
        while true {
            try await Task.sleep(for: Self.pause)
            // A store that did not exist at the beginning may exist now.
            let store = try await store.open(settings, for: .reading)
            let news = try await read(store, after: last)
            if !news.isEmpty { try show(news) }
            last = news.last ?? last
        }
    }
}
