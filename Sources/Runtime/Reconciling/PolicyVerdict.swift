import ClaraModel
import Planning
import PolicyChecking

/// What policies said to a plan. A plan that stands, because it is refused or only reported, is not
/// shown to them in every turn of a loop: a rule may look at the whole fleet.
struct PolicyVerdict: Sendable {
    let remarks: [PolicyRemark]
    /// The last day on which every exemption holds that was made; nil where none was.
    let exemptUntil: CivilDate?
    private let plan: Digest
    private let endedExemptions: Int

    init(_ findings: [PolicyFinding], on plan: Plan, by policies: PolicySet, at now: Instant) {
        remarks = findings.map(\.remark)
        exemptUntil = findings.compactMap(\.exemption?.until).min()
        self.plan = plan.digest
        endedExemptions = policies.endedExemptions(at: now).count
    }

    /// Whether policies would say the same again, in a fleet in which nothing has moved.
    func holds(for plan: Plan, by policies: PolicySet, at now: Instant) -> Bool {
        self.plan == plan.digest
            && endedExemptions == policies.endedExemptions(at: now).count
    }
}
