import ClaraModel
import Foundation
import Planning
import TestSupport

/// The seed of a property test: `CLARA_SEED` where it is set, so that a failure can be replayed.
func testSeed(_ fallback: UInt64) -> UInt64 {
    ProcessInfo.processInfo.environment["CLARA_SEED"].flatMap(UInt64.init) ?? fallback
}

/// Fleets built as values: few names and few choices, so that two of them have much in common.
struct RandomFleet {
    var generator: SplitMix64
    static let settings = FleetSettings(name: "acme-agency", spec: FleetSpec())

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// What git says; each tenant is there, broken or gone.
    mutating func desired() throws -> DesiredState {
        var tenants: [String: DesiredTenant] = [:]
        for name in ["acme", "birch", "cedar", "dune", "elm"] where chance(of: 8, in: 10) {
            let resources = try resources(of: name)
            let isBroken = chance(of: 1, in: 12)
            let text = resources.map(\.content.text).joined()
            tenants[name] = DesiredTenant(
                inputs: Digest(of: text),
                outcome: isBroken ? .blocked(errors: 1) : .resolved(resources)
            )
        }
        return DesiredState(fleet: Self.settings, tenants: tenants)
    }

    private mutating func resources(of tenant: String) throws -> [DesiredResource] {
        var resources: [DesiredResource] = []
        for kind in Kind.allCases {
            let names =
                kind.cardinality == .any ? ["a", "b"] : [kind == .tenant ? tenant : "default"]
            for name in names where kind == .tenant || chance(of: 7, in: 10) {
                let address = ResourceAddress(tenant: tenant, kind: kind, name: name)
                resources.append(
                    DesiredResource(
                        address: address,
                        labels: chance(of: 1, in: 3) ? ["tier": "gold"] : [:],
                        spec: try ResourceSpec(kind, json: spec(kind)),
                        documents: kind == .knowledgeBase ? documents() : [],
                        origin: Origin(
                            file: "tenants/\(tenant)/all.yaml",
                            line: resources.count + 1
                        )
                    )
                )
            }
        }
        return resources.sorted { $0.address < $1.address }
    }

    private mutating func spec(_ kind: Kind) -> JSONValue {
        switch kind {
        case .tenant: ["displayName": pick(["One", "Two"]), "timezone": zone()]
        case .credential: credential()
        case .quota: ["posts": ["perDay": pick([2, 8])]]
        case .knowledgeBase:
            [
                "sources": [["glob": "**/*.md"]],
                "embedding": ["provider": pick(["local", "openai"])],
            ]
        case .prompt:
            [
                "system": pick(["Short.", "Line one.\nLine two.\n"]), "template": "x",
                "model": ["name": pick(["m", "n"])],
            ]
        case .schedule: schedule()
        }
    }

    private mutating func credential() -> JSONValue {
        let key: JSONValue = ["env": "KEY"]
        return chance(of: 1, in: 2)
            ? ["provider": "openai", "apiKey": key]
            : [
                "provider": "x", "account": pick(["@one", "@two"]),
                "oauth2": ["clientID": key, "clientSecret": key, "refreshToken": key],
            ]
    }

    private mutating func schedule() -> JSONValue {
        var members: [String: JSONValue] = [
            "timezone": zone(), "prompt": pick(["a", "b"]), "credential": "a",
            "jitter": pick(["0s", "20m"]),
        ]
        if chance(of: 1, in: 3) {
            members["cron"] = pick(["30 * * * 0", "15 1,2 * * *"])
        } else {
            members["slots"] = pick([["daily 09:00"], ["Mon-Fri 01:30", "Sun 02:30"]])
        }
        return .object(members)
    }

    private mutating func zone() -> JSONValue {
        pick(["Europe/London", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe"])
    }

    private mutating func documents() -> [KnowledgeDocument] {
        ["a.md", "b.md", "c.md"].filter { _ in chance(of: 1, in: 2) }.map { path in
            KnowledgeDocument(
                path: path,
                contentHash: chance(of: 1, in: 2) ? "git:1" : "git:2",
                size: 10,
                metadata: [:]
            )
        }
    }

    mutating func pick(_ choices: [JSONValue]) -> JSONValue {
        choices.randomElement(using: &generator) ?? .null
    }

    mutating func chance(of part: Int, in whole: Int) -> Bool {
        Int.random(in: 0..<whole, using: &generator) < part
    }
}

extension RandomFleet {
    /// Does to a store what people do: edits and deletes rows, drops marks, touches slots.
    mutating func disturb(_ live: inout LiveState) {
        for name in live.tenants.keys.sorted() {
            guard var tenant = live.tenants[name] else { continue }
            for address in tenant.resources.keys.sorted() where chance(of: 1, in: 5) {
                tenant.resources[address] = tenant.resources[address].flatMap { disturbed($0) }
            }
            for schedule in tenant.slots.keys.sorted() {
                tenant.slots[schedule] = tenant.slots[schedule].map { disturbed($0) }
            }
            live.tenants[name] = tenant
        }
    }

    private mutating func disturbed(_ row: LiveResource) -> LiveResource? {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: row.applied == nil ? nil : LiveResource(row, content: nil, applied: row.applied)
        case 1: row.content == nil ? nil : LiveResource(row, content: row.content, applied: nil)
        case 2:
            LiveResource(
                row,
                content: CanonicalJSON(["displayName": "By hand"]),
                applied: row.applied
            )
        default:
            LiveResource(row, content: CanonicalJSON(trusting: "no json"), applied: row.applied)
        }
    }

    private mutating func disturbed(_ slots: LiveSlots) -> LiveSlots {
        var slots = slots
        guard chance(of: 1, in: 2), !slots.rows.isEmpty else { return slots }
        let index = Int.random(in: slots.rows.indices, using: &generator)
        let row = slots.rows[index]
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: slots.rows.remove(at: index)
        case 1:
            slots.rows[index] = LiveSlot(
                key: row.key,
                firesAt: row.firesAt + .minutes(7),
                isPlanned: true
            )
        default:
            slots.rows[index] = LiveSlot(key: row.key, firesAt: row.firesAt, isPlanned: false)
            return slots
        }
        slots.isTouched = true
        return slots
    }
}
