import ClaraModel
import Testing

@Suite("An authentication code")
struct AuthenticationCodeTests {
    private let key = AuthenticationKey(bytes: Array(repeating: 1, count: 32))
    private let otherKey = AuthenticationKey(bytes: Array(repeating: 2, count: 32))

    /// What OpenSSL says: `printf 'hello\0world' | openssl dgst -sha256 -mac HMAC -macopt
    /// hexkey:aa…`, with a key of 131 bytes, longer than a block of the hash.
    private static let fromOpenSSL =
        "4540270b66fde839ea30aa57cc2423878f21c5247acf8372c4397a2bea3e6b00"

    @Test("is HMAC-SHA256 over the purpose, a zero byte and the bytes")
    func knownCode() throws {
        let key = try #require(AuthenticationKey(bytes: Array(repeating: 0xAA, count: 131)))
        let code = key.code(over: Array("world".utf8), for: "hello")
        #expect(code.description == Self.fromOpenSSL)
    }

    @Test("depends on the key, the purpose and every byte")
    func dependsOnEverything() throws {
        let (key, otherKey) = (try #require(key), try #require(otherKey))
        let code = key.code(over: [1, 2, 3], for: "a")
        #expect(code == key.code(over: [1, 2, 3], for: "a"))
        #expect(code != otherKey.code(over: [1, 2, 3], for: "a"))
        #expect(code != key.code(over: [1, 2, 3], for: "b"))
        #expect(code != key.code(over: [1, 2], for: "a"))
        #expect(key.code(over: ["ab", "c"], for: "a") != key.code(over: ["a", "bc"], for: "a"))
        #expect(key.code(over: [""], for: "a") != key.code(over: [String](), for: "a"))
    }

    @Test("has one spelling")
    func spelling() throws {
        let code = try #require(key).code(over: [1], for: "a")
        #expect(AuthenticationCode(parsing: code.description) == code)
        #expect(AuthenticationCode(parsing: code.description.uppercased()) == nil)
        #expect(AuthenticationCode(parsing: code.description.dropLast()) == nil)
        #expect(AuthenticationCode(parsing: code.description + "0") == nil)
        #expect(AuthenticationCode(parsing: "g" + code.description.dropFirst()) == nil)
    }

    @Test("needs a key of at least 32 bytes, which is never shown")
    func keyLength() throws {
        #expect(AuthenticationKey(bytes: Array(repeating: 1, count: 31)) == nil)
        let key = try #require(
            AuthenticationKey(bytes: Array("0123456789abcdef0123456789abcdef".utf8))
        )
        var shown = ""
        dump(key, to: &shown)
        for text in [shown, "\(key)", String(reflecting: key)] {
            #expect(!text.contains("48") && !text.contains("30") && !text.contains("0123"))
        }
    }
}

@Suite("A digest's text")
struct DigestTextTests {
    @Test("is read back, and nothing else is")
    func parsing() {
        let digest = Digest(of: "text")
        #expect(Digest(parsing: digest.description) == digest)
        let digits = digest.description.dropFirst("sha256:".count)
        for text in [
            "", String(digits), "sha256:" + digits.dropLast(), "sha256:" + digits + "0",
            "sha256:" + digits.uppercased(), "sha256:" + digits.dropLast() + "é",
        ] {
            #expect(Digest(parsing: text) == nil, "\(text)")
        }
    }
}
