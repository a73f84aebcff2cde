/// The tags of the core schema, as libyaml spells them out.
enum CoreTag: String {
    case string = "tag:yaml.org,2002:str"
    case null = "tag:yaml.org,2002:null"
    case bool = "tag:yaml.org,2002:bool"
    case integer = "tag:yaml.org,2002:int"
    case float = "tag:yaml.org,2002:float"
    case sequence = "tag:yaml.org,2002:seq"
    case mapping = "tag:yaml.org,2002:map"

    /// The tag as people write it.
    var shorthand: String {
        "!!" + rawValue.dropFirst("tag:yaml.org,2002:".count)
    }

    /// What the tag asks for, in words.
    var expectation: String {
        switch self {
        case .string: "text"
        case .null: "null or nothing"
        case .bool: "true or false"
        case .integer: "a decimal whole number that fits 64 bits"
        case .float: "a decimal number"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The value that a scalar's text has under this tag, or `nil` where it does not fit.
    func value(of text: UnsafeBufferPointer<UInt8>) -> YAMLNode.Value? {
        if self == .string { return .string(String(decoding: text, as: UTF8.self)) }
        guard let value = CoreSchema.resolve(text) else { return nil }
        switch (self, value) {
        case (.null, .null), (.bool, .bool), (.integer, .integer), (.float, .float): return value
        case (.float, .integer(let whole)): return .float(Double(whole))
        default: return nil
        }
    }
}
