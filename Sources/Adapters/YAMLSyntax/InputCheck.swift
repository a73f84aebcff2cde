/// Looks at a file's bytes before libyaml does: size, encoding, and characters that must not be
/// there.
///
/// libyaml would find most of them, but as an offset and in the middle of a tree.
struct InputCheck {
    let source: SourceText
    let limits: YAMLLimits

    /// The first thing that makes the bytes unfit, or `nil`.
    func firstError() -> YAMLError? {
        sizeError() ?? byteOrderMarkError() ?? encodingError() ?? contentError()
    }

    private func sizeError() -> YAMLError? {
        guard source.bytes.count > limits.fileBytes else { return nil }
        return YAMLError(
            .limit,
            "the file has \(source.bytes.count) bytes; at most \(limits.fileBytes) are read",
            at: location(0),
            hint: "split it into several files, or move long text out of YAML"
        )
    }

    private func byteOrderMarkError() -> YAMLError? {
        guard let mark = ByteOrderMark.first(in: source.bytes), mark != .utf8 else { return nil }
        return YAMLError(
            .encoding,
            "the file is encoded as \(mark.encoding)",
            at: location(0),
            hint: "save it as UTF-8"
        )
    }

    private func encodingError() -> YAMLError? {
        let bytes = source.bytes
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return YAMLError(
                .encoding,
                "this byte is not part of a UTF-8 character",
                at: location(error.byteOffsets.lowerBound),
                hint: "save the file as UTF-8"
            )
        }
    }

    /// The first forbidden character or directive too many, in bytes that are valid UTF-8.
    private func contentError() -> YAMLError? {
        source.bytes.withUnsafeBufferPointer { bytes in
            var scan = ContentScan(bytes: bytes, tagDirectives: limits.tagDirectives)
            guard let finding = scan.first(from: ByteOrderMark.utf8.length(at: source.bytes)) else {
                return nil
            }
            return error(for: finding)
        }
    }

    private func error(for finding: ContentScan.Finding) -> YAMLError {
        let place = location(finding.offset)
        switch finding.kind {
        case .nul:
            return YAMLError(
                .forbiddenCharacter,
                "the file holds a NUL byte",
                at: place,
                hint: "it may be encoded as UTF-16, or not be text; save it as UTF-8"
            )
        case .control:
            return YAMLError(
                .forbiddenCharacter,
                "this is an invisible control character (\(name(ofScalarAt: finding.offset))), "
                    + "which YAML forbids",
                at: place,
                hint: "delete it, or write it as an escape in double quotes"
            )
        case .lineSeparator:
            return YAMLError(
                .forbiddenCharacter,
                "this is an invisible line separator (\(name(ofScalarAt: finding.offset))), "
                    + "which some readers take for the end of the line",
                at: place,
                hint: "break the line in the ordinary way"
            )
        case .directives:
            return YAMLError(
                .limit,
                "the file has more than \(limits.tagDirectives) lines that begin with '%'",
                at: place,
                hint: "manifests need no %TAG directives; remove them"
            )
        }
    }

    private func name(ofScalarAt offset: Int) -> String {
        let scalar = String(decoding: source.bytes[offset...].prefix(4), as: UTF8.self)
            .unicodeScalars.first
        let digits = String(scalar?.value ?? 0, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private func location(_ offset: Int) -> SourceLocation {
        SourceLocation(file: source, byteOffset: offset)
    }
}

/// One pass over valid UTF-8 for what YAML forbids.
private struct ContentScan {
    struct Finding {
        enum Kind { case nul, control, lineSeparator, directives }
        let kind: Kind
        let offset: Int
    }

    let bytes: UnsafeBufferPointer<UInt8>
    /// How many more lines may begin with `%`.
    var tagDirectives: Int

    mutating func first(from start: Int) -> Finding? {
        if let finding = directive(at: start) { return finding }
        var offset = start
        while offset < bytes.count {
            if isOrdinaryWord(at: offset) {
                offset += MemoryLayout<UInt64>.size
                continue
            }
            let byte = bytes[offset]
            if byte < 0x20 || byte >= 0x7F, let finding = unusual(byte, at: offset) {
                return finding
            }
            offset += 1
        }
        return nil
    }

    /// Whether the next eight bytes are all 0x20 … 0x7E; they nearly always are, and testing them
    /// at once makes this pass free next to libyaml's.
    private func isOrdinaryWord(at offset: Int) -> Bool {
        guard offset + MemoryLayout<UInt64>.size <= bytes.count else { return false }
        let word = UnsafeRawBufferPointer(bytes)
            .loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let each: UInt64 = 0x0101_0101_0101_0101
        // A byte's top bit ends up set where the byte is below 0x20, or 0x7F and above.
        let below = (word &- each &* 0x20)
        let above = (word &+ each)
        return (below | above | word) & (each &* 0x80) == 0
    }

    /// Judges a byte that is not printable ASCII. In valid UTF-8 a lead byte has its followers.
    private mutating func unusual(_ byte: UInt8, at offset: Int) -> Finding? {
        switch byte {
        case 0x09: nil
        case LineBreak.lineFeed, LineBreak.carriageReturn: directive(at: offset + 1)
        case 0x00: Finding(kind: .nul, offset: offset)
        case 0x01..<0x20, 0x7F: Finding(kind: .control, offset: offset)
        case 0xC2: latinControl(at: offset)
        case 0xE2 where bytes[offset + 1] == 0x80: separator(at: offset)
        case 0xEF: specials(at: offset)
        default: nil
        }
    }

    /// U+0080 … U+009F: controls, of which U+0085 is a line end to YAML 1.1 only.
    private func latinControl(at offset: Int) -> Finding? {
        let second = bytes[offset + 1]
        guard second < 0xA0 else { return nil }
        return Finding(kind: second == 0x85 ? .lineSeparator : .control, offset: offset)
    }

    /// U+2028 and U+2029, line ends to YAML 1.1 only.
    private func separator(at offset: Int) -> Finding? {
        let isSeparator = bytes[offset + 2] == 0xA8 || bytes[offset + 2] == 0xA9
        return isSeparator ? Finding(kind: .lineSeparator, offset: offset) : nil
    }

    /// U+FEFF, a byte-order mark inside the text, and the noncharacters U+FFFE and U+FFFF.
    private func specials(at offset: Int) -> Finding? {
        let isForbidden =
            switch (bytes[offset + 1], bytes[offset + 2]) {
            case (0xBB, 0xBF), (0xBF, 0xBE), (0xBF, 0xBF): true
            default: false
            }
        return isForbidden ? Finding(kind: .control, offset: offset) : nil
    }

    /// Counts a line that begins at `offset` with `%`.
    private mutating func directive(at offset: Int) -> Finding? {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "%") else { return nil }
        tagDirectives -= 1
        return tagDirectives < 0 ? Finding(kind: .directives, offset: offset) : nil
    }
}
