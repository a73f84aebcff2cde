import ClaraModel
import ManifestLoading
import Planning
import Testing

@Suite("History")
struct HistoryTests {
    private static let started = Instant(seconds: 1_795_442_400)
    private static let text = TextHistoryRenderer(style: .plain)
    private static let json = JSONHistoryRenderer()

    @Test("reads as expected, in text and in JSON")
    func golden() throws {
        try Golden("history.txt").expect(Self.text.render(Self.report))
        try Golden("history.json").expect(JSONLayout.readable(Self.json.render(Self.report)))
        try Golden("history-show.txt").expect(Self.text.render(Self.details))
        let details = JSONLayout.readable(Self.json.render(Self.details))
        try Golden("history-show.json").expect(details)
    }

    @Test("of a store that nothing was applied to says so")
    func empty() {
        let text = Self.text.render(HistoryReport([]))
        #expect(text == "Nothing was applied to this store yet.\n")
        let other = Self.text.render(HistoryReport([], of: "acme"))
        #expect(other == "The journal has no operation on a tenant acme.\n")
    }

    @Test("stays short, and counts what it does not show")
    func bounded() {
        let steps = (0..<300).flatMap { tenant in
            (0..<100).map { Self.step("tenant-\(tenant)", .quota, "q\($0)", .stale) }
        }
        let text = Self.text.render(HistoryDetails(Self.report.entries[0], steps: steps))
        #expect(text.split(separator: "\n").count < 4000)
        #expect(text.contains("… 40 more steps"))
        #expect(text.contains("… 250 more tenants with 25,000 steps, 250 of them not done"))
        let all = Self.json.render(HistoryDetails(Self.report.entries[0], steps: steps))
        #expect(all.ranges(of: "\"address\"").count == 30_000)
    }

    @Test("shows nothing of the store that a terminal would obey, and cuts what is long")
    func harmless() {
        let nasty = "\u{1B}[31m\u{202E}" + String(repeating: "x", count: 1000)
        let entry = Self.entry("id", .failed, actor: nasty, revision: nasty, detail: nasty)
        let step = Self.step("acme", .quota, nasty, .failed, nasty)
        for text in [
            Self.text.render(HistoryReport([entry])),
            Self.text.render(HistoryDetails(entry, steps: [step])),
            Self.json.render(HistoryReport([entry])),
        ] {
            #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
        }
        #expect(
            Self.text.render(HistoryReport([entry])).split(separator: "\n").allSatisfy {
                $0.count < 300
            }
        )
    }

    @Test("is coloured only where that is asked for, and the same text otherwise")
    func colours() {
        let coloured = TextHistoryRenderer(style: .coloured).render(Self.details)
        #expect(coloured.contains("\u{1B}[32m"))
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == Self.text.render(Self.details))
    }

    // MARK: Support

    private static let report = HistoryReport(
        [
            entry("20261123T140000Z-3fa9c1d2", .running),
            entry("20261122T090000Z-77ab0c11", .partial, detail: "1 tenant moved since the plan"),
            entry("20261121T180000Z-0c9d8e7f", .interrupted, kind: "rollback"),
            entry("20261121T120000Z-5b6a7988", .done, kind: "override", host: nil),
        ],
        earlier: 1204
    )

    private static let details = HistoryDetails(
        report.entries[1],
        steps: [
            step("acme", .tenant, "acme", .done), step("acme", .quota, "default", .done),
            step("birch", .prompt, "daily", .stale, "the row has another content"),
            step("birch", .schedule, "daily", .skipped), step("acme", .prompt, "old", .done),
        ]
    )

    private static func entry(
        _ id: String,
        _ state: HistoryEntry.State,
        kind: String = "apply",
        actor: String = "dana@agency.example",
        host: String? = "ops-1",
        revision: String = "main@sha1:3f2a9c1d5e7b8a60413c2d9e8f7a6b5c4d3e2f10",
        detail: String? = nil
    ) -> HistoryEntry {
        let isDone = state == .done
        return HistoryEntry(
            id: id,
            kind: kind,
            state: state,
            startedAt: started,
            finishedAt: state == .running ? nil : started + .minutes(2),
            actor: actor,
            host: host,
            fleet: "acme-agency",
            revision: revision,
            previousRevision: "main@sha1:0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
            planDigest: Digest(of: id).description,
            detail: detail,
            counts: HistoryEntry.Counts(
                total: 1500,
                done: isDone ? 1500 : 1400,
                failed: isDone ? 0 : 2,
                stale: isDone ? 0 : 5,
                skipped: isDone ? 0 : 93
            )
        )
    }

    private static func step(
        _ tenant: String,
        _ kind: Kind,
        _ name: String,
        _ state: HistoryStep.State,
        _ detail: String? = nil
    ) -> HistoryStep {
        HistoryStep(
            address: ResourceAddress(tenant: tenant, kind: kind, name: name),
            action: kind == .tenant ? .create : .update,
            reason: kind == .tenant ? .added : .changed,
            state: state,
            detail: detail
        )
    }
}
