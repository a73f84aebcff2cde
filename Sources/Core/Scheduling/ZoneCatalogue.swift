import ClaraModel
import Foundation
import Synchronization

/// The time zones that exist, with their rules.
///
/// Offsets and names are those of Foundation's time zone data. A zone's rules are read once and
/// kept: they are the same each time, so that the memory of them changes no result, only the cost.
public enum ZoneCatalogue {
    /// The identifiers that people mean, ascending: for "did you mean" and for completion.
    ///
    /// Foundation's list, without abbreviations, and with the current names of zones that it lists
    /// under a former one. Many an alias that is not here is accepted all the same.
    public static let known: [String] = {
        let listed = TimeZone.knownTimeZoneIdentifiers + renamed + ["UTC"]
        let wellFormed = listed.filter { identifier in
            (try? TimeZoneName(parsing: identifier)) != nil  // an abbreviation is not offered
        }
        return Set(wellFormed).sorted()
    }()

    /// The rules of the zone, or `nil` where there is no zone of that name.
    public static func rules(of name: TimeZoneName) -> ZoneRules? {
        memory.withLock { memory in
            if let rules = memory[name] { return rules }
            let rules = readRules(name)
            // Names that do not exist are not kept, so that the memory is bounded by those that do.
            if let rules { memory[name] = rules }
            return rules
        }
    }

    /// Current names that Foundation resolves and lists only under a former name.
    private static let renamed = ["Asia/Kolkata"]

    private static let memory = Mutex<[TimeZoneName: ZoneRules]>([:])

    private static func readRules(_ name: TimeZoneName) -> ZoneRules? {
        guard let zone = TimeZone(identifier: name.identifier) else { return nil }
        var changes: [OffsetChange] = []
        var at = date(ZoneRules.coverage.lowerBound)
        let first = Int32(zone.secondsFromGMT(for: at))
        var offset = first
        // Despite its name, the function also gives changes of the standard offset (Foundation on
        // Linux and macOS); a test compares the outcome with another reading of the IANA data.
        while let next = zone.nextDaylightSavingTimeTransition(after: at), next > at,
            next < date(ZoneRules.coverage.upperBound)
        {
            let after = Int32(zone.secondsFromGMT(for: next))
            if after != offset {
                changes.append(
                    OffsetChange(instant: instant(next), offsetBefore: offset, offsetAfter: after)
                )
            }
            (at, offset) = (next, after)
        }
        return ZoneRules(name: name, firstOffset: first, changes: changes)
    }

    private static func date(_ instant: Instant) -> Date {
        Date(timeIntervalSince1970: Double(instant.seconds))
    }

    private static func instant(_ date: Date) -> Instant {
        Instant(seconds: Int64(date.timeIntervalSince1970.rounded()))
    }
}
