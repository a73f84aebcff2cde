import ManifestLoading
import YAMLSyntax

/// Feeds libFuzzer's inputs to the YAML parser and to the loader of manifests: whatever the bytes
/// are, they must return, within their limits.
@main
enum FuzzTarget {
    /// Hands the command line and the function below to libFuzzer, which calls it until it finds a
    /// crash.
    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        _ = runFuzzer(&count, &arguments) { start, length in
            FuzzTarget.parse(Array(UnsafeBufferPointer(start: start, count: length)))
            return 0
        }
    }

    private static func parse(_ bytes: [UInt8]) {
        let stream = YAMLParser.parse(SourceText(path: "input.yaml", bytes: bytes))
        // Building what people are shown is part of the promise.
        for error in stream.errors {
            _ = error.description
            _ = error.location.file.line(error.location.line)
        }
        let file = ManifestReader.read(bytes, path: "input.yaml")
        _ = DiagnosticText(style: .plain).render(file.diagnostics)
    }
}

/// libFuzzer's driver, which Swift has no header for (`FuzzerInterface.h`).
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ argumentCount: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ target: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
