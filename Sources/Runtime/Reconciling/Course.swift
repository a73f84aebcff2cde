import ClaraModel
import GitSource
import LiveSystem
import Planning

/// Where a fleet stands in its own history: what was applied last, and whether a rollback holds it.
struct Course: Sendable {
    /// The order that holds it where it is; nil where none does.
    let pin: Pin?
    /// The revision that was recorded when a pass left nothing undone, and that of the last
    /// operation; the later one first.
    private let noted: [Revision]

    /// Reads where a fleet stands.
    static func read(_ fleet: String, in store: LiveStore) async throws(StoreError) -> Course {
        let mark = try await store.fleets()[fleet]
        let operation = try await store.lastCourse(of: fleet)
        // An apply that was cut off has noted its revision in the journal only.
        let isLater = operation.map { $0.startedAt > mark?.appliedAt ?? .epoch } ?? false
        let revisions = [mark?.revision, operation?.revision].compactMap(\.self)
        return Course(
            pin: try await store.pins()[fleet],
            noted: (isLater ? revisions.reversed() : revisions).compactMap {
                Revision(parsing: $0)
            }
        )
    }

    /// The revision that was applied last, as it was noted.
    var lastRevision: String? { noted.first?.description }

    /// Every revision that something was applied of last, as they were noted.
    var notedRevisions: [String] { noted.map(\.description) }

    /// What speaks against going to the source's revision; nil where nothing does.
    func objection(to source: any SourceTree) async throws(GitError) -> CourseObjection? {
        guard let wanted = source.revision.commit else { return nil }
        if let pin, try await holds(pin, wanted, source) { return .pinned(pin) }
        if let pin, wanted.description == pin.commit { return nil }
        // Which of them is later is told by a clock, which may have been set back: both count.
        for applied in noted {
            guard let last = applied.commit, last != wanted else { continue }
            switch try await source.isAncestor(wanted, of: last) {
            case true?: return .backwards(from: applied, to: source.revision)
            case nil: return .unknownHistory(from: applied, to: source.revision)
            case false?: continue
            }
        }
        return nil
    }

    /// The pin that the source has overtaken.
    func overtaken(by source: any SourceTree) async throws(GitError) -> Pin? {
        guard let pin, let wanted = source.revision.commit,
            try await !holds(pin, wanted, source), wanted.description != pin.commit
        else { return nil }
        return pin
    }

    /// Whether the branch has not gone beyond where it was when the pin was set. A clone that does
    /// not know that commit cannot tell, so that the pin holds.
    private func holds(
        _ pin: Pin,
        _ wanted: ObjectID,
        _ source: any SourceTree
    ) async throws(GitError) -> Bool {
        if wanted.description == pin.commit { return false }
        guard let head = ObjectID(hex: pin.head), wanted != head else { return true }
        return try await source.isAncestor(head, of: wanted) != true
    }
}

extension Reconciliation {
    /// Whether what the pass has decided on is still as it was. Whoever looks before they hold the
    /// lock asks for it once they do: meanwhile something newer may have been applied, and a person
    /// may have given an order, such as to protect a tenant or to stay at a revision.
    public func isCurrent(in store: LiveStore) async throws(StoreError) -> Bool {
        let now = try await Course.read(settings.name, in: store)
        guard now.notedRevisions == course.noted, now.pin == course.pin else { return false }
        guard let seen else { return true }
        let since = try await store.feed(after: seen)
        return since.isComplete && since.tenants.isDisjoint(with: admitted.touched)
    }
}

extension Plan {
    /// The tenants of which something is written.
    fileprivate var touched: Set<String> {
        Set(tenants.lazy.filter { !$0.isEmpty || $0.settles != nil }.map(\.tenant))
    }
}

/// What speaks against going to a revision. A plan can be looked at all the same.
public enum CourseObjection: Sendable, Hashable, CustomStringConvertible {
    /// A rollback holds the fleet where it is.
    case pinned(Pin)
    /// It is older than what was applied, and nobody has ordered to go back.
    case backwards(from: Revision, to: Revision)
    /// Whether it is older than what was applied cannot be told: the source does not know that
    /// commit, being a shallow clone or another repository.
    case unknownHistory(from: Revision, to: Revision)

    /// What is in the way and what to do.
    public var description: String {
        switch self {
        case .pinned(let pin):
            "the fleet is pinned at \(pin.revision) since \(pin.since), by \(pin.by)"
                + (pin.reason.isEmpty ? "" : " (\(pin.reason))")
                + "; commit what mends it, or lift the pin with clara unpin"
        case .backwards(let applied, let wanted):
            "\(wanted) is older than \(applied), which is applied; to go back, use "
                + "clara rollback --to \(wanted)"
        case .unknownHistory(let applied, let wanted):
            "\(applied) is applied, and this source does not know that commit, so that it cannot "
                + "tell whether \(wanted) is older; fetch the whole history (a clone must not be "
                + "shallow), or go there all the same with clara rollback --to \(wanted)"
        }
    }
}
