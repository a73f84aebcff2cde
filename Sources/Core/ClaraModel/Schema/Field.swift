/// One row of a field table: a field's name, its meaning, its shape, and where its value lives in
/// the typed spec. It is the only place that says any of it.
public struct Field<Root>: Sendable {
    /// The row without its Swift type.
    public let schema: FieldSchema
    let read: @Sendable (Root) -> JSONValue?
    let write: @Sendable (JSONValue, inout Root) throws(SpecMismatch) -> Void

    /// A field that every resource must have.
    public static func required<Value: SpecValue>(
        _ name: String,
        _ path: WritableKeyPath<Root, Value> & Sendable,
        _ summary: String,
        as schema: Schema = Value.schema,
        isImmutable: Bool = false
    ) -> Field {
        Field(
            schema: FieldSchema(
                name: name,
                summary: summary,
                schema: schema,
                isRequired: true,
                isImmutable: isImmutable,
                fallback: nil
            ),
            read: { $0[keyPath: path].json },
            write: { (json, root) throws(SpecMismatch) in
                root[keyPath: path] = try Value(json: json)
            }
        )
    }

    /// A field that may be absent.
    ///
    /// - Parameter fallback: what holds where it is absent. It is never written into a resource,
    ///   so that a later version may add a field without changing every resource.
    public static func optional<Value: SpecValue>(
        _ name: String,
        _ path: WritableKeyPath<Root, Value?> & Sendable,
        _ summary: String,
        as schema: Schema = Value.schema,
        isImmutable: Bool = false,
        fallback: String? = nil
    ) -> Field {
        Field(
            schema: FieldSchema(
                name: name,
                summary: summary,
                schema: schema,
                isRequired: false,
                isImmutable: isImmutable,
                fallback: fallback
            ),
            read: { $0[keyPath: path]?.json },
            write: { (json, root) throws(SpecMismatch) in
                root[keyPath: path] = try Value(json: json)
            }
        )
    }
}

/// A value that a manifest can hold: its shape and its way to and from JSON.
public protocol SpecValue: Sendable, Hashable {
    /// The shape that the loader checks.
    static var schema: Schema { get }
    /// Reads a value.
    ///
    /// - Throws: `SpecMismatch` where the JSON has another shape; the loader has reported that
    ///   with its position before, so it is only seen where a stored row was edited by hand.
    init(json: JSONValue) throws(SpecMismatch)
    /// The canonical spelling.
    var json: JSONValue { get }
}

/// JSON that does not have the shape of a spec.
public struct SpecMismatch: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where in the spec, outermost first.
    public var path: [String]
    /// What the shape asks for.
    public let expected: String

    /// Describes a mismatch.
    public init(path: [String] = [], expected: String) {
        self.path = path
        self.expected = expected
    }

    /// The text form.
    public var description: String {
        path.isEmpty
            ? "expected \(expected)" : "\(path.joined(separator: ".")): expected \(expected)"
    }
}

/// A rule that a whole spec breaks, such as two fields that exclude each other.
public struct SpecProblem: Sendable, Equatable {
    /// The field to point at, outermost first; empty for the spec itself.
    public let path: [String]
    /// What is wrong.
    public let message: String
    /// What to do.
    public let hint: String?

    /// Describes a broken rule.
    public init(_ path: [String], _ message: String, hint: String? = nil) {
        self.path = path
        self.message = message
        self.hint = hint
    }
}

/// A value made of named fields.
public protocol SpecObject: SpecValue {
    /// A blank value, for the reader to fill; it is never seen half full.
    init()
    /// The table that defines every field.
    static var fields: [Field<Self>] { get }
    /// Rules over several fields, checked once all fields have their types.
    func problems() -> [SpecProblem]
}

extension SpecObject {
    /// The shape that the loader checks.
    public static var schema: Schema { .object(ObjectSchema(fields.map(\.schema))) }

    /// Reads the value.
    ///
    /// - Throws: `SpecMismatch` where the JSON has another shape.
    public init(json: JSONValue) throws(SpecMismatch) {
        guard case .object(let members) = json else {
            throw SpecMismatch(expected: "a mapping")
        }
        self.init()
        for field in Self.fields {
            try field.fill(&self, from: members)
        }
    }

    /// The canonical spelling.
    public var json: JSONValue {
        let fields = Self.fields
        var members: [String: JSONValue] = [:]
        members.reserveCapacity(fields.count)
        for field in fields {
            members[field.schema.name] = field.read(self)
        }
        return .object(members)
    }

    /// The rules over several fields that the value breaks.
    public func problems() -> [SpecProblem] { [] }
}

extension Field {
    fileprivate func fill(
        _ root: inout Root,
        from members: [String: JSONValue]
    ) throws(SpecMismatch) {
        guard let json = members[schema.name], json != .null else {
            if schema.isRequired { throw SpecMismatch(path: [schema.name], expected: "a value") }
            return
        }
        do {
            try write(json, &root)
        } catch {
            throw SpecMismatch(path: [schema.name] + error.path, expected: error.expected)
        }
    }
}
