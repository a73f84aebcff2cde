import YAMLSyntax

/// A parsed text, and the short questions that tests ask about it.
struct Parsed {
    let stream: YAMLStream

    init(_ text: String, limits: YAMLLimits = .standard) {
        self.init(bytes: Array(text.utf8), limits: limits)
    }

    init(bytes: [UInt8], limits: YAMLLimits = .standard) {
        stream = YAMLParser.parse(SourceText(path: "test.yaml", bytes: bytes), limits: limits)
    }

    /// The documents in the notation of ``Shape``.
    var shapes: [Shape] { stream.documents.map(Shape.init) }
    /// The only document.
    var shape: Shape? { shapes.count == 1 ? shapes[0] : nil }
    var codes: [YAMLError.Code] { stream.errors.map(\.code) }
    var messages: [String] { stream.errors.map(\.description) }
}

/// A tree without its locations, to be compared.
indirect enum Shape: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case float(Double)
    case string(String)
    case sequence([Shape])
    case mapping([Pair])

    struct Pair: Equatable, Sendable {
        let key: String
        let value: Shape
    }

    init(_ node: YAMLNode) {
        self =
            switch node.value {
            case .null: .null
            case .bool(let value): .bool(value)
            case .integer(let value): .integer(value)
            case .float(let value): .float(value)
            case .string(let value): .string(value)
            case .sequence(let items): .sequence(items.map(Shape.init))
            case .mapping(let entries):
                .mapping(entries.map { Pair(key: $0.key, value: Shape($0.value)) })
            }
    }
}

extension Shape: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    init(dictionaryLiteral elements: (String, Shape)...) {
        self = .mapping(elements.map { Pair(key: $0.0, value: $0.1) })
    }

    init(arrayLiteral elements: Shape...) {
        self = .sequence(elements)
    }
}

extension Shape: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
}

extension YAMLNode {
    /// The value of a key of this mapping.
    func entry(_ key: String) -> YAMLEntry? {
        guard case .mapping(let entries) = value else { return nil }
        return entries.first { $0.key == key }
    }

    var items: [YAMLNode] {
        guard case .sequence(let items) = value else { return [] }
        return items
    }

    /// `line:column`.
    var place: String { "\(location.line):\(location.column)" }
}
