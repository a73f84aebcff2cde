import ClaraModel
import Diffing

/// The content of a new resource, compactly: one field a line, long texts shortened.
struct ContentLines {
    let kind: Kind

    /// The fields in the order of the manifest reference.
    func lines(_ content: JSONValue, indent: Int) -> [Line] {
        guard let members = content.members else { return [Line(indent, ValueText.brief(content))] }
        let known = kind.specSchema.fields.map(\.name).filter { members[$0] != nil }
        let others = Set(members.keys).subtracting(known).sorted()
        return (known + others).flatMap { name -> [Line] in
            guard let value = members[name] else { return [] }
            if name == ResourceContent.documentsKey { return [documents(value, indent)] }
            return field(FieldPath([.member(name)]), value, indent)
        }
    }

    private func field(_ path: FieldPath, _ value: JSONValue, _ indent: Int) -> [Line] {
        let name = VisibleText.line(path.description)
        let full = ValueText.full(value)
        if full.count <= RenderingLimits.shortValue { return [Line(indent, "\(name): \(full)")] }
        let parts = Self.parts(of: value)
        if parts.isEmpty { return [Line(indent, "\(name): \(ValueText.brief(value))")] }
        return parts.flatMap { field(path.appending($0.component), $0.value, indent) }
    }

    /// The members of an object, or the elements of a list that go by their names.
    private static func parts(
        of value: JSONValue
    ) -> [(component: FieldPath.Component, value: JSONValue)] {
        switch value {
        case .object(let members):
            members.sorted { $0.key < $1.key }.map { (.member($0.key), $0.value) }
        case .array(let elements) where elements.allSatisfy { $0["name"]?.text != nil }:
            elements.map { (.named($0["name"]?.text ?? ""), $0) }
        default: []
        }
    }

    private func documents(_ documents: JSONValue, _ indent: Int) -> Line {
        let sizes = (documents.members ?? [:]).values.map { document -> Int in
            if case .integer(let size)? = document["size"] { Int(size) } else { 0 }
        }
        let size = sizes.isEmpty ? "" : ", \(Quantity.bytes(sizes.reduce(0, +)))"
        return Line(indent, "documents: \(Quantity(sizes.count, "file"))\(size)")
    }
}
