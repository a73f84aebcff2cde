import SQLDatabase

/// What tells a store from every other, and the key that plans made on it are sealed with.
public struct StoreIdentity: Sendable {
    /// A random name in hexadecimal.
    public let id: String
    /// 32 bytes that never leave the store but as a key.
    public let planKey: SecretBytes

    /// How many random bytes name a store: two stores never share a name by chance.
    static let nameBytes = 16
    /// How many random bytes are a key of HMAC-SHA256: as many as the hash gives.
    static let keyBytes = 32
}

/// Bytes that are not shown in any message, log or dump.
public struct SecretBytes: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let bytes: [UInt8]

    /// Hides bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The bytes, to be used and not to be kept.
    public func reveal() -> [UInt8] { bytes }

    /// How many bytes there are, and nothing of them.
    public var description: String { "(\(bytes.count) secret bytes)" }
    /// The same.
    public var debugDescription: String { description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension LiveStore {
    /// Who the store is; nil where nobody has opened it for writing yet.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func identity() async throws(StoreError) -> StoreIdentity? {
        try await read(orEmpty: nil) { (snapshot) throws(SQLError) in
            var identity: StoreIdentity?
            try snapshot.forEachRow(SQLStatement(IdentitySQL.select)) { row in
                guard let id = row.text(0), let key = row.text(1).flatMap([UInt8].init(hex:))
                else { return }
                identity = StoreIdentity(id: id, planKey: SecretBytes(key))
            }
            return identity
        }
    }

    /// Gives the store an identity where it has none. Of several processes that do so at once, one
    /// is heard.
    func identify(_ random: (Int) -> [UInt8]) async throws(StoreError) {
        guard try await identity() == nil else { return }
        let name = random(StoreIdentity.nameBytes).hex
        let key = random(StoreIdentity.keyBytes).hex
        guard !name.isEmpty, !key.isEmpty else { return }
        try await write(
            "identity",
            [SQLStatement(IdentitySQL.insert, [.text(name), .text(key)])]
        )
    }
}

/// The statements on `store_identity`.
private enum IdentitySQL {
    static let select = "SELECT id, plan_key FROM store_identity"
    static let insert = """
        INSERT INTO store_identity (one, id, plan_key) VALUES (1, $1, $2) ON CONFLICT DO NOTHING
        """
}

extension [UInt8] {
    /// Two lower-case hexadecimal digits for each byte.
    var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }

    /// Reads what `hex` writes; nil for anything else.
    init?(hex text: String) {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[start], let low = digits[start + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        self = bytes
    }
}
