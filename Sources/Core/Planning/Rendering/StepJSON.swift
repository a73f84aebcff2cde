import ClaraModel
import Diffing
import Scheduling

/// One step as JSON.
enum StepJSON {
    /// An element of `resource_changes`.
    static func change(_ step: Step) -> JSONValue {
        let kind = step.address.kind
        let before = step.before.map { HiddenSecrets.hiding($0.lenientValue, of: kind) }
        let after = step.after.map { HiddenSecrets.hiding($0.lenientValue, of: kind) }
        var members: [String: JSONValue] = [
            "address": .string(step.address.description),
            "action": .string(step.action.rawValue),
            "reason": .string(step.reason.rawValue),
            "before": before ?? .null,
            "after": after ?? .null,
            "before_sensitive": sensitive(before, kind),
            "after_sensitive": sensitive(after, kind),
            "changed_paths": paths(step.changes),
            "origin": origin(step.origin),
        ]
        if let slots = step.slots { members["slots"] = json(slots) }
        if let retirement = step.retirement { members["retirement"] = retirement.json }
        return .object(members)
    }

    /// An element of `resource_drift`: what was last applied and what is live.
    static func drift(_ step: Step) -> JSONValue {
        [
            "address": .string(step.address.description),
            "deleted": .bool(step.before == nil),
            "changed_paths": paths(step.drift),
            "changes": .array(
                step.drift.map { HiddenSecrets.hiding($0, of: step.address.kind) }.map { change in
                    [
                        "path": .string(change.path.description),
                        "last_applied": change.before ?? .null,
                        "live": change.after ?? .null,
                    ]
                }
            ),
            "origin": origin(step.origin),
        ]
    }

    private static func paths(_ changes: [FieldChange]) -> JSONValue {
        .array(changes.map { .string($0.path.description) })
    }

    static func origin(_ origin: Origin?) -> JSONValue {
        origin.map { ["file": .string($0.file), "line": .integer(Int64($0.line))] } ?? .null
    }

    // MARK: Slots

    private static func json(_ change: SlotChange) -> JSONValue {
        let limit = RenderingLimits.slotsInJSON
        return [
            "added_count": .integer(Int64(change.added.count)),
            "removed_count": .integer(Int64(change.removed.count)),
            "added": .array(change.added.prefix(limit).map { slot($0.key, $0.firesAt) }),
            "removed": .array(change.removed.prefix(limit).map { slot($0.key, $0.firesAt) }),
        ]
    }

    private static func slot(_ key: SlotKey, _ firesAt: Instant) -> JSONValue {
        [
            "local_time": .string(key.localTime.description),
            "occurrence": .integer(Int64(key.occurrence)), "fires_at": .string(firesAt.description),
        ]
    }

    // MARK: References to secrets

    /// The shape of a content with `true` where a reference to a secret stands, as in OpenTofu's
    /// plans; null where there is no content.
    private static func sensitive(_ content: JSONValue?, _ kind: Kind) -> JSONValue {
        guard let content else { return .null }
        return marks(content, .object(kind.specSchema)) ?? [:]
    }

    private static func marks(_ value: JSONValue, _ schema: Schema) -> JSONValue? {
        switch (schema, value) {
        case (.secret, _): return true
        case (.object(let fields), .object(let members)):
            let marked = fields.fields.compactMap { field -> (String, JSONValue)? in
                guard let value = members[field.name] else { return nil }
                return marks(value, field.schema).map { (field.name, $0) }
            }
            return marked.isEmpty ? nil : .object(Dictionary(marked) { first, _ in first })
        default: return nil
        }
    }
}
