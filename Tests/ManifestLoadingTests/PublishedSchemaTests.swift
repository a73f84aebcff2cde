import ClaraModel
import Foundation
import Testing
import YAMLSyntax

@testable import ManifestLoading

@Suite("The published schema and the reference page")
struct PublishedSchemaTests {
    @Test("The reference page is the one that the field tables make")
    func reference() throws {
        let page = Project.root.appending(path: "docs/manifest-reference.md")
        try GoldenFile(url: page).expect(ReferencePublisher().text)
    }

    @Test(
        "Every example of the reference page is accepted as it stands",
        arguments: DocumentKind.all
    )
    func example(_ kind: DocumentKind) {
        let file = ManifestReader.read(Array(kind.example.utf8), path: "example.yaml")
        #expect(file.diagnostics.isEmpty)
        #expect(file.manifests.map(\.kind) == [kind])
    }

    @Test("The project's examples have no error and no warning")
    func examples() throws {
        let diagnostics = try FleetFolder.examples.diagnostics()
        #expect(diagnostics.isEmpty, "\(DiagnosticText(style: .plain).render(diagnostics))")
    }

    @Test(
        "Every field of every kind is in the schema, with a description",
        arguments: DocumentKind.all
    )
    func complete(_ kind: DocumentKind) throws {
        let definition = try #require(JSONSchemaPublisher().document["$defs"]?[kind.name])
        let properties = try #require(definition["properties"]?.members)
        #expect(Set(properties.keys) == Set(kind.specSchema.fields.map(\.name)))
        #expect(properties.values.allSatisfy { $0["description"]?.text?.isEmpty == false })
        #expect(definition["additionalProperties"] == false)
    }

    @Test("An independent validator accepts the examples by the schema, and refuses mistakes")
    func validator() throws {
        guard let validator = JSONSchemaValidator() else {
            print("skipped: python3 has no module jsonschema (pip install jsonschema)")
            return
        }
        let good = try Self.exampleDocuments()
        #expect(good.count > 30)
        #expect(try validator.verdicts(of: good) == good.map { _ in true })
        let bad = try Self.mistakes.map { try #require(Self.documents(Array($0.utf8)).first) }
        #expect(try validator.verdicts(of: bad) == bad.map { _ in false })
    }

    private static let mistakes = [
        "{apiVersion: clara.dev/v1, kind: Quota, metadata: {name: a}, spec: {post: {}}}",
        "{apiVersion: clara.dev/v1, kind: Quota, metadata: {name: a}, spec: {posts: {perDay: -1}}}",
        "{apiVersion: clara.dev/v2, kind: Quota, metadata: {name: a}, spec: {}}",
        "{apiVersion: clara.dev/v1, kind: Policy, metadata: {name: a}, spec: {}}",
        "{apiVersion: clara.dev/v1, kind: Quota, metadata: {name: A_b}, spec: {}}",
        "{apiVersion: clara.dev/v1, kind: Tenant, metadata: {name: a}, spec: {}}",
        "{apiVersion: clara.dev/v1, kind: Credential, metadata: {name: a}, spec: {apiKey: text}}",
        "{apiVersion: clara.dev/v1, kind: Credential, metadata: {name: a}, spec: {apiKey: {env: A, file: b}}}",
        "{apiVersion: clara.dev/v1, kind: Schedule, metadata: {name: a}, spec: {approval: maybe}}",
        "{apiVersion: clara.dev/v1, kind: KnowledgeBase, metadata: {name: a}, spec: {sources: [{}]}}",
    ]

    private static func exampleDocuments() throws -> [JSONValue] {
        let files = try FleetFolder.examples.files(below: "").filter { $0.path.hasSuffix(".yaml") }
        let examples = DocumentKind.all.flatMap { documents(Array($0.example.utf8)) }
        return files.flatMap { documents($0.bytes ?? []) } + examples
    }

    private static func documents(_ bytes: [UInt8]) -> [JSONValue] {
        YAMLParser.parse(SourceText(path: "f.yaml", bytes: bytes)).documents.map { json($0) }
    }

    private static func json(_ node: YAMLNode) -> JSONValue {
        switch node.value {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .float(let number): .number(number)
        case .string(let text): .string(text)
        case .sequence(let nodes): .array(nodes.map { json($0) })
        case .mapping(let entries):
            .object(Dictionary(entries.map { ($0.key, json($0.value)) }) { first, _ in first })
        }
    }
}
