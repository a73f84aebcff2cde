import ClaraModel
import LuaSandbox

/// A tenant as a rule sees it: with everything that it has.
final class TenantFacts {
    let name: String
    private let resources: [PolicyResource]

    init(_ name: String, _ resources: [PolicyResource]) {
        self.name = name
        self.resources = resources
    }

    private lazy var facts = resources.map { ResourceFacts($0.address, $0.content) }
    private var tenant: ResourceFacts? { facts.first { $0.address.kind == .tenant } }
    /// The labels of the `Tenant`.
    var labels: [String: String] { tenant?.labels ?? [:] }

    /// The value of `tenant`.
    private(set) lazy var tape = LuaTape { writer in
        writer.fields { fields in
            fields.field("name", name)
            fields.field("labels") { $0.texts(labels) }
            fields.field("spec") { $0.object(tenant?.spec ?? [:]) }
            fields.field("resources") { $0.fields { self.write(&$0) } }
        }
    }

    /// Every kind is there, so that a rule can count what a tenant lacks.
    private func write(_ fields: inout LuaFieldWriter) {
        for kind in Kind.allCases.sorted() {
            fields.field(kind.rawValue) { writer in
                writer.fields { names in
                    for fact in facts where fact.address.kind == kind {
                        names.field(fact.address.name) { $0.object(fact.spec) }
                    }
                }
            }
        }
    }

    /// The same for messages, without the resources.
    var value: [String: JSONValue] {
        ["name": .string(name), "labels": labels.json, "spec": .object(tenant?.spec ?? [:])]
    }
}
