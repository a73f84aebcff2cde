import ClaraModel
import Foundation
import ManifestLoading

/// The `jsonschema` package of Python: a validator that shares no code with ours.
struct JSONSchemaValidator {
    private static let script = """
        import json, sys, jsonschema
        schema, documents = json.load(sys.stdin)
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        print(json.dumps([validator.is_valid(document) for document in documents]))
        """

    /// Nil where Python or the package is missing.
    init?() {
        guard let found = try? Self.run("import jsonschema", input: Data()), found.status == 0
        else {
            return nil  // no python3 at all
        }
    }

    /// Whether each document is valid by the published schema, which must be a valid schema itself.
    func verdicts(of documents: [JSONValue]) throws -> [Bool] {
        let input = CanonicalJSON([JSONSchemaPublisher().document, .array(documents)]).text
        let (_, output) = try Self.run(Self.script, input: Data(input.utf8))
        return try JSONDecoder().decode([Bool].self, from: output)
    }

    private static func run(_ script: String, input: Data) throws -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = FileHandle.nullDevice
        try process.run()
        stdin.fileHandleForWriting.write(input)
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}
