import ClaraModel
import LuaSandbox

/// The fleet as a rule sees it: look-ups, each answered when it is asked.
final class FleetFacts {
    private let view: FleetView
    private var lastTenant: TenantFacts?
    private var listed: [Kind: LuaTape] = [:]
    private var counts: [Kind: Int] = [:]
    private var indexes: [SimilarityKey: SimilarityIndex] = [:]

    init(_ view: FleetView) { self.view = view }

    private struct SimilarityKey: Hashable {
        let kind: Kind
        let field: String
    }

    /// The value of `fleet`.
    static let tape = LuaTape { writer in
        writer.fields { fields in
            fields.field("tenants") { $0.function(HostFunction.fleetTenants.rawValue) }
            fields.field("resources") { $0.function(HostFunction.fleetResources.rawValue) }
            fields.field("similarity") { $0.function(HostFunction.similarity.rawValue) }
            fields.field("most_similar") { $0.function(HostFunction.mostSimilar.rawValue) }
        }
    }

    /// A tenant. Steps come tenant by tenant, so that the last one is kept and no other.
    func tenant(_ name: String) -> TenantFacts {
        if let lastTenant, lastTenant.name == name { return lastTenant }
        let tenant = TenantFacts(name, view.resources(of: name))
        lastTenant = tenant
        return tenant
    }

    func names() -> LuaAnswer {
        let names = view.tenantNames
        return LuaAnswer(LuaTape { $0.list(names) { $0.text($1) } }, steps: names.count)
    }

    func resources(of kind: Kind) -> LuaAnswer {
        if let tape = listed[kind] { return LuaAnswer(tape, steps: counts[kind] ?? 0) }
        let found = all(of: kind)
        let tape = LuaTape { writer in
            writer.list(found) { writer, facts in writer.object(facts.value) }
        }
        listed[kind] = tape
        counts[kind] = found.count
        return LuaAnswer(tape, steps: found.count)
    }

    private func all(of kind: Kind) -> [ResourceFacts] {
        view.tenantNames.flatMap { tenant in
            view.resources(of: tenant).filter { $0.address.kind == kind }.map {
                ResourceFacts($0.address, $0.content)
            }
        }
    }

    func similarity(_ left: String, _ right: String) -> LuaAnswer {
        let similarity = Shingles(left).similarity(to: Shingles(right))
        let steps = (left.utf8.count + right.utf8.count) / Self.bytesAStep
        return LuaAnswer(LuaTape { $0.number(similarity) }, steps: steps)
    }

    /// Bytes of text that are taken apart in about the time of an instruction.
    private static let bytesAStep = 4

    func mostSimilar(_ query: SimilarityQuery) -> LuaAnswer {
        let index = index(SimilarityKey(kind: query.kind, field: query.field))
        let (match, compared) = index.best(for: query)
        let steps = query.text.utf8.count / Self.bytesAStep + compared
        guard let match else { return LuaAnswer(.none, steps: steps) }
        let tape = LuaTape { writer in
            writer.fields { fields in
                fields.field("tenant", match.address.tenant)
                fields.field("name", match.address.name)
                fields.field("address", match.address.description)
                fields.field("similarity") { $0.number(match.similarity) }
            }
        }
        return LuaAnswer(tape, steps: steps)
    }

    private func index(_ key: SimilarityKey) -> SimilarityIndex {
        if let index = indexes[key] { return index }
        let path = key.field.split(separator: ".").map(String.init)
        let texts = all(of: key.kind).compactMap { facts -> (ResourceAddress, String)? in
            let value = path.reduce(JSONValue?.some(.object(facts.spec))) { $0?[$1] }
            return value?.text.map { (facts.address, $0) }
        }
        let index = SimilarityIndex(texts)
        indexes[key] = index
        return index
    }
}
