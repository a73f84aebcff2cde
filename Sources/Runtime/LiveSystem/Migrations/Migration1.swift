import SQLDatabase

/// The tables of a store.
///
/// A kind's table has the fields of its spec as columns (`docs/manifest-reference.md`): nested
/// fields are joined by underscores, lists and mappings and references to secrets are JSON, and
/// what a manifest does not say is NULL. There are no checks on words such as `state`: what
/// somebody writes there by hand must be visible as drift.
let migration1 = Migration(
    version: 1,
    name: "live state",
    sql: """
        CREATE TABLE clients (
            tenant       TEXT NOT NULL PRIMARY KEY,
            labels       TEXT,                -- JSON object
            display_name TEXT NOT NULL,
            timezone     TEXT,
            state        TEXT,                -- active (also where NULL) | paused
            profile      TEXT,
            owners       TEXT,                -- JSON list of e-mail addresses
            retention    TEXT
        ) STRICT;

        CREATE TABLE credentials (
            tenant                     TEXT NOT NULL REFERENCES clients (tenant),
            name                       TEXT NOT NULL,
            labels                     TEXT,
            provider                   TEXT NOT NULL,  -- x | openai
            account                    TEXT,
            -- references to secrets, never secrets: {"env":"ACME_X_KEY"} or {"file":"x-key"}
            oauth1_consumer_key        TEXT,
            oauth1_consumer_secret     TEXT,
            oauth1_access_token        TEXT,
            oauth1_access_token_secret TEXT,
            oauth2_client_id           TEXT,
            oauth2_client_secret       TEXT,
            oauth2_refresh_token       TEXT,
            api_key                    TEXT,
            base_url                   TEXT,
            PRIMARY KEY (tenant, name)
        ) STRICT;

        CREATE TABLE quotas (
            tenant               TEXT NOT NULL REFERENCES clients (tenant),
            name                 TEXT NOT NULL,
            labels               TEXT,
            posts_per_hour       INTEGER,
            posts_per_day        INTEGER,
            posts_per_month      INTEGER,
            requests_rate        TEXT,
            requests_burst       INTEGER,
            tokens_per_day       INTEGER,
            budget_usd_per_month REAL,
            PRIMARY KEY (tenant, name)
        ) STRICT;

        CREATE TABLE knowledge_bases (
            tenant               TEXT NOT NULL REFERENCES clients (tenant),
            name                 TEXT NOT NULL,
            labels               TEXT,
            sources              TEXT NOT NULL,        -- JSON list of {"glob":…,"metadata":…}
            chunking_tokens      INTEGER,
            chunking_overlap     INTEGER,
            embedding_provider   TEXT,
            embedding_model      TEXT,
            embedding_dimensions INTEGER,
            embedding_credential TEXT,
            PRIMARY KEY (tenant, name)
        ) STRICT;

        CREATE TABLE knowledge_documents (
            tenant       TEXT NOT NULL,
            base         TEXT NOT NULL,
            path         TEXT NOT NULL,
            content_hash TEXT NOT NULL,
            size         INTEGER NOT NULL,             -- bytes
            metadata     TEXT,                         -- JSON object
            PRIMARY KEY (tenant, base, path),
            FOREIGN KEY (tenant, base) REFERENCES knowledge_bases (tenant, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE prompts (
            tenant                  TEXT NOT NULL REFERENCES clients (tenant),
            name                    TEXT NOT NULL,
            version                 INTEGER NOT NULL DEFAULT 0,  -- the active row of prompt_versions
            labels                  TEXT,
            system                  TEXT NOT NULL,
            template                TEXT NOT NULL,
            variables               TEXT,              -- JSON object
            model_name              TEXT,
            model_temperature       REAL,
            model_max_output_tokens INTEGER,
            model_credential        TEXT,
            output_language         TEXT,
            output_max_links        INTEGER,
            output_banned_phrases   TEXT,              -- JSON list
            variants                TEXT,              -- JSON list of objects
            knowledge_base          TEXT,
            knowledge_top_k         INTEGER,
            knowledge_min_score     REAL,
            knowledge_filter        TEXT,              -- JSON object
            PRIMARY KEY (tenant, name)
        ) STRICT;

        CREATE TABLE prompt_versions (
            tenant     TEXT NOT NULL,
            prompt     TEXT NOT NULL,
            version    INTEGER NOT NULL,
            content    TEXT NOT NULL,                  -- canonical JSON
            digest     TEXT NOT NULL,                  -- sha256:… of it
            revision   TEXT NOT NULL,
            created_at TEXT NOT NULL,
            PRIMARY KEY (tenant, prompt, version)
        ) STRICT;

        CREATE TRIGGER prompt_versions_are_never_changed BEFORE UPDATE ON prompt_versions BEGIN
            SELECT RAISE(ABORT, 'prompt_versions is append-only: write a new version instead');
        END;

        -- A client who is gone may be forgotten; before that, history stays.
        CREATE TRIGGER prompt_versions_outlive_prompts BEFORE DELETE ON prompt_versions
        WHEN EXISTS (SELECT 1 FROM clients WHERE tenant = OLD.tenant) BEGIN
            SELECT RAISE(ABORT, 'prompt_versions is append-only while its client exists');
        END;

        CREATE TABLE schedules (
            tenant            TEXT NOT NULL REFERENCES clients (tenant),
            name              TEXT NOT NULL,
            labels            TEXT,
            timezone          TEXT,
            slots             TEXT,                    -- JSON list
            cron              TEXT,
            jitter            TEXT,
            quiet_hours       TEXT,                    -- JSON list
            blackout          TEXT,                    -- JSON list
            start             TEXT,
            "end"             TEXT,
            prompt            TEXT NOT NULL,
            credential        TEXT NOT NULL,
            approval          TEXT,
            misfire_grace     TEXT,
            misfire_catch_up  TEXT,
            -- kept by Clara, no part of the manifest: the time that the rows in slots cover, and a
            -- fingerprint of them that tells whether somebody else changed one
            slots_from        TEXT,
            slots_until       TEXT,
            slots_fingerprint INTEGER,
            PRIMARY KEY (tenant, name)
        ) STRICT;

        -- One row for every post, past and to come. It refers to no schedule: what was posted stays
        -- known after its schedule is gone. The checks hold for times that exist ('+0 days' makes
        -- 31 February another day).
        CREATE TABLE slots (
            tenant     TEXT NOT NULL,
            schedule   TEXT NOT NULL,
            local_time TEXT NOT NULL                   -- 2026-11-23T09:00, in the schedule's zone
                CHECK (strftime('%Y-%m-%dT%H:%M', local_time, '+0 days') IS local_time),
            occurrence INTEGER NOT NULL DEFAULT 0      -- 1 where clocks go back and it comes again
                CHECK (occurrence IN (0, 1)),
            fires_at   TEXT NOT NULL                   -- 2026-11-23T14:00:00Z
                CHECK (strftime('%Y-%m-%dT%H:%M:%SZ', fires_at, '+0 days') IS fires_at),
            state      TEXT NOT NULL DEFAULT 'planned',
            reason     TEXT,
            PRIMARY KEY (tenant, schedule, local_time, occurrence)
        ) STRICT, WITHOUT ROWID;

        -- Holds all that an observation reads of a slot, so that years of past posts cost nothing.
        CREATE INDEX slots_by_due ON slots (fires_at, state);

        -- What Clara last wrote. It is kept apart from the rows, so that a row that somebody deletes
        -- is missed.
        CREATE TABLE applied_resources (
            tenant     TEXT NOT NULL,
            kind       TEXT NOT NULL,
            name       TEXT NOT NULL,
            content    TEXT NOT NULL,                  -- canonical JSON
            digest     TEXT NOT NULL,                  -- sha256:… of it
            revision   TEXT NOT NULL,
            fleet      TEXT NOT NULL,
            applied_at TEXT NOT NULL,
            PRIMARY KEY (tenant, kind, name)
        ) STRICT;

        -- The inputs of the last apply that left nothing of a tenant undone.
        CREATE TABLE tenant_settlements (
            tenant     TEXT NOT NULL PRIMARY KEY,
            inputs     TEXT NOT NULL,                  -- sha256:…
            revision   TEXT NOT NULL,
            settled_at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE conditions (
            tenant               TEXT NOT NULL,
            type                 TEXT NOT NULL,        -- Ready | Reconciling | Stalled | Drifted
            status               TEXT NOT NULL,        -- True | False | Unknown
            reason               TEXT NOT NULL,
            message              TEXT NOT NULL,
            last_transition_time TEXT NOT NULL,
            observed_revision    TEXT NOT NULL,
            PRIMARY KEY (tenant, type)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE fleets (
            name       TEXT NOT NULL PRIMARY KEY,
            revision   TEXT NOT NULL,
            applied_at TEXT NOT NULL
        ) STRICT;
        """
)
