import ClaraModel
import YAMLSyntax

/// One document whose envelope is sound. Whether its spec is complete is known only once its
/// profile is merged in.
public struct Manifest: Sendable {
    /// What it is.
    public let kind: DocumentKind
    /// `metadata.name`.
    public let name: String
    /// `metadata.labels`.
    public let labels: [String: String]
    /// `spec` without the fields that were refused.
    public let spec: JSONValue
    /// `spec` with its positions.
    public let source: YAMLNode
    /// `metadata.tenant` and where it stands.
    public let declaredTenant: (name: String, location: SourceLocation)?
    /// Where the document begins.
    public let start: SourceLocation
    /// Where the document's `metadata.name` stands.
    public let location: SourceLocation
    /// The paths of the fields whose values were refused, and reported.
    public let rejected: [[String]]
    /// Whether anything in the document was reported.
    public internal(set) var hasErrors: Bool

    /// The place of a field, or of the deepest part of its path that the document has.
    public func place(of path: [String]) -> Place {
        Place(source.deepestLocation(of: path) ?? location, masking(of: path))
    }

    /// Whether the document itself has the field.
    public func declares(_ path: [String]) -> Bool { source.find(path) != nil }

    /// The place of a location in the document.
    public func place(_ location: SourceLocation) -> Place { Place(location, kind.masking) }

    private func masking(of path: [String]) -> Excerpt.Masking {
        let field = path.first.flatMap { kind.specSchema.field($0) }
        return kind == .profile && field?.holdsSecrets == true ? .values : kind.masking
    }
}

extension DocumentKind {
    /// How lines of such a document are shown. In a profile only the credentials' section is hidden
    /// as a whole; its other lines are hidden where they look suspect.
    var masking: Excerpt.Masking { self == .resource(.credential) ? .values : .suspects }
}

extension YAMLNode {
    /// The entry of that name in a mapping.
    func entry(_ key: String) -> YAMLEntry? {
        guard case .mapping(let entries) = value else { return nil }
        return entries.first { $0.key == key }
    }

    func find(_ path: [String]) -> YAMLNode? {
        var node = self
        for step in path {
            guard let next = node.child(step) else { return nil }
            node = next.node
        }
        return node
    }

    /// Where the value stands that the path leads to, or as much of the path as there is: a
    /// scalar's own place, a collection's key.
    func deepestLocation(of path: [String]) -> SourceLocation? {
        var node = self
        var place: SourceLocation?
        for step in path {
            guard let next = node.child(step) else { break }
            (node, place) = next
        }
        switch node.value {
        case .sequence, .mapping, .null: return place
        case .bool, .integer, .float, .string: return node.location
        }
    }

    private func child(_ step: String) -> (node: YAMLNode, place: SourceLocation)? {
        if case .sequence(let elements) = value {
            guard let index = Int(step), elements.indices.contains(index) else { return nil }
            return (elements[index], elements[index].location)
        }
        return entry(step).map { ($0.value, $0.keyLocation) }
    }
}
