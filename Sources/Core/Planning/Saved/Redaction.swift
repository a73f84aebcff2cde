import ClaraModel
import Diffing
import ManifestLoading

/// What of a plan may stand in a file that people pass around.
///
/// What git says holds references only. What is live can hold a key that somebody pasted into a
/// row, so live contents are masked as reports mask them: a report of the masked plan reads as the
/// report of the plan.
extension Step {
    /// The step with masked contents.
    var redacted: Step {
        let kind = address.kind
        return Step(
            address: address,
            action: action,
            reason: reason,
            before: before?.redacted(kind),
            after: after?.redacted(kind),
            changes: changes.map { HiddenSecrets.hiding($0, of: kind) },
            drift: drift.map { HiddenSecrets.hiding($0, of: kind) },
            slots: slots,
            origin: origin,
            retirement: retirement
        )
    }
}

extension CanonicalJSON {
    /// The content with every key masked; the very same text where there is none.
    func redacted(_ kind: Kind) -> CanonicalJSON {
        let value = lenientValue
        let shown = HiddenSecrets.hiding(value, of: kind)
        return shown == value ? self : CanonicalJSON(shown)
    }
}

extension TenantPlan {
    /// The tenant's plan with masked contents.
    var redacted: TenantPlan {
        replacing(
            steps: steps.map(\.redacted),
            withheld: withheld.map {
                WithheldStep(
                    step: $0.step.redacted,
                    protection: $0.protection.redacted,
                    protected: $0.protected
                )
            },
            held: held.map(\.redacted),
            overrides: OverrideChange(
                begun: overrides.begun.map(\.redacted),
                ended: overrides.ended.map(\.redacted)
            )
        )
    }

    /// The same tenant with other steps and other words of people.
    func replacing(
        steps: [Step],
        withheld: [WithheldStep],
        held: [Override],
        overrides: OverrideChange
    ) -> TenantPlan {
        TenantPlan(
            tenant: tenant,
            steps: steps,
            blocked: blocked,
            withheld: withheld,
            held: held,
            retirement: retirement,
            overrides: overrides,
            unmanaged: unmanaged,
            settles: settles
        )
    }

    /// Every step that the plan has something to say of, also those that are not done.
    var allSteps: [Step] { steps + withheld.map(\.step) }
}

extension PolicyRemark {
    /// A rule may quote what is live.
    var redacted: PolicyRemark {
        PolicyRemark(
            policy: policy,
            enforcement: enforcement,
            address: address,
            message: message.redacted,
            origin: origin
        )
    }
}

extension Protection {
    fileprivate var redacted: Protection {
        Protection(reason: reason.redacted, by: by.redacted, since: since)
    }
}

extension Override {
    fileprivate var redacted: Override {
        let change = FieldChange(
            path: FieldPath(path.map(FieldPath.Component.member)),
            before: nil,
            after: value
        )
        return Override(
            address: address,
            path: path,
            value: HiddenSecrets.hiding(change, of: address.kind).after,
            reason: reason.redacted,
            by: by.redacted,
            since: since,
            until: until
        )
    }
}

extension String {
    /// The text, unless it looks like a key.
    fileprivate var redacted: String {
        SecretScan.looksLikeKey(self) ? HiddenSecrets.mask : self
    }
}
