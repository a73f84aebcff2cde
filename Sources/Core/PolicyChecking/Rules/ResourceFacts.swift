import ClaraModel
import LuaSandbox

/// One side of a change, as a rule sees it. It is taken apart when a rule asks, and only once.
final class ResourceFacts {
    let address: ResourceAddress
    private let content: CanonicalJSON

    init(_ address: ResourceAddress, _ content: CanonicalJSON) {
        self.address = address
        self.content = content
    }

    private(set) lazy var members: [String: JSONValue] = content.members
    /// `metadata.labels`.
    private(set) lazy var labels: [String: String] =
        members[ResourceContent.labelsKey]?.members?.compactMapValues(\.text) ?? [:]
    /// The fields of the spec.
    private(set) lazy var spec: [String: JSONValue] = members.filter {
        $0.key != ResourceContent.labelsKey && $0.key != ResourceContent.documentsKey
    }

    /// The documents of a knowledge base, by path.
    private var documents: [JSONValue] {
        (members[ResourceContent.documentsKey]?.members ?? [:]).sorted { $0.key < $1.key }.map {
            path,
            document in
            let size = document["size"] ?? 0
            let metadata = document["metadata"] ?? [:]
            return ["path": .string(path), "size": size, "metadata": metadata]
        }
    }

    /// The value of `resource` or `live`.
    private(set) lazy var tape = LuaTape { $0.object(value) }

    /// The same for messages.
    var value: [String: JSONValue] {
        var value: [String: JSONValue] = [
            "address": .string(address.description), "kind": .string(address.kind.rawValue),
            "name": .string(address.name), "tenant": .string(address.tenant),
            "labels": labels.json, "spec": .object(spec),
        ]
        if address.kind == .knowledgeBase { value["documents"] = .array(documents) }
        return value
    }
}

extension CanonicalJSON {
    /// The members; none of a row that somebody has edited into something else.
    var members: [String: JSONValue] {
        do {
            return try value().members ?? [:]
        } catch {
            return [:]  // the plan itself shows such a row as drifted and puts it right
        }
    }

    /// `metadata.labels`.
    var labels: [String: String] {
        // Most contents have none, and reading is not free.
        guard text.utf8.contains(UInt8(ascii: "l")), text.contains("\"labels\":") else {
            return [:]
        }
        return members[ResourceContent.labelsKey]?.members?.compactMapValues(\.text) ?? [:]
    }
}
