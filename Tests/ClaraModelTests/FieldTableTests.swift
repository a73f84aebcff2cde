import ClaraModel
import TestSupport
import Testing

@Suite("The field tables")
struct FieldTableTests {
    @Test("read and write every value of every kind", arguments: Kind.allCases)
    func roundTrip(_ kind: Kind) throws {
        var random = SplitMix64(seed: SplitMix64.seed)
        for _ in 0..<300 {
            let json = JSONValue.fitting(kind.specSchema, using: &random)
            let back = try ResourceSpec(kind, json: json).json
            #expect(CanonicalJSON(back) == CanonicalJSON(json), "seed \(SplitMix64.seed)")
        }
    }

    @Test("read and write every value of the fleet")
    func fleet() throws {
        var random = SplitMix64(seed: SplitMix64.seed)
        for _ in 0..<300 {
            let json = JSONValue.fitting(FleetSpec.schema, using: &random)
            #expect(
                CanonicalJSON(try FleetSpec(json: json).json) == CanonicalJSON(json),
                "seed \(SplitMix64.seed)"
            )
        }
    }

    private static let tables: [(name: String, object: ObjectSchema)] =
        Kind.allCases.map { ($0.rawValue, $0.specSchema) } + [
            ("Fleet", ObjectSchema(FleetSpec.fields.map(\.schema))),
            ("Policy", ObjectSchema(PolicySpec.fields.map(\.schema))),
        ]

    /// Every table, also of objects inside of fields.
    private static func all(_ object: ObjectSchema) -> [ObjectSchema] {
        [object] + object.fields.flatMap { all($0.schema) }
    }

    private static func all(_ schema: Schema) -> [ObjectSchema] {
        switch schema {
        case .object(let object): all(object)
        case .list(let element), .map(let element): all(element)
        case .boolean, .integer, .number, .text, .choice, .secret, .scalar, .anything: []
        }
    }

    @Test("name every field once", arguments: tables.map(\.name))
    func unique(_ name: String) throws {
        let table = try #require(Self.tables.first { $0.name == name })
        for object in Self.all(table.object) {
            #expect(Set(object.fields.map(\.name)).count == object.fields.count)
        }
    }

    @Test("say of every field what it is, in a sentence", arguments: tables.map(\.name))
    func summaries(_ name: String) throws {
        let table = try #require(Self.tables.first { $0.name == name })
        for field in Self.all(table.object).flatMap(\.fields) {
            #expect(field.summary.hasSuffix("."), "\(name): \(field.name)")
            #expect(field.summary.first?.isLowercase == false, "\(name): \(field.name)")
        }
    }

    @Test("accept their own examples", arguments: tables.map(\.name))
    func examples(_ name: String) throws {
        let table = try #require(Self.tables.first { $0.name == name })
        for case .text(let format) in Self.all(table.object).flatMap(\.fields).map(\.schema) {
            for example in format.examples {
                #expect(format.problem(example) == nil, "\(format.name): \(example)")
            }
        }
    }

    @Test("name the path of a value that does not fit")
    func mismatch() {
        let json: JSONValue = ["slots": ["Mon 09:00", 5], "prompt": "a", "credential": "b"]
        let error = #expect(throws: SpecMismatch.self) { try ScheduleSpec(json: json) }
        #expect(error?.path == ["slots", "1"])
        let missing = #expect(throws: SpecMismatch.self) { try ScheduleSpec(json: [:]) }
        #expect(missing?.path == ["prompt"])
    }
}
