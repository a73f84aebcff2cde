import ClaraModel
import Planning
import SQLDatabase

/// The guarded statements that note overrides, and forget those that have ended.
enum OverrideStatements {
    /// Each statement with the resource that it is about.
    static func of(_ change: OverrideChange) -> [(ResourceAddress, GuardedStatement)] {
        change.ended.map { guarded($0, OverrideSQL.delete, $0.key) }
            + change.begun.map { guarded($0, OverrideSQL.upsert, $0.values) }
    }

    private static func guarded(
        _ override: Override,
        _ sql: String,
        _ values: [SQLValue]
    ) -> (ResourceAddress, GuardedStatement) {
        let statement = GuardedStatement(
            SQLStatement(sql, values),
            expects: .exactly(1),
            subject: override.address.description
        )
        return (override.address, statement)
    }
}
