import ClaraModel
import ManifestLoading

/// A profile: for every kind, values to merge under each resource.
struct Profile: Sendable {
    let manifest: Manifest
    /// Whether the profile has errors, so that whoever extends it is blocked.
    let isBroken: Bool
}

/// The profiles of a fleet.
struct Profiles: Sendable {
    private(set) var byName: [String: Profile] = [:]
    /// Files with a mistake in their YAML: a profile that seems to be missing may be in one of
    /// them.
    var brokenFiles: [String] = []

    subscript(name: String) -> Profile? { byName[name] }
    var names: [String] { byName.keys.sorted() }

    /// Adds a profile, unless there is one of that name, which is returned.
    mutating func add(_ profile: Profile) -> Profile? {
        if let earlier = byName[profile.manifest.name] { return earlier }
        byName[profile.manifest.name] = profile
        return nil
    }
}

/// What is wrong with a profile by itself, whichever tenant extends it.
///
/// Only what no manifest could be meant to complete is judged: two of a profile's own values that
/// contradict each other, and a time zone that does not exist.
enum ProfileCheck {
    static func diagnostics(_ profile: Manifest) -> [Diagnostic] {
        Kind.allCases.sorted().flatMap { kind in
            findings(kind, in: profile).map { finding in
                finding.diagnostic(at: profile.place(of: [kind.rawValue] + finding.path))
            }
        }
    }

    private static func findings(_ kind: Kind, in profile: Manifest) -> [Finding] {
        guard let overlay = profile.spec[kind.rawValue]?.pruned else { return [] }
        let problems = Self.problems(kind, overlay).filter { problem in
            !problem.path.isEmpty && profile.declares([kind.rawValue] + problem.path)
        }
        return problems.map { Finding($0) } + zoneFindings(overlay)
    }

    private static func problems(_ kind: Kind, _ overlay: JSONValue) -> [SpecProblem] {
        // Which fields contradict each other hangs on the provider, which the manifest may set.
        if kind == .credential, overlay["provider"] == nil { return [] }
        do {
            return try ResourceSpec(kind, json: Placeholder.filling(overlay, kind.specSchema))
                .problems
        } catch {
            return []  // a field of another shape, which was reported when the file was read
        }
    }

    private static func zoneFindings(_ overlay: JSONValue) -> [Finding] {
        guard let text = overlay["timezone"]?.text else { return [] }
        do {
            return ZoneCheck.findings(try TimeZoneName(parsing: text), ["timezone"])
        } catch {
            return []  // not in the form of a time zone, which was reported when the file was read
        }
    }
}
