import Crypto

/// A secret key with which a store recognises what it has written itself, such as a plan that left
/// the house as a file and comes back.
///
/// Its bytes are never shown: neither its description nor a dump of a value that holds it has them.
public struct AuthenticationKey: Sendable {
    private let key: SymmetricKey

    /// The fewest bytes of a key: as many as the hash has, since a shorter key is easier to guess
    /// than the code (RFC 2104 §3).
    public static let shortest = SHA256.byteCount

    /// Takes random bytes; nil where there are fewer than `shortest`.
    public init?(bytes: [UInt8]) {
        guard bytes.count >= Self.shortest else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// HMAC-SHA256 (RFC 2104) over a purpose and bytes.
    ///
    /// - Parameter purpose: what the code is for, so that a code of one purpose never passes for
    ///   one of another. It holds no zero byte.
    public func code(over bytes: [UInt8], for purpose: String) -> AuthenticationCode {
        var function = start(purpose)
        function.update(data: bytes)
        return AuthenticationCode(bytes: Array(function.finalize()))
    }

    /// HMAC-SHA256 over a purpose and the UTF-8 bytes of texts, each preceded by its length, so
    /// that no two sequences of texts give the same bytes.
    public func code(over texts: [String], for purpose: String) -> AuthenticationCode {
        var function = start(purpose)
        for text in texts {
            let bytes = Array(text.utf8)
            withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { function.update(data: $0) }
            function.update(data: bytes)
        }
        return AuthenticationCode(bytes: Array(function.finalize()))
    }

    private func start(_ purpose: String) -> HMAC<SHA256> {
        var function = HMAC<SHA256>(key: key)
        function.update(data: Array(purpose.utf8) + [0])
        return function
    }
}

extension AuthenticationKey: CustomStringConvertible, CustomReflectable {
    /// Never the bytes.
    public var description: String { "(a key: not shown)" }
    /// Never the bytes.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A code that only the holder of a key can compute, shown as 64 hexadecimal digits.
public struct AuthenticationCode: Sendable, Hashable, CustomStringConvertible {
    private let bytes: [UInt8]

    fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads 64 small hexadecimal digits; nil for every other text, so that one code has one
    /// spelling.
    public init?(parsing text: some StringProtocol) {
        let digits = text.utf8.map(Self.value)
        guard digits.count == SHA256.byteCount * 2, !digits.contains(nil) else { return nil }
        let values = digits.compactMap(\.self)
        bytes = stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }

    /// The text form.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }

    /// Whether two codes are equal, in a time that does not say how much of them is: whoever could
    /// measure that could find a code byte by byte.
    public static func == (left: AuthenticationCode, right: AuthenticationCode) -> Bool {
        guard left.bytes.count == right.bytes.count else { return false }
        return zip(left.bytes, right.bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
