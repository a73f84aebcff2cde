import ClaraModel

/// The fields of every document.
enum Envelope {
    /// The names, in the order in which people write them.
    static let names = ["apiVersion", "kind", "metadata", "spec"]

    /// What they are.
    static let summaries: [String: String] = [
        "apiVersion": "The manifest's version, `\(ClaraModel.apiVersion)`.",
        "kind": "What the document declares.",
        "metadata": "Its name and labels.",
        "spec": "What it should be; the fields are the kind's own.",
    ]
}

/// The fields of `metadata`.
enum Metadata {
    static let objectSchema = ObjectSchema([
        FieldSchema(
            name: "name",
            summary: "The resource's name, unique for its kind within the tenant.",
            schema: .text(.resourceName),
            isRequired: true
        ),
        FieldSchema(
            name: "labels",
            summary: "Words to group resources by.",
            schema: .map(of: .text(.any))
        ),
        FieldSchema(
            name: "tenant",
            summary: "The tenant; it follows from the folder and must equal it.",
            schema: .text(.resourceName)
        ),
    ])
}
