/// How one document of a knowledge base lies in its row, in canonical order. The row's key has its
/// path.
enum DocumentLayout {
    /// The columns, in the order of the canonical text.
    static let columns = ["content_hash", "metadata", "size"]

    /// The members of the document's object.
    static let members: [TableLayout.Member] = [
        .column(TableLayout.Key("contentHash"), 0, .text),
        .column(TableLayout.Key("metadata"), 1, .json),
        .column(TableLayout.Key("size"), 2, .integer),
    ]
}
