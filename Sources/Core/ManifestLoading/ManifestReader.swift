import ClaraModel
import YAMLSyntax

/// What one file holds.
public struct ManifestFile: Sendable {
    /// The documents whose envelope could be read.
    public var manifests: [Manifest] = []
    /// What is wrong, in the order of the file.
    public var diagnostics: [Diagnostic] = []
    /// Whether something in the file could not be told, so that a resource that seems to be missing
    /// may well be in it.
    public var isPartial = false
}

/// Reads manifests from the bytes of a file.
public enum ManifestReader {
    /// The most problems of one file that are listed. It is as many as of YAML itself; a file with
    /// more is most likely not what it was meant to be, and showing them all takes time and room.
    public static let mostDiagnostics = 100

    /// Reads every document of a file and reports everything that is wrong with it.
    ///
    /// - Parameters:
    ///   - bytes: the file's content.
    ///   - path: its path below the fleet's root, as messages show it.
    public static func read(_ bytes: [UInt8], path: String) -> ManifestFile {
        let stream = YAMLParser.parse(SourceText(path: path, bytes: bytes))
        var file = ManifestFile()
        var unlisted = 0
        for document in stream.documents where !document.isEmpty {
            var reader = DocumentReader(document, room: mostDiagnostics - file.diagnostics.count)
            let manifest = reader.read()
            file.add(manifest, reader.diagnostics)
            unlisted += reader.unlisted
        }
        file.add(stream.errors)
        if unlisted > 0 { file.diagnostics.append(.tooMany(unlisted, in: path)) }
        if file.manifests.isEmpty, file.diagnostics.isEmpty {
            file.diagnostics.append(.empty(path))
        }
        return file
    }
}

extension ManifestFile {
    fileprivate mutating func add(_ manifest: Manifest?, _ found: [Diagnostic]) {
        if let manifest { manifests.append(manifest) } else { isPartial = true }
        diagnostics += found
    }

    /// After a mistake in its YAML nobody knows which documents of the file are whole.
    fileprivate mutating func add(_ errors: [YAMLError]) {
        guard !errors.isEmpty else { return }
        isPartial = true
        for index in manifests.indices { manifests[index].hasErrors = true }
        diagnostics += errors.map { Diagnostic($0) }
    }
}

extension Diagnostic {
    fileprivate static func empty(_ path: String) -> Diagnostic {
        Diagnostic(
            .warning,
            .emptyFile,
            "the file declares nothing",
            hint: "remove it or fill it",
            at: Place(file: path)
        )
    }

    fileprivate static func tooMany(_ count: Int, in path: String) -> Diagnostic {
        Diagnostic(
            .error,
            .tooMany,
            "the file has \(count) more problems that are not listed",
            hint: "mend those that are, then look again",
            at: Place(file: path)
        )
    }
}

extension YAMLNode {
    fileprivate var isEmpty: Bool {
        if case .null = value { true } else { false }
    }
}
