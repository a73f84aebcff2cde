import ClaraModel
import ManifestLoading
import Resolving

/// The policies of a fleet.
public struct PolicySet: Sendable {
    /// The policies, sorted by name.
    public let policies: [Policy]

    /// No policy at all.
    public static let none = PolicySet(policies: [])

    init(policies: [Policy]) { self.policies = policies.sorted { $0.name < $1.name } }

    /// Reads the files of `policies/`; those that are no YAML are passed over.
    ///
    /// Every rule is compiled. A policy with an error is left out of the set: whoever gets an error
    /// among the diagnostics must not go on, since somebody relies on the rule.
    public static func read(
        _ files: [FleetFile]
    ) -> (set: PolicySet, diagnostics: [Diagnostic]) {
        var reader = PolicyReader()
        for file in files.sorted(by: { $0.path < $1.path }) where file.isManifest {
            reader.read(file)
        }
        return (PolicySet(policies: reader.policies), reader.diagnostics.sorted())
    }

    /// Whether there is none.
    public var isEmpty: Bool { policies.isEmpty }

    /// Warnings about exemptions that have ended and can be taken out.
    public func endedExemptions(at now: Instant) -> [Diagnostic] {
        policies.flatMap { policy in
            policy.exemptions.ended(at: now).map { index in
                Diagnostic(
                    .warning,
                    .unused,
                    "this exemption from `\(policy.name)` has ended",
                    hint: "take it out, or agree on another day",
                    at: policy.manifest.place(of: ["exemptions", "\(index)", "until"])
                )
            }
        }
    }
}
