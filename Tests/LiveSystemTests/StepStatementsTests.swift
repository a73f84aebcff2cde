import ClaraModel
import Planning
import SQLDatabase
import Testing

@testable import LiveSystem

/// Steps as statements, looked at without a database.
@Suite struct StepStatementsTests {
    private func statements(_ step: Step) throws -> [GuardedStatement] {
        try StepStatements(step, by: .first).statements
    }

    @Test("a creation inserts a row where there is none, and its mark")
    func creation() throws {
        let statements = try statements(.create(.quota, Sample.quota))
        #expect(statements.count == 2)
        #expect(statements[0].statement.sql.hasPrefix(#"INSERT INTO quotas ("tenant", "name", "#))
        #expect(statements[0].statement.sql.hasSuffix("ON CONFLICT DO NOTHING"))
        #expect(statements[0].expects == .exactly(1))
        #expect(statements[0].subject == "acme/Quota/default")
        #expect(statements[0].statement.arguments.prefix(3) == ["acme", "default", .real(12.5)])
        #expect(statements[1].statement.sql == MarkSQL.upsert)
        #expect(
            statements[1].statement.arguments == [
                "acme", "Quota", "default", .text(Sample.quota.text),
                .text(Sample.quota.digest.description), "main@sha1:1", "agency",
                "2026-11-23T14:00:00Z",
            ]
        )
    }

    @Test("an update compares every column with what was observed")
    func update() throws {
        let statements = try statements(.update(.quota, from: Sample.quota, to: Sample.quota))
        let sql = statements[0].statement.sql
        for column in TableLayout.of(.quota).columns {
            #expect(sql.contains("\"\(column.name)\" IS NOT DISTINCT FROM $"))
        }
        #expect(statements[0].expects == .exactly(1))
    }

    @Test("parameters first appear in their order", arguments: Kind.allCases)
    func parameterOrder(_ kind: Kind) {
        let sql = TableSQL.of(kind)
        for text in [sql.insert, sql.update, sql.delete] {
            let numbers = text.split(separator: "$").dropFirst().compactMap { part in
                Int(part.prefix { $0.isNumber })
            }
            let first = numbers.reduce(into: [Int]()) { seen, number in
                if !seen.contains(number) { seen.append(number) }
            }
            #expect(first == Array(1...first.count), "\(text)")
        }
    }

    @Test("the deletion of a lost row removes the mark, notes that, and does nothing else")
    func lostRow() throws {
        let statements = try statements(.delete(.quota, nil))
        #expect(statements.map(\.statement.sql) == [MarkSQL.delete, FeedSQL.note])
    }

    @Test("documents are changed one by one, and only those that differ")
    func documents() throws {
        let after = Sample.content([
            "sources": [["glob": "knowledge/**"]],
            "documents": [
                "knowledge/a.md": ["contentHash": "git:aa", "size": 10],
                "knowledge/b.md": ["contentHash": "git:b2", "size": 20],
                "knowledge/c.md": ["contentHash": "git:cc", "size": 30],
            ],
        ])
        let changed = try statements(.update(.base, from: Sample.base, to: after))
        #expect(
            changed.map(\.statement.sql) == [
                TableSQL.of(.knowledgeBase).update, DocumentSQL.update, DocumentSQL.insert,
                MarkSQL.upsert, FeedSQL.note,
            ]
        )
        #expect(
            changed[1].statement.arguments == [
                "git:b2", .null, .integer(20), "acme", "facts", "knowledge/b.md", "git:bb",
                #"{"kind":"menu"}"#, .integer(20),
            ]
        )
    }

    @Test("a content of another kind is an error of its resource")
    func malformed() {
        #expect(throws: StoreError.malformedContent(.quota, byte: 1)) {
            try statements(.create(.quota, Sample.tenant))
        }
    }
}

extension SQLValue: ExpressibleByStringLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
}
