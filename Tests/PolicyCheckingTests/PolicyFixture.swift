import ClaraModel
import ManifestLoading
import Planning
import PolicyChecking
import Resolving

/// Policies, resources and plans that are written in a test.
enum Fixture {
    static let now = Instant(seconds: 1_795_435_200)  // 2026-11-23T12:00:00Z

    /// A policy's document: the rule, and what else its spec says, line by line.
    static func document(_ rule: String, _ fields: [String] = [], name: String = "guard") -> String
    {
        let head = [
            "apiVersion: clara.dev/v1", "kind: Policy", "metadata: {name: \(name)}", "spec:",
            "  description: Something must hold.",
        ]
        let body = rule.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
        return (head + fields.map { "  \($0)" } + ["  rule: |"] + body).joined(separator: "\n")
            + "\n"
    }

    static func read(_ text: String) -> (set: PolicySet, diagnostics: [Diagnostic]) {
        PolicySet.read([file("policies/guard.yaml", text)])
    }

    static func file(_ path: String, _ text: String) -> FleetFile {
        FleetFile(path: path, contentHash: "git:0", size: text.utf8.count, bytes: Array(text.utf8))
    }

    /// What one policy says to changes.
    static func findings(
        _ rule: String,
        _ fields: [String] = [],
        on steps: [Step],
        fleet: [PolicyResource] = [],
        base: [PolicyResource]? = nil,
        now: Instant = now
    ) -> [PolicyFinding] {
        let (set, diagnostics) = read(document(rule, fields))
        precondition(diagnostics.isEmpty, "\(diagnostics)")
        return PolicyCheck(set, now: now).check(
            plan(steps),
            fleet: view(fleet + steps.compactMap(\.resource)),
            base: base.map(view)
        )
    }

    static func view(_ resources: [PolicyResource]) -> FleetView {
        FleetView(Dictionary(grouping: resources) { $0.address.tenant })
    }

    static func plan(_ steps: [Step]) -> Plan {
        Plan(
            fleet: "agency",
            revision: "main@sha1:0",
            plannedAt: now,
            tenants: Dictionary(grouping: steps) { $0.address.tenant }.map { name, steps in
                TenantPlan(tenant: name, steps: steps)
            },
            tenantCount: 7,
            impact: Impact([], in: now..<now)
        )
    }

    static func resource(
        _ kind: Kind,
        _ name: String,
        of tenant: String = "acme",
        labels: [String: String] = [:],
        _ spec: JSONValue = [:]
    ) -> PolicyResource {
        PolicyResource(
            address: ResourceAddress(tenant: tenant, kind: kind, name: name),
            content: ResourceContent.spell(kind: kind, labels: labels, spec: spec, documents: []),
            origin: Origin(file: "tenants/\(tenant)/\(name).yaml", line: 3)
        )
    }

    /// The creation of a quota of so many posts a day.
    static func quota(_ perDay: Int64, of tenant: String = "acme") -> Step {
        create(resource(.quota, "default", of: tenant, ["posts": ["perDay": .integer(perDay)]]))
    }

    static func create(_ resource: PolicyResource) -> Step { change(.create, nil, resource) }

    static func change(
        _ action: Step.Action,
        _ before: PolicyResource?,
        _ after: PolicyResource?
    ) -> Step {
        let address = (after ?? before)?.address
        return Step(
            address: address ?? ResourceAddress(tenant: "acme", kind: .tenant, name: "acme"),
            action: action,
            reason: action == .create ? .added : .changed,
            before: before?.content,
            after: after?.content,
            origin: after?.origin
        )
    }
}

extension Step {
    /// What it leaves behind.
    fileprivate var resource: PolicyResource? {
        after.map { PolicyResource(address: address, content: $0, origin: origin) }
    }
}

extension [PolicyFinding] {
    /// Whether any of them refuses the plan.
    var refuse: Bool { contains { $0.enforcement == .deny } }
}
