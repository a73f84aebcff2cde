import ClaraModel
import ManifestLoading

/// A manifest's spec with its profile merged under it, and where each of its fields came from.
struct SpecCompletion {
    let manifest: Manifest
    /// The profile and the kind whose overlay is merged.
    private let profile: (manifest: Manifest, kind: Kind)?
    /// The merged spec without nulls and empty mappings: what is absent has one spelling. Required
    /// fields that are missing hold placeholders, so that the rest can be judged all the same.
    let complete: JSONValue
    /// The required fields that nobody supplies.
    private let missing: [[String]]
    /// The fields that were refused.
    private let rejected: [[String]]

    init(
        _ manifest: Manifest,
        _ schema: ObjectSchema,
        profile: (manifest: Manifest, kind: Kind)?
    ) {
        self.manifest = manifest
        self.profile = profile
        let overlay = profile.flatMap { $0.manifest.spec[$0.kind.rawValue] }
        let merged = overlay.map { manifest.spec.overriding($0, .object(schema)) } ?? manifest.spec
        let pruned = merged.pruned ?? [:]
        let rejected = manifest.rejected + (profile.map(Self.rejected) ?? [])
        let missing = MissingFields.find(in: pruned, schema)
        self.rejected = rejected
        self.missing = missing.filter { path in !rejected.contains { path.starts(with: $0) } }
        complete = missing.isEmpty ? pruned : Placeholder.filling(pruned, schema)
    }

    private static func rejected(_ profile: (manifest: Manifest, kind: Kind)) -> [[String]] {
        profile.manifest.rejected.filter { $0.first == profile.kind.rawValue }.map {
            Array($0.dropFirst())
        }
    }

    /// What is missing of the merged spec.
    var missingFields: [Diagnostic] {
        missing.map { path in
            Diagnostic(
                .error,
                .missingField,
                "`\(path.joined(separator: "."))` is missing from the \(manifest.kind.name)",
                at: place(of: path)
            )
        }
    }

    /// The findings at their places, but for those about fields whose values nobody knows.
    func diagnostics(_ findings: [Finding]) -> [Diagnostic] {
        findings.filter { canJudge($0.path) }.map { $0.diagnostic(at: place(of: $0.path)) }
    }

    /// Whether a field, and all that it is part of, has a value that was meant.
    func canJudge(_ path: [String]) -> Bool {
        (missing + rejected).allSatisfy { !$0.starts(with: path) && !path.starts(with: $0) }
    }

    /// Whether the manifest or its profile has the field.
    func declares(_ path: [String]) -> Bool {
        manifest.declares(path) || profilePlace(of: path) != nil
    }

    /// Where a field is declared: in the manifest, else in the profile, else as near as can be.
    private func place(of path: [String]) -> Place {
        if manifest.declares(path) { return manifest.place(of: path) }
        return profilePlace(of: path) ?? manifest.place(of: path)
    }

    private func profilePlace(of path: [String]) -> Place? {
        guard let profile, !path.isEmpty else { return nil }
        let inProfile = [profile.kind.rawValue] + path
        return profile.manifest.declares(inProfile) ? profile.manifest.place(of: inProfile) : nil
    }
}

extension JSONValue {
    /// This value as a merge patch (RFC 7396) over a profile's. A reference to a secret is one
    /// value: merged member by member, `{file: …}` over `{env: …}` would be neither.
    fileprivate func overriding(_ base: JSONValue, _ schema: Schema) -> JSONValue {
        guard case .object(let changes) = self, case .object(let members) = base else {
            return self
        }
        switch schema {
        case .object(let object):
            return .object(
                Self.merge(changes, over: members) { object.field($0)?.schema ?? .scalar }
            )
        case .map(let element): return .object(Self.merge(changes, over: members) { _ in element })
        case .boolean, .integer, .number, .text, .choice, .secret, .scalar, .list, .anything:
            return self
        }
    }

    private static func merge(
        _ changes: [String: JSONValue],
        over members: [String: JSONValue],
        schema: (String) -> Schema
    ) -> [String: JSONValue] {
        changes.reduce(into: members) { result, change in
            // Nothing but a mapping is merged, and only then its shape has to be looked up.
            if case .object = change.value, let base = result[change.key] {
                result[change.key] = change.value.overriding(base, schema(change.key))
            } else {
                result[change.key] = change.value
            }
        }
    }

    /// The value without null members and without the empty mappings that are left then; nil where
    /// nothing remains.
    var pruned: JSONValue? {
        guard needsPruning else { return self }
        switch self {
        case .null: return nil
        case .object(let members):
            let kept = members.compactMapValues(\.pruned)
            return kept.isEmpty ? nil : .object(kept)
        case .array(let elements): return .array(elements.map { $0.pruned ?? [:] })
        case .bool, .integer, .number, .string: return self
        }
    }

    /// Whether a null or an empty mapping is anywhere in it; most values are clean, and need no
    /// copy.
    private var needsPruning: Bool {
        switch self {
        case .null: true
        case .object(let members): members.isEmpty || members.values.contains(where: \.needsPruning)
        case .array(let elements): elements.contains(where: \.needsPruning)
        case .bool, .integer, .number, .string: false
        }
    }
}
