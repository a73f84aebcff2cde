import ClaraModel
import LuaSandbox

/// The functions that rules can call beside Lua's own.
enum HostFunction: String, CaseIterable {
    case planChanges = "plan.changes"
    case planCount = "plan.count"
    case fleetTenants = "fleet.tenants"
    case fleetResources = "fleet.resources"
    case similarity = "fleet.similarity"
    case mostSimilar = "fleet.most_similar"
}

/// The arguments of a call, read one by one.
struct CallArguments {
    let function: String
    private let values: [LuaValue]

    init(_ function: String, _ values: [LuaValue]) {
        self.function = function
        self.values = values
    }

    func isAbsent(_ index: Int) -> Bool {
        index >= values.count || values[index] == .none
    }

    func text(_ index: Int, _ what: String) throws(LuaCallError) -> String {
        guard index < values.count, let text = values[index].text else {
            let type = index < values.count ? values[index].type : "nothing"
            throw LuaCallError("\(function) takes \(what) as text, and got \(type)")
        }
        return text
    }

    func kind(_ index: Int) throws(LuaCallError) -> Kind {
        let word = try text(index, "a kind")
        guard let kind = Kind(rawValue: word) else {
            let kinds = Kind.allCases.sorted().map(\.rawValue).joined(separator: ", ")
            throw LuaCallError("`\(word)` is no kind; the kinds are \(kinds)")
        }
        return kind
    }

    func share(_ index: Int, fallback: Double) throws(LuaCallError) -> Double {
        guard !isAbsent(index) else { return fallback }
        let share: Double? =
            switch values[index] {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        guard let share, SimilarityIndex.thresholds.contains(share) else {
            let bounds = SimilarityIndex.thresholds
            throw LuaCallError(
                "\(function) takes a number from \(bounds.lowerBound) to \(bounds.upperBound)"
            )
        }
        return share
    }

    /// Which changes of a plan are meant: `{action = "delete", kind = "Schedule", tenant =
    /// "acme"}`.
    func changeFilter(_ index: Int) throws(LuaCallError) -> [String: String] {
        guard !isAbsent(index) else { return [:] }
        let known = ["action", "kind", "reason", "tenant"]
        guard let fields = values[index].table?.fields, values[index].table?.elements == [] else {
            throw LuaCallError("\(function) takes a table such as {action = \"delete\"}")
        }
        var filter: [String: String] = [:]
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            guard known.contains(name), let text = value.text else {
                throw LuaCallError(
                    "\(function) looks at \(known.joined(separator: ", ")), each a text; "
                        + "`\(name)` is none of them"
                )
            }
            filter[name] = text
        }
        return filter
    }
}
