import ArgumentParser
import ManifestLoading

/// `clara schema`: the JSON Schema of all kinds.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of all kinds, for editors.",
        discussion: """
            Example, for an editor with YAML support:
              clara schema > clara.schema.json
            and in the editor's settings:
              "yaml.schemas": {
                "./clara.schema.json": ["fleet.yaml", "profiles/*.yaml", "tenants/*/*.yaml"]
              }
            """
    )

    func run() throws { try Console.result(JSONSchemaPublisher().text) }
}
