import ClaraModel

/// How git, the last apply and the live row of one resource stand to each other.
///
/// live ≠ last is drift, desired ≠ last a change, both a conflict; desired without a mark meets a
/// row that nobody manages yet.
public enum Standing: Sendable, Hashable {
    /// All three agree.
    case inSync
    /// Desired, and neither live nor ever applied.
    case new
    /// Live without a mark, and desired: it is taken over.
    case unclaimed
    /// Live without a mark and not desired: nobody's business but to be told of.
    case unmanaged
    /// Git changed, live did not.
    case changed
    /// Live changed, git did not.
    case drifted
    /// Both changed; not to the same content.
    case conflicting
    /// Both changed to the same content: only the mark is behind.
    case converged
    /// No longer desired, and live as it was applied.
    case removed
    /// No longer desired, and live was changed since.
    case removedAfterDrift
    /// No longer desired, and the row is gone already: only the mark is left.
    case vanished

    /// Compares three contents, each nil where there is none.
    public static func of(
        desired: CanonicalJSON?,
        applied: CanonicalJSON?,
        live: CanonicalJSON?
    ) -> Standing? {
        switch (desired, applied, live) {
        case (nil, nil, nil): nil
        case (_?, nil, nil): .new
        case (_?, nil, _?): .unclaimed
        case (nil, nil, _?): .unmanaged
        case (nil, _?, nil): .vanished
        case (nil, let last?, let live?): last == live ? .removed : .removedAfterDrift
        case (let desired?, let last?, let live):
            managed(desired: desired, applied: last, live: live)
        }
    }

    private static func managed(
        desired: CanonicalJSON,
        applied: CanonicalJSON,
        live: CanonicalJSON?
    ) -> Standing {
        switch (desired == applied, live == applied) {
        case (true, true): .inSync
        case (true, false): .drifted
        case (false, true): .changed
        case (false, false): live == desired ? .converged : .conflicting
        }
    }
}
