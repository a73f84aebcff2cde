/// Text from files that people are shown: whatever would act on a terminal, or hide what the text
/// says, is made visible. Every character becomes exactly one, so that columns stay.
enum VisibleText {
    /// The text with every character replaced that is not plainly visible.
    static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { scalar($0) != $0 }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map(scalar)))
    }

    /// The character itself, or what is shown in its place.
    static func scalar(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? replacement  // "Control Pictures"
        case 0x7F: "\u{2421}"
        case 0x80..<0xA0, 0xAD, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xE0000...0xE007F:
            replacement
        default: scalar
        }
    }

    private static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// How many columns of a terminal the text takes: two for the wide characters of East Asia and
    /// for emoji (UAX #11, "W" and "F"), none for marks that combine with what stands before them.
    static func columns(_ text: some Sequence<Unicode.Scalar>) -> Int {
        text.reduce(0) { $0 + columns($1) }
    }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x300...0x36F, 0x200C, 0x200D, 0x20D0...0x20FF, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
