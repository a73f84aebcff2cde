import Testing
import YAMLSyntax

@Suite("Anchors, aliases and merge keys")
struct AnchorTests {
    @Test("an alias is the value of the last anchor of its name")
    func aliases() {
        let parsed = Parsed("- &a {x: [1]}\n- *a\n- &a 2\n- *a\n- &b [&a c, *a]\n- *a\n- *b")
        #expect(parsed.stream.errors.isEmpty)
        #expect(parsed.shape == [["x": [1]], ["x": [1]], 2, 2, ["c", "c"], "c", ["c", "c"]])
    }

    @Test("an expanded value keeps the place of its text")
    func places() {
        let items = Parsed("- &a [x]\n- *a").stream.documents[0].items
        #expect(items[0].place == "1:3")
        #expect(items[1].place == "1:3" && items[1].items.first?.place == "1:7")
    }

    @Test("an alias may stand for a key")
    func aliasKey() {
        #expect(Parsed("- &a name\n- {*a : 1}").shape == ["name", ["name": 1]])
    }

    @Test("own keys win over merged ones wherever they stand, and come first")
    func ownKeysWin() {
        let parsed = Parsed("- &a {x: 1, y: 2}\n- {x: 9, <<: *a, z: 3}\n- {<<: *a, y: 8}")
        #expect(parsed.stream.errors.isEmpty)
        #expect(
            parsed.shape
                == [
                    ["x": 1, "y": 2], ["x": 9, "z": 3, "y": 2], ["y": 8, "x": 1],
                ]
        )
    }

    @Test("of several merged mappings the earlier wins")
    func earlierWins() {
        let parsed = Parsed("<<: [{a: 1, b: 1}, {b: 2, c: 2}, {c: 3, d: 3}]\nd: 0")
        #expect(parsed.shape == ["d": 0, "a": 1, "b": 1, "c": 2])
    }

    @Test("merges nest and merge into large mappings")
    func nestedMerges() {
        let own = (0..<20).map { "k\($0): own" }.joined(separator: ", ")
        let text = "- &a {k1: a, m: a}\n- &b {<<: *a, n: b}\n- {\(own), <<: *b}"
        let root = Parsed(text).stream.documents[0].items[2]
        #expect(root.entry("k1").map { Shape($0.value) } == "own")
        #expect(root.entry("m").map { Shape($0.value) } == "a")
        #expect(root.entry("n").map { Shape($0.value) } == "b")
    }
}
