/// Classes of bytes in patterns, in the C locale: above 127 nothing is a letter.
enum PatternClass {
    /// Whether `%a`, `%d`, … or an escaped byte holds the byte.
    static func escape(_ letter: UInt8, holds byte: UInt8) -> Bool {
        let isIn: Bool
        switch letter | 0x20 {
        case UInt8(ascii: "a"): isIn = isLetter(byte)
        case UInt8(ascii: "c"): isIn = byte < 0x20 || byte == 0x7F
        case UInt8(ascii: "d"): isIn = isDigit(byte)
        case UInt8(ascii: "g"): isIn = byte > 0x20 && byte < 0x7F
        case UInt8(ascii: "l"): isIn = isSmall(byte)
        case UInt8(ascii: "p"): isIn = isPunctuation(byte)
        case UInt8(ascii: "s"): isIn = byte == 0x20 || (0x09...0x0D).contains(byte)
        case UInt8(ascii: "u"): isIn = isSmall(byte | 0x20) && byte & 0x20 == 0
        case UInt8(ascii: "w"): isIn = isLetter(byte) || isDigit(byte)
        case UInt8(ascii: "x"): isIn = isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
        // Deprecated in Lua 5.2, and still there.
        case UInt8(ascii: "z"): isIn = byte == 0
        default: return letter == byte
        }
        // A capital names what the class does not hold.
        return isSmall(letter) == isIn
    }

    /// Whether the set between the brackets at `start` and `end` holds the byte.
    static func set(
        _ pattern: UnsafeBufferPointer<UInt8>,
        _ start: Int,
        _ end: Int,
        holds byte: UInt8
    ) -> Bool {
        var p = start + 1
        let isNegated = pattern[p] == UInt8(ascii: "^")
        if isNegated { p += 1 }
        while p < end {
            if pattern[p] == UInt8(ascii: "%") {
                if escape(pattern[p + 1], holds: byte) { return !isNegated }
                p += 2
            } else if p + 2 < end, pattern[p + 1] == UInt8(ascii: "-") {
                if pattern[p] <= byte, byte <= pattern[p + 2] { return !isNegated }
                p += 3
            } else {
                if pattern[p] == byte { return !isNegated }
                p += 1
            }
        }
        return isNegated
    }

    private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { isSmall(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isPunctuation(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !isLetter(byte) && !isDigit(byte)
    }
}
