import ClaraModel
import SQLDatabase

/// Reads the documents of all knowledge bases and spells them as the `documents` of their contents.
enum DocumentReader {
    /// A knowledge base.
    struct Base: Hashable {
        let tenant: String
        let name: String
    }

    /// - Returns: the canonical object of documents by path, for every base that has any.
    static func read(
        _ scope: ObservationScope,
        _ snapshot: any SQLSnapshot
    ) throws(SQLError) -> [Base: String] {
        var documents: [Base: [Document]] = [:]
        var base = Base(tenant: "", name: "")
        var current: [Document] = []
        let query = scope.query(select, order: "tenant, base, path")
        try snapshot.forEachRow(query) { row in
            if !row.holds(base.tenant, in: 0) || !row.holds(base.name, in: 1) {
                if !current.isEmpty { documents[base] = current }
                current = []
                base = Base(tenant: row.text(0) ?? "", name: row.text(1) ?? "")
            }
            current.append(Document(row))
        }
        if !current.isEmpty { documents[base] = current }
        return documents.mapValues(spell)
    }

    private static let select = """
        SELECT tenant, base, path, content_hash, metadata, size FROM knowledge_documents
        """

    private struct Document {
        let path: String
        /// `"path":{…}`
        var spelling: [UInt8] = []

        init(_ row: borrowing SQLRow) {
            path = row.text(2) ?? ""
            spelling.append(quoting: path.utf8Span.span)
            spelling.append(contentsOf: ":".utf8)
            var writer = ContentWriter()
            spelling.append(
                contentsOf: writer.spell(row, DocumentLayout.members, from: 3).utf8
            )
        }
    }

    /// Sorted like every canonical object; the database sorts texts beyond ASCII differently.
    private static func spell(_ documents: [Document]) -> String {
        let members = documents.sorted { $0.path < $1.path }.map(\.spelling)
        return "{" + String(decoding: Array(members.joined(separator: ",".utf8)), as: UTF8.self)
            + "}"
    }
}
