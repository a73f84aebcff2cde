import ClaraModel
import Foundation
import Planning
import SQLDatabase
import Scheduling
import Testing

@testable import LiveSystem

/// Opening a store, and what it keeps beside resources.
@Suite struct StoreTests {
    @Test(
        "a location is read",
        arguments: [
            ("sqlite:clara.db", "clara.db"), ("sqlite:/var/lib/clara.db", "/var/lib/clara.db"),
            ("sqlite:a:b.db", "a:b.db"),
        ]
    )
    func location(_ text: String, _ path: String) throws {
        #expect(try StoreLocation(parsing: text).path == path)
        #expect(try StoreLocation(parsing: text).description == text)
    }

    @Test(
        "a location that is none says what to write",
        arguments: [
            "", "clara.db", "sqlite:", "sqlite::memory:", "mysql://host/db",
        ]
    )
    func notALocation(_ text: String) {
        #expect(throws: StoreError.notALocation(text)) { try StoreLocation(parsing: text) }
        #expect(StoreError.notALocation(text).description.contains("sqlite:clara.db"))
    }

    @Test(
        "PostgreSQL is told to be missing, without repeating its password",
        arguments: [
            "postgresql://u:secret@host/db", "postgres://u:secret@host/db",
        ]
    )
    func postgreSQL(_ text: String) {
        let error = #expect(throws: StoreError.self) { try StoreLocation(parsing: text) }
        #expect(error == .postgreSQL)
        #expect(error?.description.contains("secret") == false)
    }

    @Test("a store that does not exist is empty to a reader, and stays so")
    func missing() async throws {
        let temporary = try TemporaryStore()
        defer { temporary.remove() }
        let store = try await temporary.open(.reading)
        #expect(try await store.observe(now: .testNow).tenants.isEmpty)
        #expect(try await store.conditions().isEmpty)
        #expect(try await store.fleets().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: temporary.path))
    }

    @Test("an empty file is an empty store to a reader")
    func emptyFile() async throws {
        let temporary = try TemporaryStore()
        defer { temporary.remove() }
        try Data().write(to: URL(fileURLWithPath: temporary.path))
        let store = try await temporary.open(.reading)
        #expect(try await store.observe(now: .testNow).tenants.isEmpty)
    }

    @Test(
        "a store of a later version is refused",
        arguments: [
            LiveStore.Access.reading, .writing,
        ]
    )
    func newer(_ access: LiveStore.Access) async throws {
        try await TemporaryStore.with { temporary, _ in
            try await temporary.byHand(
                "INSERT INTO schema_migrations VALUES (99, 'future', '2030-01-01T00:00:00Z')"
            )
            let known = storeMigrations.count
            let error = await #expect(throws: StoreError.self) {
                try await temporary.open(access)
            }
            guard case .database(let error) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error.reason == .newerSchema(found: 99, known: known))
        }
    }

    @Test("migrations are numbered without a gap")
    func numbers() {
        #expect(storeMigrations.map(\.version) == Array(1...storeMigrations.count))
    }

    @Test("a condition keeps the time of its last transition")
    func conditions() async throws {
        try await TemporaryStore.with { _, store in
            func condition(_ status: Condition.Status, hour: Int64) -> Condition {
                Condition(
                    type: .ready,
                    status: status,
                    reason: "Applied",
                    message: "hour \(hour)",
                    lastTransitionTime: Instant.testNow + .hours(hour),
                    observedRevision: "r"
                )
            }
            try await store.setConditions(["acme": [condition(.yes, hour: 0)]])
            try await store.setConditions(["acme": [condition(.yes, hour: 1)]])
            let kept = try await store.store.conditions()["acme"]?.first
            #expect(kept?.lastTransitionTime == .testNow)
            #expect(kept?.message == "hour 1")
            try await store.setConditions(["acme": [condition(.no, hour: 2)]])
            #expect(try await store.store.conditions() == ["acme": [condition(.no, hour: 2)]])
        }
    }

    @Test("a fleet's last apply is noted")
    func fleets() async throws {
        try await TemporaryStore.with { _, store in
            try await store.noteApplied(.first)
            try await store.noteApplied(.second)
            #expect(
                try await store.store.fleets() == [
                    "agency": FleetMark(revision: "main@sha1:2", appliedAt: Provenance.second.now)
                ]
            )
        }
    }

    @Test("upkeep moves a window forward once, and never as a change")
    func upkeep() async throws {
        try await TemporaryStore.with { _, store in
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.schedule, Sample.schedule, slots: .adding(.at(hour: 9))),
                settles: Digest(of: "inputs")
            )
            let both: [Slot] = [.at(hour: 9), .at(hour: 9, day: 14)]
            let later =
                SlotChange.fortnight.lowerBound..<(SlotChange.fortnight.upperBound + .days(1))
            let upkeep = SlotExtension(
                address: .schedule,
                previous: SlotChange.fortnight,
                change: SlotChange(
                    added: [both[1]],
                    removed: [],
                    window: later,
                    fingerprint: SlotFingerprint.of(both)
                )
            )
            #expect(try await store.extendSlots([upkeep]) == [.done])
            let live = try await store.observe(now: .testNow).tenants["acme"]
            #expect(live?.slots["mornings"]?.window == later)
            #expect(live?.slots["mornings"]?.isTouched == false)
            #expect(live?.slots["mornings"]?.rows == both.map(LiveSlot.init(planned:)))
            #expect(live?.settlement == Digest(of: "inputs").description)
            guard case .stale(.schedule, _) = try await store.extendSlots([upkeep]).first else {
                Issue.record("the same upkeep was done twice")
                return
            }
        }
    }
}
