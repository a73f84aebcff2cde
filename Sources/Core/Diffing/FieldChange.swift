import ClaraModel

/// One field that differs: where, and its value on either side.
public struct FieldChange: Sendable, Hashable {
    /// The field.
    public let path: FieldPath
    /// Its value before; nil where it was absent.
    public let before: JSONValue?
    /// Its value after; nil where it is absent.
    public let after: JSONValue?

    /// Describes a difference.
    public init(path: FieldPath, before: JSONValue?, after: JSONValue?) {
        self.path = path
        self.before = before
        self.after = after
    }

    /// The same difference, looked at from the other side.
    public var reversed: FieldChange { FieldChange(path: path, before: after, after: before) }
}

/// The place of a field in a content: `posts.perDay`, `variants[warm].weight`,
/// `documents["knowledge/menu.md"].size`.
public struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    /// The steps from the outside in.
    public let components: [Component]

    /// One step into a content.
    public enum Component: Sendable, Hashable {
        /// A member of an object.
        case member(String)
        /// An element of a list whose elements are told apart by their `name`.
        case named(String)
    }

    /// The whole content.
    public static let root = FieldPath([])

    /// A path of components.
    public init(_ components: [Component]) { self.components = components }

    /// The path one step further in.
    public func appending(_ component: Component) -> FieldPath {
        FieldPath(components + [component])
    }

    /// The path as a person reads it; empty for the whole content.
    public var description: String {
        components.reduce(into: "") { text, component in
            switch component {
            case .named(let name): text += "[\(name)]"
            case .member(let name) where Self.isPlain(name):
                text += text.isEmpty ? name : ".\(name)"
            case .member(let name): text += "[\"\(name)\"]"
            }
        }
    }

    /// Whether a name needs no quotation marks.
    public static func isPlain(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy {
                ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z"))
                    || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
                    || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            }
    }
}
