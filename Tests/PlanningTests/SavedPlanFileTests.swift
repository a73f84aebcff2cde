import ClaraModel
import Planning
import TestSupport
import Testing

/// Saved plans as files, over random fleets; a failure names the seed and `CLARA_SEED` replays it.
@Suite("A saved plan's file")
struct SavedPlanFileTests {
    private static let rounds: UInt64 = 20

    @Test("reads as the plan did, in every format, and is written again byte by byte")
    func roundTrip() throws {
        for seed in testSeed(1)..<(testSeed(1) + Self.rounds) {
            let fixture = try SavedFixture(seed: seed)
            let bytes = try fixture.bytes()
            let read = try SavedFixture.read(bytes)
            #expect(read.report.everyFormat == fixture.report.everyFormat, "seed \(seed)")
            #expect(read.settings == RandomFleet.settings, "seed \(seed)")
            #expect(try read.bytes(sealedBy: SavedFixture.key()) == bytes, "seed \(seed)")
        }
    }

    @Test("gives the very steps that were planned, with their digest")
    func lossless() throws {
        for seed in testSeed(1)..<(testSeed(1) + Self.rounds) {
            let fixture = try SavedFixture(seed: seed)
            let plan = try fixture.refit(onto: fixture.live)
            let planned = fixture.report.plan
            #expect(plan.digest == planned.digest, "seed \(seed)")
            #expect(plan.tenants.map(\.applied) == planned.tenants.map(\.applied), "seed \(seed)")
            #expect(plan.impact == planned.impact, "seed \(seed)")
        }
    }

    @Test("holds whatever a plan can hold", arguments: PlanFixture.all)
    func goldenPlans(fixture: PlanFixture) throws {
        let settings = try fixture.settings()
        let (report, live) = (try fixture.report(), try fixture.live(settings))
        let key = try SavedFixture.key()
        let fleet = try FleetFolder(fixture.folder).desired(at: report.plan.plannedAt).state.fleet
        let saved = try SavedPlan(
            report,
            on: live,
            SavedFixture.course,
            settings: fleet,
            store: SavedFixture.store,
            key: key
        )
        let read = try SavedFixture.read(saved.bytes(sealedBy: key))
        #expect(read.report.everyFormat == report.everyFormat)
        let plan = try read.refit(onto: live, now: report.plan.plannedAt, key: key)
        #expect(plan.tenants.map(\.applied) == report.plan.tenants.map(\.applied))
    }

    @Test("is refused where a single byte is another")
    func flippedByte() throws {
        let seed = testSeed(3)
        let bytes = try SavedFixture(seed: seed).bytes()
        var generator = SplitMix64(seed: seed)
        for index in bytes.indices {
            var flipped = bytes
            flipped[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            #expect(throws: SavedPlanError.self, "seed \(seed), byte \(index)") {
                try SavedFixture.read(flipped)
            }
        }
    }

    @Test("is refused wherever it is cut, and with anything behind it")
    func cut() throws {
        let bytes = try SavedFixture(seed: 3).bytes()
        for end in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: SavedPlanError.self, "cut at \(end)") {
                try SavedFixture.read(Array(bytes[..<end]))
            }
        }
        #expect(throws: SavedPlanError.truncated) {
            try SavedFixture.read(Array(bytes.dropLast()))
        }
        #expect(throws: SavedPlanError.truncated) { try SavedFixture.read(bytes + [0x0A]) }
    }

    @Test("of another store, fleet, key or format is told apart")
    func otherPlace() throws {
        let bytes = try SavedFixture(seed: 3).bytes()
        let (key, store) = (try SavedFixture.key(), SavedFixture.store)
        #expect(throws: SavedPlanError.otherStore(planned: store, here: "b")) {
            try SavedPlan(reading: bytes, store: "b", key: key)
        }
        #expect(throws: SavedPlanError.otherFleet(planned: "acme-agency", here: "b")) {
            try SavedPlan(reading: bytes, store: store, fleet: "b", key: key)
        }
        #expect(throws: SavedPlanError.tampered) {
            try SavedPlan(reading: bytes, store: store, key: SavedFixture.key(8))
        }
        #expect(throws: Never.self) { try SavedPlan(reading: bytes, store: store, key: key) }
    }

    @Test(
        "that is none is named as what it is",
        arguments: [
            ("", .notAPlan), ("{}", .notAPlan), ("apiVersion: clara.dev/v1", .notAPlan),
            (#"{"format":"clara-plan","format_version":x"#, .notAPlan),
            (#"{"format":"clara-plan","format_version":0,"store":"a"}"#, .olderFormat(0)),
            (#"{"format":"clara-plan","format_version":2,"store":"a"}"#, .newerFormat(2)),
            (#"{"format":"clara-plan","format_version":1,"store":"a"}"#, .truncated),
        ] as [(String, SavedPlanError)]
    )
    func notAPlan(text: String, error: SavedPlanError) {
        #expect(throws: error) { try SavedFixture.read(Array(text.utf8)) }
    }

    @Test("above the limit is not looked at")
    func tooLarge() {
        let size = SavedPlan.fileLimit + 1
        #expect(throws: SavedPlanError.tooLarge(bytes: size)) {
            try SavedFixture.read([UInt8](repeating: 0x20, count: size))
        }
    }

    @Test("says in every error what to do")
    func messages() {
        let address = ResourceAddress(tenant: "acme", kind: .quota, name: "default")
        let errors: [SavedPlanError] = [
            .notAPlan, .truncated, .tooLarge(bytes: 300_000_000), .olderFormat(0), .newerFormat(2),
            .otherStore(planned: "a", here: "b"), .otherFleet(planned: "a", here: "b"), .tampered,
            .damaged(place: "payload.tenants[0]"), .moved([Misfit(address, .changed)]),
            .holdsKey(address), .otherObservation(address),
        ]
        for error in errors {
            #expect("\(error)".contains("plan"), "\(error)")
            #expect(!"\(error)".contains("\u{1B}"))
        }
        let many = (0..<12).map { _ in Misfit(address, .gone) }
        #expect("\(SavedPlanError.moved(many))".hasSuffix("… 2 more objects"))
    }
}

extension TenantPlan {
    /// All that an apply does with the tenant, to be compared.
    fileprivate var applied: [String] {
        let steps = steps.map { step in
            let slots = step.slots.map { "\($0)" } ?? ""
            return "\(step.address) \(step.action) \(step.reason) \(step.before?.text ?? "-") "
                + "\(step.after?.text ?? "-") \(slots) \(step.retirement.map { "\($0)" } ?? "")"
        }
        return [tenant, settles?.description ?? "", "\(overrides)"] + steps
    }
}
