import ClaraModel

/// A content to be applied that holds a key, because it takes over what is live: that of a tenant
/// whose row somebody pasted one into, and that is retired, say.
///
/// The file has what is to be changed of the live content, and a fingerprint of what comes of that.
struct MaskedContent: Sendable, Hashable {
    /// A merge patch (RFC 7396) onto the live content.
    let patch: JSONValue
    /// The fingerprint of the content.
    let result: Fingerprint

    /// - Throws: `SavedPlanError.holdsKey` where the key is not the live content's.
    init(_ step: Step, key: AuthenticationKey) throws(SavedPlanError) {
        guard let after = step.after else { throw .holdsKey(step.address) }
        let live = step.before?.lenientValue ?? .null
        let value = after.lenientValue
        patch = Self.patch(from: live, to: value)
        result = Fingerprint(of: [after.text], key: key)
        guard CanonicalJSON(live.merged(with: patch)) == after,
            HiddenSecrets.hiding(patch, of: step.address.kind) == patch
        else { throw .holdsKey(step.address) }
    }

    /// The content, from what is live; nil where it does not come out as it was.
    func content(on live: CanonicalJSON?, key: AuthenticationKey) -> CanonicalJSON? {
        let content = CanonicalJSON((live?.lenientValue ?? .null).merged(with: patch))
        return Fingerprint(of: [content.text], key: key) == result ? content : nil
    }

    private static func patch(from before: JSONValue, to after: JSONValue) -> JSONValue {
        guard case .object(let old) = before, case .object(let new) = after else { return after }
        var patch: [String: JSONValue] = [:]
        for key in Set(old.keys).union(new.keys) where old[key] != new[key] {
            patch[key] = new[key].map { Self.patch(from: old[key] ?? .null, to: $0) } ?? .null
        }
        return .object(patch)
    }
}

extension MaskedContent {
    var saved: JSONValue { ["patch": patch, "result": .string(result.text)] }

    init(saved: SavedValue) throws(SavedPlanError) {
        patch = try saved["patch"].any()
        result = try Fingerprint(saved: saved["result"])
    }
}
