/// A place in a file, as editors count it.
///
/// Sixteen bytes, since every key and every value of a fleet carries one.
public struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public let file: SourceText
    private let storedLine: UInt32
    private let storedColumn: UInt32

    /// The line, from 1.
    public var line: Int { Int(storedLine) }
    /// The column, from 1, counted in Unicode scalars.
    public var column: Int { Int(storedColumn) }

    /// Makes a location from a 1-based line and a 1-based column.
    ///
    /// A file is at most ``YAMLLimits/fileBytes`` long, so both fit 32 bits; larger values are
    /// clamped.
    public init(file: SourceText, line: Int, column: Int) {
        self.file = file
        self.storedLine = UInt32(clamping: line)
        self.storedColumn = UInt32(clamping: column)
    }

    /// `path:line:column`, the form that editors and terminals link.
    public var description: String {
        "\(file.path):\(line):\(column)"
    }
}

extension SourceLocation {
    /// The place of a byte of `file`; the line it is in is counted from the start of the file.
    init(file: SourceText, byteOffset: Int) {
        let bytes = file.bytes
        var lineStart = ByteOrderMark.utf8.length(at: bytes)
        var line = 1
        var offset = lineStart
        while offset < byteOffset {
            guard LineBreak.isBreak(bytes[offset]) else {
                offset += 1
                continue
            }
            offset += LineBreak.length(at: offset, in: bytes)
            lineStart = offset
            line += 1
        }
        // Lossy, as this locates bytes that are not UTF-8 too.
        let before = String(decoding: bytes[lineStart..<max(lineStart, byteOffset)], as: UTF8.self)
        self.init(file: file, line: line, column: before.unicodeScalars.count + 1)
    }
}
