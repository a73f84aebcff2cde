import ClaraModel
import ManifestLoading

/// One policy that was read and is sound.
public struct Policy: Sendable {
    /// `metadata.name`.
    public let name: String
    /// What it says.
    public let spec: PolicySpec
    /// Where it is declared.
    public let place: Place
    let match: Match
    let exemptions: Exemptions
    let message: MessageTemplate?
    let manifest: Manifest

    /// Whether its rule looks at the plan as a whole.
    public var isAboutPlan: Bool { spec.scope == .plan }
    /// What a violation does, where nobody is exempt.
    public var enforcement: PolicySpec.Enforcement { spec.enforcement ?? .deny }
}
