import ClaraModel
import Foundation
import Scheduling
import TestSupport
import Testing

/// The seed of this run: the one in the environment, or a new one; printed once.
let runSeed: UInt64 = {
    let given = ProcessInfo.processInfo.environment["CLARA_SEED"].flatMap { UInt64($0) }
    let seed = given ?? .random(in: 0...UInt64.max)
    print("SchedulingTests: CLARA_SEED=\(seed)")
    return seed
}()

/// A generator of its own for each case of a property test.
func generator(_ number: Int) -> SplitMix64 {
    SplitMix64(seed: runSeed &+ UInt64(number) &* 0x1_0001)
}

/// Parses a text that a test knows to be well formed.
func parse<T: TextRepresentable>(_ text: String, as: T.Type = T.self) throws -> T {
    try T(parsing: text)
}

func zone(_ identifier: String) throws -> ZoneRules {
    try #require(ZoneCatalogue.rules(of: TimeZoneName(parsing: identifier)))
}

func weekly(_ slots: String...) throws -> ScheduleTiming {
    .weekly(try slots.map { try parse($0) })
}

func cron(_ text: String) throws -> ScheduleTiming {
    .cron(try parse(text))
}

let identity = ScheduleIdentity(tenant: "acme", schedule: "mornings")

func pattern(
    _ timing: ScheduleTiming,
    in identifier: String,
    jitter: String = "0s",
    quiet: [String] = [],
    blackouts: [String] = [],
    start: String? = nil,
    end: String? = nil
) throws -> SchedulePattern {
    SchedulePattern(
        zone: try zone(identifier),
        timing: timing,
        jitter: try parse(jitter),
        quietHours: try quiet.map { try parse($0) },
        blackouts: try blackouts.map { try parse($0) },
        start: try start.map { try parse($0) },
        end: try end.map { try parse($0) },
        identity: identity
    )
}

/// The instants from one date's 00:00 UTC to another's.
func days(_ first: String, _ last: String) throws -> Range<Instant> {
    try parse("\(first)T00:00:00Z")..<parse("\(last)T00:00:00Z")
}

extension Slot {
    /// "2026-03-08T02:30#0 2026-03-08T07:00:00Z": key and scheduled instant.
    var text: String { "\(localTime)#\(occurrence) \(scheduledAt ?? firesAt)" }
}
