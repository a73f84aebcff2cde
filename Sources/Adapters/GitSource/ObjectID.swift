/// The id of a git object: the SHA-1 of its kind, size and contents, 20 bytes.
///
/// Equal ids mean equal contents, for a file as for a whole folder. Stored as three integers, so
/// that hashing and comparing one costs no allocation.
public struct ObjectID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The length of an id in bytes.
    public static let byteCount = 20

    let high: UInt64
    let middle: UInt64
    let low: UInt32

    /// Takes the id from exactly ``byteCount`` bytes in network order; nil for any other length.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        let (first, rest) = (bytes.prefix(8), bytes.dropFirst(8))
        self.init(
            high: first.reduce(0) { $0 << 8 | UInt64($1) },
            middle: rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) },
            low: rest.dropFirst(8).reduce(0) { $0 << 8 | UInt32($1) }
        )
    }

    /// Takes the id from 40 hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == 2 * Self.byteCount, hex.utf8.count == digits.count else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
        self.init(bytes: bytes)
    }

    /// Takes the id from its words in host order; the words are those of the bytes read big-endian.
    init(high: UInt64, middle: UInt64, low: UInt32) {
        self.high = high
        self.middle = middle
        self.low = low
    }

    /// The id that git uses for "no object".
    static let zero = ObjectID(high: 0, middle: 0, low: 0)

    /// The 20 bytes in network order, as git writes them into a tree.
    public var bytes: [UInt8] {
        withUnsafeBytes(of: high.bigEndian, Array.init)
            + withUnsafeBytes(of: middle.bigEndian, Array.init)
            + withUnsafeBytes(of: low.bigEndian, Array.init)
    }

    /// The 40 hexadecimal digits in lower case.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: 2 * Self.byteCount) { buffer in
            for (index, byte) in bytes.enumerated() {
                buffer[2 * index] = digits[Int(byte >> 4)]
                buffer[2 * index + 1] = digits[Int(byte & 15)]
            }
            return 2 * Self.byteCount
        }
    }

    /// Orders ids as their hexadecimal text orders.
    public static func < (left: ObjectID, right: ObjectID) -> Bool {
        (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
    }
}
