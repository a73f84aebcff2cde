import ClaraModel

/// What was done to a store, for programs: JSON documents whose members come in a stable order.
public struct JSONHistoryRenderer: Sendable {
    /// Makes a renderer.
    public init() {}

    /// The operations as JSON, ending with a line break.
    public func render(_ report: HistoryReport) -> String {
        JSONText.document([
            "format_version": .string(Planning.formatVersion),
            "operations": .array(report.entries.map { .object($0.members) }),
            "earlier": report.earlier.map { .count($0) } ?? .null,
        ])
    }

    /// One operation with every step as JSON, ending with a line break.
    public func render(_ details: HistoryDetails) -> String {
        var document = details.entry.members
        document["format_version"] = .string(Planning.formatVersion)
        document["steps"] = .array(details.tenants.flatMap(\.steps).map(\.json))
        return JSONText.document(.object(document))
    }
}

extension HistoryEntry {
    fileprivate var members: [String: JSONValue] {
        [
            "id": .string(id), "kind": .string(kind), "state": .string(state.rawValue),
            "started_at": .text(startedAt), "finished_at": finishedAt.map { .text($0) } ?? .null,
            "actor": .string(actor), "host": host.map { .string($0) } ?? .null,
            "fleet": .string(fleet), "revision": .string(revision),
            "previous_revision": previousRevision.map { .string($0) } ?? .null,
            "plan_digest": planDigest.map { .string($0) } ?? .null,
            "detail": detail.map { .string($0) } ?? .null, "counts": counts.json,
        ]
    }
}

extension HistoryEntry.Counts {
    fileprivate var json: JSONValue {
        [
            "total": .count(total), "done": .count(done), "failed": .count(failed),
            "stale": .count(stale), "skipped": .count(skipped),
        ]
    }
}

extension HistoryStep {
    fileprivate var json: JSONValue {
        [
            "address": .text(address), "action": .string(action.rawValue),
            "reason": .string(reason.rawValue), "state": .string(state.rawValue),
            "detail": detail.map { .string($0) } ?? .null,
        ]
    }
}
