import ClaraModel

/// The parts of a saved plan's bytes, found without reading what is in them.
struct SavedPlanParts {
    /// What the code covers.
    let covered: ArraySlice<UInt8>
    let code: AuthenticationCode
    private let headerBytes: ArraySlice<UInt8>
    private let payloadBytes: ArraySlice<UInt8>

    static let opening = Array(#"{"format":"clara-plan","format_version":"#.utf8)
    static let payloadMark = Array(#","payload":"#.utf8)
    static let codeMark = Array(#","hmac":""#.utf8)
    static let ending = Array("\"}\n".utf8)
    private static let codeDigits = 64
    /// The most bytes before the payload, which are read before anything vouches for them: names, a
    /// revision, a time and a digest.
    private static let headerLimit = 16 << 10

    /// - Throws: `SavedPlanError` where the bytes are no plan, of another format, or cut short.
    init(_ bytes: [UInt8]) throws(SavedPlanError) {
        guard bytes.starts(with: Self.opening) else { throw .notAPlan }
        try Self.checkVersion(bytes.dropFirst(Self.opening.count))
        let tail = Self.codeMark.count + Self.codeDigits + Self.ending.count
        guard bytes.count > tail, bytes.suffix(Self.ending.count).elementsEqual(Self.ending) else {
            throw .truncated
        }
        covered = bytes.dropLast(tail)
        let seal = bytes.suffix(tail).dropLast(Self.ending.count)
        let digits = String(decoding: seal.suffix(Self.codeDigits), as: UTF8.self)
        guard seal.starts(with: Self.codeMark), let code = AuthenticationCode(parsing: digits)
        else { throw .truncated }
        self.code = code
        // A quotation mark within a text is escaped, so the mark cannot stand in a name.
        guard let mark = covered.prefix(Self.headerLimit).firstRange(of: Self.payloadMark) else {
            throw .notAPlan
        }
        headerBytes = covered[..<mark.lowerBound]
        payloadBytes = covered[mark.upperBound...]
    }

    /// The members before the payload.
    func header() throws(SavedPlanError) -> SavedValue {
        guard let header = Self.read(headerBytes + [UInt8(ascii: "}")]) else { throw .notAPlan }
        return SavedValue(header, at: "")
    }

    /// The payload, to be read only once the code has been checked.
    func payload() throws(SavedPlanError) -> SavedValue {
        guard let payload = Self.read(payloadBytes) else { throw .damaged(place: "payload") }
        return SavedValue(payload, at: "payload")
    }

    private static func read(_ bytes: ArraySlice<UInt8>) -> JSONValue? {
        let text = String(decoding: bytes, as: UTF8.self)
        do {
            return try CanonicalJSON(trusting: text).value()
        } catch {
            return nil
        }
    }

    /// The version stands right behind the name, in every format that there will ever be.
    private static func checkVersion(_ bytes: ArraySlice<UInt8>) throws(SavedPlanError) {
        let digits = bytes.prefix(8).prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard let version = Int(String(decoding: digits, as: UTF8.self)) else { throw .notAPlan }
        if version < SavedPlan.formatVersion { throw .olderFormat(version) }
        if version > SavedPlan.formatVersion { throw .newerFormat(version) }
    }
}
