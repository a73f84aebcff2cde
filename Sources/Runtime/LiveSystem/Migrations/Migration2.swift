import SQLDatabase

/// Who may write, what was done, what moved, and the orders of people that stand beside git.
let migration2 = Migration(
    version: 2,
    name: "trust",
    sql: tables + feedTriggers.map(\.sql).joined(separator: "\n\n")
)

private let tables = """
    -- What tells this store from a copy of its schema, and what plans made on it are sealed with.
    CREATE TABLE store_identity (
        one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
        id       TEXT NOT NULL,
        plan_key TEXT NOT NULL                     -- 32 bytes in hexadecimal
    ) STRICT;

    -- Who may write. A token is given once and never again; whoever writes with an earlier one than
    -- the row's is too late. A free lock keeps its row, and so its token, without a holder.
    CREATE TABLE locks (
        name        TEXT NOT NULL PRIMARY KEY,
        token       INTEGER NOT NULL,
        holder      TEXT,                          -- a person or service
        host        TEXT,
        process     TEXT,                          -- tells whether the process still runs
        operation   TEXT,
        acquired_at TEXT,
        renewed_at  TEXT,
        expires_at  TEXT
    ) STRICT;

    -- What was ordered: written before anything is done.
    CREATE TABLE operations (
        seq               INTEGER PRIMARY KEY AUTOINCREMENT,  -- their order, whatever clocks say
        id                TEXT NOT NULL UNIQUE,
        kind              TEXT NOT NULL,           -- apply | heal | rollback | override | restore
        actor             TEXT NOT NULL,
        host              TEXT NOT NULL,
        fleet             TEXT NOT NULL,
        revision          TEXT NOT NULL,
        previous_revision TEXT,
        plan_digest       TEXT,
        state             TEXT NOT NULL,           -- running | done | partial | failed | interrupted
        started_at        TEXT NOT NULL,
        finished_at       TEXT,
        detail            TEXT,
        -- counted when it ends
        steps             INTEGER NOT NULL,
        steps_done        INTEGER NOT NULL DEFAULT 0,
        steps_failed      INTEGER NOT NULL DEFAULT 0,
        steps_stale       INTEGER NOT NULL DEFAULT 0,
        steps_skipped     INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    CREATE TABLE operation_steps (
        operation  TEXT NOT NULL,
        position   INTEGER NOT NULL,               -- in the order of the plan, from 0
        tenant     TEXT NOT NULL,
        kind       TEXT NOT NULL,
        name       TEXT NOT NULL,
        action     TEXT NOT NULL,
        reason     TEXT NOT NULL,
        state      TEXT NOT NULL,                  -- planned | started | done | failed | skipped | stale
        changed_at TEXT,
        detail     TEXT,
        PRIMARY KEY (operation, position)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX operation_steps_by_tenant ON operation_steps (tenant);

    -- The operation in whose name the open transaction writes. Whoever knows nothing of it, such as
    -- a person with a shell, writes in nobody's: every transaction of Clara's leaves NULL here.
    CREATE TABLE change_context (
        one       INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
        operation TEXT
    ) STRICT;

    INSERT INTO change_context (one, operation) VALUES (1, NULL);

    -- Every change of a row, whoever made it. Slots and documents stand under what owns them.
    CREATE TABLE change_feed (
        seq        INTEGER PRIMARY KEY AUTOINCREMENT,
        tenant     TEXT NOT NULL,
        kind       TEXT NOT NULL,
        name       TEXT NOT NULL,
        source     TEXT NOT NULL,                  -- the table
        action     TEXT NOT NULL,                  -- insert | update | delete
        operation  TEXT,                           -- NULL: by hand
        changed_at TEXT NOT NULL
    ) STRICT;

    CREATE INDEX change_feed_by_tenant ON change_feed (tenant);

    -- What must not go away, by order of a person.
    CREATE TABLE protections (
        tenant     TEXT NOT NULL,
        kind       TEXT NOT NULL,                  -- Tenant: everything that the tenant has
        name       TEXT NOT NULL,
        reason     TEXT NOT NULL,
        ordered_by TEXT NOT NULL,
        since      TEXT NOT NULL,
        PRIMARY KEY (tenant, kind, name)
    ) STRICT;

    -- Tenants whose folder is gone, kept for their retention.
    CREATE TABLE retirements (
        tenant      TEXT NOT NULL PRIMARY KEY,
        since       TEXT NOT NULL,
        purge_after TEXT NOT NULL,
        revision    TEXT NOT NULL,
        content     TEXT NOT NULL                  -- of the client before: canonical JSON
    ) STRICT;

    -- Changes of one field by order of a person, for a while.
    CREATE TABLE overrides (
        tenant     TEXT NOT NULL,
        kind       TEXT NOT NULL,
        name       TEXT NOT NULL,
        path       TEXT NOT NULL,                  -- JSON list: ["posts","perDay"]
        value      TEXT,                           -- JSON; NULL takes the field away
        reason     TEXT NOT NULL,
        ordered_by TEXT NOT NULL,
        since      TEXT NOT NULL,
        until      TEXT NOT NULL,
        PRIMARY KEY (tenant, kind, name, path)
    ) STRICT;

    -- Fleets that stay at a revision until their branch has a newer head than `head`.
    CREATE TABLE pins (
        fleet      TEXT NOT NULL PRIMARY KEY,
        revision   TEXT NOT NULL,
        commit_id  TEXT NOT NULL,
        head       TEXT NOT NULL,
        reason     TEXT NOT NULL,
        ordered_by TEXT NOT NULL,
        since      TEXT NOT NULL
    ) STRICT;

    -- What people should know; a repeat is counted, not repeated.
    CREATE TABLE events (
        seq      INTEGER PRIMARY KEY AUTOINCREMENT,
        at       TEXT NOT NULL,
        last_at  TEXT NOT NULL,
        count    INTEGER NOT NULL,
        tenant   TEXT NOT NULL,                    -- empty: the fleet
        type     TEXT NOT NULL,                    -- Normal | Warning
        reason   TEXT NOT NULL,
        message  TEXT NOT NULL,
        revision TEXT NOT NULL
    ) STRICT;

    CREATE UNIQUE INDEX events_by_text ON events (tenant, reason, message);
    CREATE INDEX events_by_time ON events (last_at);


    """

