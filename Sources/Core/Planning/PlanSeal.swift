import ClaraModel

/// What a plan is known by: whoever changes a step, its order or what it was planned on, changes
/// the digest.
///
/// It does not depend on the moment of planning, so that what was approved in the morning can be
/// compared with what is about to be applied at night. The slot rows that follow from a schedule
/// and the time are left out, and so are the dates of a retirement; slots that somebody has
/// touched by hand are in it, since no schedule says them.
enum PlanSeal {
    static func digest(fleet: String, revision: String, tenants: [TenantPlan]) -> Digest {
        var builder = DigestBuilder()
        builder.add(fleet)
        builder.add(revision)
        for tenant in tenants {
            for step in tenant.steps { add(step, to: &builder) }
            add(tenant.overrides.begun, "begun", to: &builder)
            add(tenant.overrides.ended, "ended", to: &builder)
        }
        return builder.finish()
    }

    private static func add(_ step: Step, to builder: inout DigestBuilder) {
        builder.add(step.address.description)
        builder.add(step.action.rawValue)
        builder.add(step.reason.rawValue)
        builder.add(step.before?.text ?? "")
        builder.add(step.after?.text ?? "")
        for change in step.drift where change.isSlotRow {
            builder.add(change.path.description)
            builder.add(change.before.map { CanonicalJSON($0).text } ?? "")
            builder.add(change.after.map { CanonicalJSON($0).text } ?? "")
        }
    }

    private static func add(
        _ overrides: [Override],
        _ what: String,
        to builder: inout DigestBuilder
    ) {
        for override in overrides {
            builder.add(what)
            builder.add(override.address.description)
            builder.add(override.path.joined(separator: "\u{0}"))
            builder.add(override.value.map { CanonicalJSON($0).text } ?? "")
            builder.add(override.until.description)
        }
    }
}
