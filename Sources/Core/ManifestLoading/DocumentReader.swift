import ClaraModel
import YAMLSyntax

/// Reads the envelope of one document (`apiVersion`, `kind`, `metadata`, `spec`) and checks its
/// spec.
struct DocumentReader {
    private let document: YAMLNode
    private var checker: SchemaChecker
    private let kind: DocumentKind?

    /// - Parameter room: how many problems may still be listed.
    init(_ document: YAMLNode, room: Int) {
        self.document = document
        kind = document.entry("kind").flatMap { entry in
            if case .string(let word) = entry.value.value { DocumentKind(name: word) } else { nil }
        }
        checker = SchemaChecker(masking: kind?.masking ?? .values, room: room)
    }

    var diagnostics: [Diagnostic] { checker.diagnostics }
    var unlisted: Int { checker.unlisted }

    mutating func read() -> Manifest? {
        guard case .mapping(let entries) = document.value else {
            checker.mismatch(
                document,
                "a mapping with apiVersion, kind, metadata and spec",
                as: "document"
            )
            return nil
        }
        checkNames(entries)
        checkVersion()
        let kind = readKind()
        let metadata = readMetadata()
        guard let kind, let spec = readSpec(of: kind), let metadata else { return nil }
        return Manifest(
            kind: kind,
            name: metadata.name,
            labels: metadata.labels,
            spec: spec.json,
            source: spec.node,
            declaredTenant: metadata.tenant,
            start: document.location,
            location: metadata.location,
            rejected: checker.rejected,
            hasErrors: !checker.diagnostics.isEmpty || checker.unlisted > 0
        )
    }

    private mutating func checkNames(_ entries: [YAMLEntry]) {
        for entry in entries where !Envelope.names.contains(entry.key) {
            let known = "a document has \(Envelope.names.joined(separator: ", "))"
            checker.reportUnknown(
                entry,
                of: "a manifest",
                hint: Suggestion.hint(for: entry.key, among: Envelope.names) ?? known
            )
        }
    }

    private mutating func checkVersion() {
        guard let node = required("apiVersion") else { return }
        if case .string(ClaraModel.apiVersion) = node.value { return }
        checker.report(
            .notAChoice,
            "this `apiVersion` is not known",
            hint: "write \(ClaraModel.apiVersion)",
            at: node.location
        )
    }

    private mutating func readKind() -> DocumentKind? {
        guard let node = required("kind") else { return nil }
        if let kind { return kind }
        let names = DocumentKind.all.map(\.name)
        guard case .string(let word) = node.value else {
            checker.mismatch(node, "one of \(names.joined(separator: ", "))", as: "kind")
            return nil
        }
        checker.report(
            .unknownKind,
            "this kind is not known",
            hint: Self.hint(forKind: word, among: names),
            at: node.location
        )
        return nil
    }

    private static func hint(forKind word: String, among names: [String]) -> String {
        Suggestion.hint(for: word, among: names)
            ?? "the kinds are \(names.joined(separator: ", "))"
    }

    private struct CheckedMetadata {
        let name: String
        let labels: [String: String]
        let tenant: (name: String, location: SourceLocation)?
        let location: SourceLocation
    }

    private mutating func readMetadata() -> CheckedMetadata? {
        guard let node = required("metadata"),
            let json = checker.checkRoot(node, Metadata.objectSchema, as: "metadata")
        else { return nil }
        guard let name = node.entry("name"), json["name"] != .null else {
            checker.report(
                .missingField,
                "`metadata.name` is missing",
                at: node.entry("name")?.keyLocation ?? node.location
            )
            return nil
        }
        guard let text = json["name"]?.text else { return nil }
        let tenant = json["tenant"]?.text.flatMap { name in
            node.entry("tenant").map { (name, $0.value.location) }
        }
        return CheckedMetadata(
            name: text,
            labels: json["labels"]?.members?.compactMapValues(\.text) ?? [:],
            tenant: tenant,
            location: name.value.location
        )
    }

    private mutating func readSpec(of kind: DocumentKind) -> (json: JSONValue, node: YAMLNode)? {
        guard let node = required("spec") else { return nil }
        return checker.checkRoot(node, kind.specSchema, as: kind.name).map { ($0, node) }
    }

    private mutating func required(_ name: String) -> YAMLNode? {
        if let entry = document.entry(name) { return entry.value }
        checker.report(.missingField, "`\(name)` is missing", at: document.location)
        return nil
    }
}
