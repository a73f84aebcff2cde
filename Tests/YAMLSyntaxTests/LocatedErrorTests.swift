import Testing
import YAMLSyntax

@Suite("Every mistake is an error at its position")
struct LocatedErrorTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let code: YAMLError.Code
        let place: String
        let fragment: String

        init(
            _ name: String,
            _ text: String,
            _ code: YAMLError.Code,
            _ place: String,
            _ fragment: String
        ) {
            self.init(name, bytes: Array(text.utf8), code, place, fragment)
        }

        init(
            _ name: String,
            bytes: [UInt8],
            _ code: YAMLError.Code,
            _ place: String,
            _ fragment: String
        ) {
            self.name = name
            self.bytes = bytes
            self.code = code
            self.place = place
            self.fragment = fragment
        }

        var testDescription: String { name }
    }

    static let bytes: [Case] = [
        Case("NUL", "a: b\0c", .forbiddenCharacter, "1:5", "NUL"),
        Case("bell", "a: 1\nb: \u{07}", .forbiddenCharacter, "2:4", "U+0007"),
        Case("delete", "é: \u{7F}", .forbiddenCharacter, "1:4", "U+007F"),
        Case("C1 control", "a: é\u{9B}", .forbiddenCharacter, "1:5", "U+009B"),
        Case("next line", "a: b\u{85}c", .forbiddenCharacter, "1:5", "U+0085"),
        Case("line separator", "a: b\u{2028}c", .forbiddenCharacter, "1:5", "U+2028"),
        Case("inner mark", "a: b\u{FEFF}c", .forbiddenCharacter, "1:5", "U+FEFF"),
        Case("noncharacter", "a: \u{FFFF}", .forbiddenCharacter, "1:4", "U+FFFF"),
        Case(
            "bad UTF-8",
            bytes: Array("a: é\nb: ".utf8) + [0xC3, 0x28],
            .encoding,
            "2:4",
            "UTF-8"
        ),
        Case("overlong", bytes: [0x61, 0xC0, 0x80], .encoding, "1:2", "UTF-8"),
        Case("cut short", bytes: [0x61, 0xE2, 0x82], .encoding, "1:2", "UTF-8"),
        Case("UTF-16 LE", bytes: [0xFF, 0xFE, 0x61, 0], .encoding, "1:1", "UTF-16"),
        Case("UTF-16 BE", bytes: [0xFE, 0xFF, 0, 0x61], .encoding, "1:1", "UTF-16"),
        Case("UTF-32 LE", bytes: [0xFF, 0xFE, 0, 0], .encoding, "1:1", "UTF-32"),
        Case("UTF-32 BE", bytes: [0, 0, 0xFE, 0xFF], .encoding, "1:1", "UTF-32"),
        Case("UTF-16, no mark", bytes: [0x61, 0, 0x3A, 0], .forbiddenCharacter, "1:2", "NUL"),
    ]

    static let syntax: [Case] = [
        Case("tab", "a:\n\tb: 1", .syntax, "2:1", "tab cannot indent"),
        Case("tab in text", "a:\n  b\n\tc: 1", .syntax, "3:1", "tab cannot indent"),
        Case("at sign", "a: @b", .syntax, "1:4", "cannot begin with '@'"),
        Case("two colons", "a: b: c", .syntax, "1:5", "': ' cannot stand here"),
        Case("no colon", "a: 1\nbc\nd: 2", .syntax, "2:1", "not a key"),
        Case("less indented", "a:\n  b: 1\n c: 2", .syntax, "3:2", "does not fit the mapping"),
        Case("behind a quote", "a: \"b\" c", .syntax, "1:8", "does not fit the mapping"),
        Case("item missing", "- a\nb: c", .syntax, "2:1", "does not fit the list"),
        Case("open quote", "a: 1\nb: \"text\nc: d", .syntax, "2:4", "never closed"),
        Case("open single quote", "é: 'text", .syntax, "1:4", "never closed"),
        Case("open bracket", "a: [b, c\nd: e", .syntax, "2:2", "not closed"),
        Case("open brace", "a: {b: c\nd: e}\n", .syntax, "2:2", "not closed"),
        Case("escape", #"a: "\d""#, .syntax, "1:5", "known escape"),
        Case("hexadecimal", #"a: "\xZZ""#, .syntax, "1:7", "hexadecimal"),
        Case("surrogates", #"a: "\ud83d\ude00""#, .syntax, "1:7", "JSON"),
        Case("glob", "- *.md", .syntax, "1:3", "begins with '*'"),
        Case("ampersand", "- & b", .syntax, "1:3", "begins with '&'"),
        Case("block header", "a: |text", .syntax, "1:5", "next line"),
        Case("item in line", "a: - b", .syntax, "1:4", "list item"),
        Case("two roots", "[a]\nb", .syntax, "2:1", "does not belong"),
        Case("YAML 2", "%YAML 2.0\n---\na", .syntax, "1:1", "version"),
        Case("tag handle", "a: !x!y z", .syntax, "1:4", "tag is not known"),
    ]

    static let meaning: [Case] = [
        Case("duplicate", "a: 1\nb: 2\n\"a\": 3", .duplicateKey, "3:1", "line 1, column 1"),
        Case("duplicate merge", "<<: {}\n<<: {}", .duplicateKey, "2:1", "line 1, column 1"),
        Case("unknown tag", "a: !env b", .unknownTag, "1:4", "tag is not known"),
        Case("unknown list tag", "a: !!set {}", .unknownTag, "1:4", "tag is not known"),
        Case("bare tag", "a: ! 12", .unknownTag, "1:4", "tag is not known"),
        Case("tag mismatch", "a: !!bool yes", .tagMismatch, "1:4", "true or false"),
        Case("list tag", "a: !!seq {b: c}", .tagMismatch, "1:4", "a list"),
        Case("text tag", "a: !!str [b]", .tagMismatch, "1:4", "text"),
        Case("unknown alias", "é: *b", .unknownAlias, "1:4", "no anchor"),
        Case("alias of before", "- &a 1\n--- *a", .unknownAlias, "2:5", "no anchor"),
        Case("recursive alias", "&a [b, *a]", .recursiveAlias, "1:8", "inside the value"),
        Case("recursive merge", "a: &a {<<: *a}", .recursiveAlias, "1:12", "inside the value"),
        Case("merge of text", "a: {<<: b}", .invalidMerge, "1:9", "mapping"),
        Case("merge of items", "<<: [{a: 1}, 2]", .invalidMerge, "1:14", "mapping"),
        Case("null key", "a: 1\n? \n: 2", .invalidKey, "2:2", "null"),
        Case("no key in braces", "{~: 2}", .invalidKey, "1:2", "null"),
        Case("tilde key", "~: 2", .invalidKey, "1:1", "null"),
        Case("template", "a: {{b}}", .invalidKey, "1:5", "list or a mapping"),
        Case("list key", "? [a]\n: b", .invalidKey, "1:3", "list or a mapping"),
        Case("YAML 1.1", "%YAML 1.1\n---\na", .version, "1:1", "YAML 1.1"),
        Case("escaped NUL", #"a: "b\0""#, .forbiddenCharacter, "1:4", "NUL"),
    ]

    @Test("a file has one error where it should be", arguments: bytes + syntax + meaning)
    func oneError(_ example: Case) throws {
        let parsed = Parsed(bytes: example.bytes)
        try #require(parsed.stream.errors.count == 1, "\(parsed.messages)")
        let error = parsed.stream.errors[0]
        #expect("\(error.location.line):\(error.location.column)" == example.place, "\(error)")
        #expect(error.code == example.code, "\(error)")
        #expect(error.message.contains(example.fragment), "\(error)")
        #expect(error.hint != nil)
    }

    @Test("libyaml's own words are kept", arguments: syntax.filter { $0.code == .syntax })
    func librarySpeaks(_ example: Case) throws {
        let error = try #require(Parsed(bytes: example.bytes).stream.errors.first)
        let library = try #require(error.library)
        #expect(!library.problem.isEmpty && library.code != 0)
        #expect(error.message != "this is not valid YAML: \(library.problem)")
    }

    @Test("mistakes of meaning are collected throughout the file, up to the first of syntax")
    func collected() {
        let parsed = Parsed("a: 1\na: 2\nb: !x y\n---\nc: *d\n---\ne: [\n---\nf: !x y")
        #expect(parsed.codes == [.duplicateKey, .unknownTag, .unknownAlias, .syntax])
        #expect(parsed.stream.documents.count == 2)
    }

    @Test("a duplicate names its key, shortened, and where the first one stands")
    func duplicateNamesKey() throws {
        let key = String(repeating: "k", count: 60)
        let error = try #require(Parsed("x: {\(key): 1, \(key): 2}").stream.errors.first)
        #expect(error.message.contains(String(repeating: "k", count: 40) + "…"))
        #expect(!error.message.contains(key))
        #expect(error.related?.column == 5)
        #expect(error.location.column == 70)
    }

    @Test(
        "no error repeats a value",
        arguments: [
            "a: !SECRET b", "a: *SECRET", "a: !!int SECRET", "a: SECRET: c", "a: \"SECRET",
            "a: @SECRET", "a: \"SECRET\" SECRET", "<<: SECRET", "a: [SECRET\nb: SECRET",
        ]
    )
    func secretsStay(_ text: String) {
        let parsed = Parsed(text)
        #expect(!parsed.stream.errors.isEmpty)
        #expect(!parsed.messages.joined().contains("SECRET"))
    }

    @Test("an error describes itself as path, line and column")
    func describes() throws {
        let error = try #require(Parsed("a: *b").stream.errors.first)
        #expect(error.description.hasPrefix("test.yaml:1:4: no anchor"))
    }
}
