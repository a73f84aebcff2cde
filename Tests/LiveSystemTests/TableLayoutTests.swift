import ClaraModel
import Testing

@testable import LiveSystem

/// The tables are written by hand; the field tables say what must be in them.
@Suite struct TableLayoutTests {
    /// What a table has beside its content.
    private static let engine: [Kind: Set<String>] = [
        .prompt: ["version"], .schedule: ["slots_from", "slots_until", "slots_fingerprint"],
    ]

    @Test("a kind's table has a column for every field and no other", arguments: Kind.allCases)
    func columns(_ kind: Kind) async throws {
        try await TemporaryStore.with { temporary, _ in
            let layout = TableLayout.of(kind)
            let found = try await temporary.rows(
                "SELECT name, type FROM pragma_table_info('\(layout.table)')"
            )
            let expected =
                layout.keys.map { ($0, "TEXT") }
                + layout.columns.map { ($0.name, Self.type($0.form)) }
                + Self.engine[kind, default: []].map {
                    ($0, $0 == "version" || $0 == "slots_fingerprint" ? "INTEGER" : "TEXT")
                }
            #expect(Set(found) == Set(expected.map { [$0.0, $0.1] }))
            #expect(found.count == expected.count, "two fields share a column")
        }
    }

    private static func type(_ form: TableLayout.Form) -> String {
        switch form {
        case .text, .json: "TEXT"
        case .integer, .boolean: "INTEGER"
        case .real: "REAL"
        }
    }

    @Test(
        "a field's name becomes a column's",
        arguments: [
            ("displayName", "display_name"), ("clientID", "client_id"), ("baseURL", "base_url"),
            ("usdPerMonth", "usd_per_month"), ("topK", "top_k"), ("oauth1", "oauth1"),
            ("maxOutputTokens", "max_output_tokens"), ("URLPath", "url_path"), ("end", "end"),
        ]
    )
    func names(_ field: String, _ column: String) {
        #expect(snakeCase(field) == column)
    }

    @Test("no field of its own column is a bare scalar, whose text could not be told from JSON")
    func noScalars() {
        for kind in Kind.allCases {
            for field in kind.specSchema.fields {
                if case .scalar = field.schema { Issue.record("\(kind) \(field.name)") }
            }
        }
    }
}
