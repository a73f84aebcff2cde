import ClaraModel
import Diffing
import Scheduling

/// A step as a saved plan holds it. Its contents are texts, since what is applied must be the very
/// bytes that were planned.
extension Step {
    var saved: JSONValue {
        .present([
            "address": .text(address),
            "action": .string(action.rawValue),
            "reason": .string(reason.rawValue),
            "before": before.map { .string($0.text) },
            "after": after.map { .string($0.text) },
            // Nearly always they follow from the contents, and half of the file would be they.
            "changes": changes == difference ? nil : .array(changes.map(\.saved)),
            "drift": drift.saved(\.saved),
            "slots": slots?.saved,
            "origin": origin?.saved,
            "retirement": retirement?.saved,
        ])
    }

    init(saved: SavedValue) throws(SavedPlanError) {
        let contents = Contents(
            before: try saved["before"].optional(Self.content),
            after: try saved["after"].optional(Self.content)
        )
        let changes = try saved["changes"].optional { list throws(SavedPlanError) in
            try list.list(FieldChange.init(saved:))
        }
        self.init(
            address: try saved["address"].address(),
            action: try saved["action"].choice(),
            reason: try saved["reason"].choice(),
            before: contents.before,
            after: contents.after,
            changes: changes ?? contents.difference,
            drift: try saved["drift"].list(FieldChange.init(saved:)),
            slots: try saved["slots"].optional(SlotChange.init(saved:)),
            origin: try saved["origin"].optional(Origin.init(saved:)),
            retirement: try saved["retirement"].optional(Retirement.init(saved:))
        )
    }

    private struct Contents {
        let before: CanonicalJSON?
        let after: CanonicalJSON?

        var difference: [FieldChange] {
            Diff.fields(from: before?.lenientValue, to: after?.lenientValue)
        }
    }

    private var difference: [FieldChange] { Contents(before: before, after: after).difference }

    private static func content(_ saved: SavedValue) throws(SavedPlanError) -> CanonicalJSON {
        CanonicalJSON(trusting: try saved.text())
    }
}

extension FieldChange {
    fileprivate var saved: JSONValue {
        .present([
            "path": .array(path.components.map(\.saved)), "before": before, "after": after,
        ])
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        self.init(
            path: FieldPath(try saved["path"].list(FieldPath.Component.init(saved:))),
            before: saved["before"].json,
            after: saved["after"].json
        )
    }
}

extension FieldPath.Component {
    /// `.name` for a member, `=name` for a named element.
    fileprivate var saved: JSONValue {
        switch self {
        case .member(let name): .string(".\(name)")
        case .named(let name): .string("=\(name)")
        }
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        let text = try saved.text()
        switch text.unicodeScalars.first {
        case ".": self = .member(String(text.unicodeScalars.dropFirst()))
        case "=": self = .named(String(text.unicodeScalars.dropFirst()))
        default: throw saved.error
        }
    }
}

extension Origin {
    var saved: JSONValue { ["file": .string(file), "line": .count(line)] }

    init(saved: SavedValue) throws(SavedPlanError) {
        self.init(file: try saved["file"].text(), line: try saved["line"].count())
    }
}

extension Retirement {
    var saved: JSONValue { ["since": .text(since), "purge_after": .text(purgeAfter)] }

    init(saved: SavedValue) throws(SavedPlanError) {
        self.init(since: try saved["since"].parsed(), purgeAfter: try saved["purge_after"].parsed())
    }
}
