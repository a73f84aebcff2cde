import SQLDatabase

/// The statements on `knowledge_documents`. Values come in the order of `DocumentLayout.columns`.
enum DocumentSQL {
    static let insert = """
        INSERT INTO knowledge_documents (tenant, base, path, content_hash, metadata, size) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
        """
    /// Updates or deletes a document that is as planned; see `TableSQL.repairing`.
    static func update(guarding before: [SQLValue]) -> String {
        before.holdReplacements ? repairingUpdate : update
    }
    static func delete(guarding before: [SQLValue]) -> String {
        before.holdReplacements ? repairingDelete : delete
    }

    static let update = update { $0 }
    private static let repairingUpdate = update(TableSQL.repaired)
    private static let delete = delete { $0 }
    private static let repairingDelete = delete(TableSQL.repaired)

    private static func update(_ asRead: (String) -> String) -> String {
        """
        UPDATE knowledge_documents SET content_hash = $1, metadata = $2, size = $3 \
        WHERE tenant = $4 AND base = $5 AND \(asRead("path")) = $6 \
        AND \(asRead("content_hash")) = $7 \
        AND \(asRead("metadata")) IS NOT DISTINCT FROM $8 AND size = $9
        """
    }
    private static func delete(_ asRead: (String) -> String) -> String {
        """
        DELETE FROM knowledge_documents WHERE tenant = $1 AND base = $2 \
        AND \(asRead("path")) = $3 AND \(asRead("content_hash")) = $4 \
        AND \(asRead("metadata")) IS NOT DISTINCT FROM $5 AND size = $6
        """
    }
    static let deleteAll = "DELETE FROM knowledge_documents WHERE tenant = $1 AND base = $2"
}

/// The statements on `prompt_versions`.
enum PromptSQL {
    static let insertVersion = """
        INSERT INTO prompt_versions \
        (tenant, prompt, version, content, digest, revision, created_at) \
        SELECT $1, $2, COALESCE(max(version), 0) + 1, $3, $4, $5, $6 \
        FROM prompt_versions WHERE tenant = $1 AND prompt = $2 \
        HAVING $4 IS DISTINCT FROM (SELECT digest FROM prompt_versions \
        WHERE tenant = $1 AND prompt = $2 ORDER BY version DESC LIMIT 1)
        """
}

/// The statements on `applied_resources`.
enum MarkSQL {
    static let upsert = """
        INSERT INTO applied_resources \
        (tenant, kind, name, content, digest, revision, fleet, applied_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
        ON CONFLICT (tenant, kind, name) DO UPDATE SET content = excluded.content, \
        digest = excluded.digest, revision = excluded.revision, fleet = excluded.fleet, \
        applied_at = excluded.applied_at
        """
    static let delete =
        "DELETE FROM applied_resources WHERE tenant = $1 AND kind = $2 AND name = $3"
}

/// The statements on `tenant_settlements`.
enum SettlementSQL {
    static let upsert = """
        INSERT INTO tenant_settlements (tenant, inputs, revision, settled_at) \
        VALUES ($1, $2, $3, $4) \
        ON CONFLICT (tenant) DO UPDATE SET inputs = excluded.inputs, \
        revision = excluded.revision, settled_at = excluded.settled_at
        """
    static let delete = "DELETE FROM tenant_settlements WHERE tenant = $1"
}