/// What the feed learns of each table. Columns that Clara or the engine keeps for itself are left
/// out; the words are part of a released migration and never change.
private let feedTriggers: [FeedTrigger] = [
    FeedTrigger(
        "clients",
        of: "'Tenant'",
        name: "tenant",
        noticing: "labels display_name timezone state profile owners retention"
    ),
    FeedTrigger(
        "credentials",
        of: "'Credential'",
        noticing: """
            labels provider account oauth1_consumer_key oauth1_consumer_secret \
            oauth1_access_token oauth1_access_token_secret oauth2_client_id oauth2_client_secret \
            oauth2_refresh_token api_key base_url
            """
    ),
    FeedTrigger(
        "quotas",
        of: "'Quota'",
        noticing: """
            labels posts_per_hour posts_per_day posts_per_month requests_rate requests_burst \
            tokens_per_day budget_usd_per_month
            """
    ),
    FeedTrigger(
        "knowledge_bases",
        of: "'KnowledgeBase'",
        noticing: """
            labels sources chunking_tokens chunking_overlap embedding_provider embedding_model \
            embedding_dimensions embedding_credential
            """
    ),
    FeedTrigger(
        "prompts",
        of: "'Prompt'",
        noticing: """
            labels system template variables model_name model_temperature model_max_output_tokens \
            model_credential output_language output_max_links output_banned_phrases variants \
            knowledge_base knowledge_top_k knowledge_min_score knowledge_filter
            """
    ),
    FeedTrigger(
        "schedules",
        of: "'Schedule'",
        noticing: """
            labels timezone slots cron jitter quiet_hours blackout start "end" prompt credential \
            approval misfire_grace misfire_catch_up
            """
    ),
    // Who edits the notes on slots by hand hides or fakes an edit of slots.
    FeedTrigger(
        "schedules",
        called: "schedules_slot_notes",
        of: "'Schedule'",
        noticing: "slots_from slots_until slots_fingerprint",
        .byHand,
        on: [.update]
    ),
    // A hundred rows change with one schedule; under an operation the schedule's own row says it.
    FeedTrigger(
        "slots",
        of: "'Schedule'",
        name: "schedule",
        noticing: "local_time occurrence fires_at",
        .byHand
    ),
    FeedTrigger(
        "knowledge_documents",
        of: "'KnowledgeBase'",
        name: "base",
        noticing: "path content_hash size metadata",
        .byHand
    ),
    FeedTrigger(
        "applied_resources",
        of: "kind",
        noticing: "content digest revision fleet applied_at",
        .byHand
    ),
    FeedTrigger(
        "tenant_settlements",
        of: "'Tenant'",
        name: "tenant",
        noticing: "inputs revision settled_at",
        .byHand
    ),
    FeedTrigger("protections", of: "kind", noticing: "reason ordered_by since"),
    FeedTrigger(
        "retirements",
        of: "'Tenant'",
        name: "tenant",
        noticing: "since purge_after revision content"
    ),
    FeedTrigger("overrides", of: "kind", noticing: "path value reason ordered_by since until"),
]
