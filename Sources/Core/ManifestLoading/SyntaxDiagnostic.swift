import YAMLSyntax

extension Diagnostic {
    /// What YAML itself objects to. The file has no tree to ask what its lines mean, so that its
    /// text is asked which kind of document they belong to, and where that is in doubt all is
    /// hidden.
    init(_ error: YAMLError) {
        let masking = error.location.file.masking(ofLine: error.location.line)
        let isOpen = masking == .suspects || error.code != .duplicateKey
        self.init(
            .error,
            error.code.rawValue,
            isOpen ? SecretScan.hiding(error.message) : "a key is set twice in one mapping",
            hint: error.hint,
            at: Place(error.location, masking)
        )
    }
}

extension SourceText {
    /// How a line of a file that could not be read may be shown.
    fileprivate func masking(ofLine number: Int) -> Excerpt.Masking {
        let lines = bytes.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "\n") }
        let before = lines.prefix(number - 1).reversed().prefix { !$0.starts(with: Self.marker) }
        let after = lines.dropFirst(number - 1).prefix { !$0.starts(with: Self.marker) }
        let kinds = (before.reversed() + after).compactMap { Self.kind(in: $0) }
        guard kinds.count == 1, let kind = DocumentKind(name: kinds[0]), kind != .profile else {
            return .values
        }
        return kind.masking
    }

    /// The line that parts documents.
    private static let marker = Array("---".utf8)

    private static func kind(in line: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: line, as: UTF8.self)
        guard text.hasPrefix("kind:") else { return nil }
        return String(text.dropFirst("kind:".count).filter { !$0.isWhitespace })
    }
}
