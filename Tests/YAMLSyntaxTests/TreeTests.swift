import Testing
import YAMLSyntax

@Suite("Documents, keys and positions")
struct TreeTests {
    @Test("a file without a document has none", arguments: ["", "# only\n", "\n\n", "\u{FEFF}"])
    func noDocument(_ text: String) {
        #expect(Parsed(text).shapes.isEmpty && Parsed(text).stream.errors.isEmpty)
    }

    @Test("a document that is empty behind its marker is null")
    func emptyDocuments() {
        #expect(Parsed("---\n").shapes == [.null])
        #expect(Parsed("a: 1\n---\n# nothing\n---\n- b\n...\n").shapes == [["a": 1], .null, ["b"]])
    }

    @Test("a YAML 1.2 directive is accepted")
    func version() {
        #expect(Parsed("%YAML 1.2\n---\na: 1").shape == ["a": 1])
        #expect(Parsed("%YAML 1.2\n---\na: 1").stream.errors.isEmpty)
    }

    @Test("keys and values have the place where they begin, in Unicode scalars")
    func places() throws {
        let text = "# é\nclé: \"musée\"\n東京: {👩‍🚀: x, b: [1,  2]}\n- "
        let root = try #require(Parsed(String(text.dropLast(2))).stream.documents.first)
        #expect(root.place == "2:1")
        #expect(root.entry("clé")?.keyLocation.column == 1)
        #expect(root.entry("clé")?.value.place == "2:6")
        let tokyo = try #require(root.entry("東京"))
        #expect(tokyo.keyLocation.line == 3 && tokyo.value.place == "3:5")
        // The astronaut is three scalars: woman, joiner, rocket.
        #expect(tokyo.value.entry("👩‍🚀")?.value.place == "3:11")
        #expect(tokyo.value.entry("b")?.keyLocation.column == 14)
        #expect(tokyo.value.entry("b")?.value.items.map(\.place) == ["3:18", "3:22"])
    }

    @Test(
        "every line end counts one line, and a byte-order mark no column",
        arguments: ["\n", "\r\n", "\r"],
        ["", "\u{FEFF}"]
    )
    func lineEnds(_ end: String, _ mark: String) throws {
        let parsed = Parsed("\(mark)a: 1\(end)b:\(end)  - c\(end)")
        #expect(parsed.shape == ["a": 1, "b": ["c"]])
        let root = parsed.stream.documents[0]
        #expect(root.entry("a")?.value.place == "1:4")
        #expect(root.entry("b")?.value.items.first?.place == "3:5")
        let file = root.location.file
        #expect((1...3).map(file.line) == ["a: 1", "b:", "  - c"])
    }

    @Test("a line is given without its end, and only where there is one")
    func lines() {
        let file = SourceText(path: "x", bytes: Array("a\r\n\nb\u{E9}".utf8) + [0xFF])
        #expect((0...4).map(file.line) == [nil, "a", "", "bé\u{FFFD}", nil])
        #expect(SourceText(path: "x", bytes: Array("a\n".utf8)).line(2) == "")
        #expect(SourceText(path: "x", bytes: []).line(1) == "")
    }

    @Test("parsing a file twice gives equal locations, another file's differ")
    func locationsCompare() {
        let place = Parsed("a: 1").stream.documents[0].location
        #expect(place == Parsed("a: 1").stream.documents[0].location)
        #expect(place != Parsed("a: 2").stream.documents[0].location)
        #expect(place.description == "test.yaml:1:1")
    }

    @Test("a key is its text, whatever it looks like")
    func keys() {
        let parsed = Parsed(
            "1: a\ntrue: b\n1.50: c\nyes: d\n\"null\": e\n\"<<\": f\n!!str 2: g\n&x k: *x"
        )
        #expect(parsed.stream.errors.isEmpty)
        #expect(
            parsed.shape
                == [
                    "1": "a", "true": "b", "1.50": "c", "yes": "d", "null": "e", "<<": "f",
                    "2": "g", "k": "k",
                ]
        )
    }

    @Test("a duplicate is found among many keys, and the first value stays")
    func manyKeys() {
        let keys = (0..<40).map { "key\($0): \($0)" } + ["key3: x", "key39: x"]
        let parsed = Parsed(keys.joined(separator: "\n"))
        #expect(parsed.codes == [.duplicateKey, .duplicateKey])
        #expect(parsed.stream.errors.map(\.location.line) == [41, 42])
        #expect(parsed.stream.errors.map { $0.related?.line } == [4, 40])
        #expect(parsed.stream.documents[0].entry("key3").map { Shape($0.value) } == 3)
    }
}
