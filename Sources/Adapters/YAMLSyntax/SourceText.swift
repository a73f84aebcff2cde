/// One file as it was read: the path that people are shown, and its bytes.
///
/// A class, so that the thousands of locations in one file share it at the cost of a reference.
public final class SourceText: Sendable {
    /// The path as people write it, relative to the fleet root.
    public let path: String
    /// The file's content, unchanged.
    public let bytes: [UInt8]

    /// Wraps the content of one file.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The text of a line (1-based) without its line end and without a byte-order mark, for showing
    /// it above a caret; `nil` where the file has no such line.
    ///
    /// Lines end at LF, CR LF or CR. Bytes that are not UTF-8 become U+FFFD.
    public func line(_ number: Int) -> String? {
        guard number >= 1 else { return nil }
        var start = ByteOrderMark.utf8.length(at: bytes)
        for _ in 1..<number {
            guard let next = startOfLine(after: start) else { return nil }
            start = next
        }
        let end = bytes[start...].firstIndex(where: LineBreak.isBreak) ?? bytes.endIndex
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Where the line behind the one that holds `offset` starts, or `nil` in the last line.
    private func startOfLine(after offset: Int) -> Int? {
        guard let end = bytes[offset...].firstIndex(where: LineBreak.isBreak) else { return nil }
        return end + LineBreak.length(at: end, in: bytes)
    }
}

/// Two source texts are equal when path and content are: parsing a file twice gives equal
/// locations.
extension SourceText: Hashable {
    /// Compares identity first, as nearly all locations that are compared come from one parse.
    public static func == (left: SourceText, right: SourceText) -> Bool {
        left === right || (left.path == right.path && left.bytes == right.bytes)
    }

    /// Hashes the path alone: the content may be large.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(path)
    }
}

/// The line ends that count lines, here and in libyaml: LF, CR LF and CR.
///
/// libyaml also ends a line at U+0085, U+2028 and U+2029; ``InputCheck`` refuses those, so that
/// line numbers are the ones an editor shows.
enum LineBreak {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    static func isBreak(_ byte: UInt8) -> Bool {
        byte == lineFeed || byte == carriageReturn
    }

    /// The number of bytes of the line end at `offset`, which must be one.
    static func length(at offset: Int, in bytes: [UInt8]) -> Int {
        let isPair =
            bytes[offset] == carriageReturn
            && offset + 1 < bytes.endIndex && bytes[offset + 1] == lineFeed
        return isPair ? 2 : 1
    }
}

/// The byte-order marks by which an editor tells an encoding.
enum ByteOrderMark: CaseIterable {
    // UTF-32 little endian begins with the mark of UTF-16 little endian, so it is asked first.
    case utf8
    case utf32BigEndian
    case utf32LittleEndian
    case utf16BigEndian
    case utf16LittleEndian

    private var bytes: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf32BigEndian: [0x00, 0x00, 0xFE, 0xFF]
        case .utf32LittleEndian: [0xFF, 0xFE, 0x00, 0x00]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        }
    }

    /// The encoding's name for a message.
    var encoding: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16BigEndian, .utf16LittleEndian: "UTF-16"
        case .utf32BigEndian, .utf32LittleEndian: "UTF-32"
        }
    }

    /// The mark's length in bytes where `content` begins with it, otherwise 0.
    func length(at content: [UInt8]) -> Int {
        guard content.first == bytes.first, content.starts(with: bytes) else { return 0 }
        return bytes.count
    }

    /// The mark that `content` begins with.
    static func first(in content: [UInt8]) -> ByteOrderMark? {
        guard let byte = content.first, byte == 0 || byte >= 0x80 else { return nil }
        return allCases.first { $0.length(at: content) > 0 }
    }
}
