import ClaraModel
import Diffing
import Testing

/// Two contents and the fields in which they differ, as `path: before → after`.
struct DiffCase: Sendable, CustomTestStringConvertible {
    let name: String
    let before: JSONValue?
    let after: JSONValue?
    let changes: [String]

    var testDescription: String { name }

    init(_ name: String, _ before: JSONValue?, _ after: JSONValue?, _ changes: [String]) {
        (self.name, self.before, self.after, self.changes) = (name, before, after, changes)
    }
}

extension FieldChange {
    var spelled: String {
        let values = [before, after].map { $0.map { CanonicalJSON($0).text } ?? "absent" }
        return "\(path): \(values.joined(separator: " → "))"
    }
}

@Suite("The difference of two contents")
struct DiffTests {
    @Test("names each field once, with both values", arguments: DiffCase.table)
    func fields(_ row: DiffCase) {
        #expect(Diff.fields(from: row.before, to: row.after).map(\.spelled) == row.changes)
    }

    @Test("swaps its sides when it is looked at from the other side", arguments: DiffCase.table)
    func reversed(_ row: DiffCase) {
        let there = Diff.fields(from: row.before, to: row.after)
        let back = Diff.fields(from: row.after, to: row.before)
        #expect(back == there.map(\.reversed))
    }

    @Test("is empty only for equal values, and antisymmetric, over random values")
    func properties() {
        var values = RandomValues(seed: testSeed(20_261_123))
        print("diff properties: seed \(values.seed)")
        for round in 0..<2000 {
            let before = values.value(depth: 4)
            let after = values.mutation(of: before)
            let there = Diff.fields(from: before, to: after)
            let back = Diff.fields(from: after, to: before)
            let place = "seed \(values.seed), round \(round)"
            #expect(back == there.map(\.reversed), "\(place)")
            #expect(there.isEmpty == (before == after), "\(place)")
            #expect(Set(there.map(\.path)).count == there.count, "\(place): a path occurs twice")
        }
    }

    @Test("spells paths so that no two are the same")
    func paths() {
        let paths: [(FieldPath, String)] = [
            (.root, ""),
            (FieldPath([.member("posts"), .member("perDay")]), "posts.perDay"),
            (
                FieldPath([.member("variants"), .named("warm"), .member("weight")]),
                "variants[warm].weight"
            ),
            (
                FieldPath([.member("documents"), .member("knowledge/menu.md"), .member("size")]),
                "documents[\"knowledge/menu.md\"].size"
            ),
            (FieldPath([.member("a.b")]), "[\"a.b\"]"),
            (FieldPath([.member("")]), "[\"\"]"),
        ]
        for (path, text) in paths { #expect(path.description == text) }
    }
}

extension DiffCase {
    static let table: [DiffCase] = [
        DiffCase("equal objects", ["a": 1], ["a": 1], []),
        DiffCase("nothing on either side", nil, nil, []),
        DiffCase("everything appears", nil, ["a": 1], [": absent → {\"a\":1}"]),
        DiffCase("everything goes", ["a": 1], nil, [": {\"a\":1} → absent"]),
        DiffCase("a value changes", ["a": 1, "b": 2], ["a": 1, "b": 3], ["b: 2 → 3"]),
        DiffCase("a member appears", [:], ["a": true], ["a: absent → true"]),
        DiffCase("a member goes", ["a": nil], [:], ["a: null → absent"]),
        DiffCase("null is not absent", ["a": nil], ["a": 0], ["a: null → 0"]),
        DiffCase("types differ", ["a": "1"], ["a": 1], ["a: \"1\" → 1"]),
        DiffCase("an object becomes a scalar", ["a": ["b": 1]], ["a": 1], ["a: {\"b\":1} → 1"]),
        DiffCase(
            "fields come sorted by path",
            ["b": 1, "a": ["z": 1, "y": 1]],
            ["b": 2, "a": ["z": 2, "y": 2]],
            ["a.y: 1 → 2", "a.z: 1 → 2", "b: 1 → 2"]
        ),
        DiffCase("a plain list is one value", ["a": [1, 2]], ["a": [2, 1]], ["a: [1,2] → [2,1]"]),
        DiffCase(
            "a list of named objects is compared by name",
            ["v": [["name": "warm", "weight": 1], ["name": "dry", "weight": 1]]],
            ["v": [["name": "warm", "weight": 3], ["name": "dry", "weight": 1]]],
            ["v[warm].weight: 1 → 3"]
        ),
        DiffCase(
            "a named element appears and another goes",
            ["v": [["name": "a"], ["name": "b"]]],
            ["v": [["name": "b"], ["name": "c"]]],
            ["v[a]: {\"name\":\"a\"} → absent", "v[c]: absent → {\"name\":\"c\"}"]
        ),
        DiffCase(
            "the order of named elements is part of what a list says",
            ["v": [["name": "a"], ["name": "b"]]],
            ["v": [["name": "b"], ["name": "a"]]],
            ["v: [{\"name\":\"a\"},{\"name\":\"b\"}] → [{\"name\":\"b\"},{\"name\":\"a\"}]"]
        ),
        DiffCase(
            "a name that occurs twice makes a list one value",
            ["v": [["name": "a"], ["name": "a"]]],
            ["v": [["name": "a"]]],
            ["v: [{\"name\":\"a\"},{\"name\":\"a\"}] → [{\"name\":\"a\"}]"]
        ),
        DiffCase("an empty list is not absent", ["v": []], [:], ["v: [] → absent"]),
    ]
}
