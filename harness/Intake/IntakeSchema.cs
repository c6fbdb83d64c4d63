namespace Touchstone.Harness.Intake;

/// <summary>
/// The tables. This file cannot be made again from others, so a new version is a further step, and steps never change.
/// </summary>
internal static class IntakeSchema
{
    /// <summary>Step n brings a file from version n to n + 1; the file's <c>user_version</c> says where it stands.</summary>
    public static IReadOnlyList<string> Steps { get; } = [First, PutOff, Served, Subjects];

    // Whose turn it is: by when they came, and those that were put off by when they may be tried again.
    private const string PutOff = """
        ALTER TABLE attempt ADD COLUMN put_off INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE attempt ADD COLUMN not_before TEXT;
        ALTER TABLE attempt ADD COLUMN waits_because TEXT;
        DROP INDEX attempt_waiting;
        CREATE INDEX attempt_waiting ON attempt (coalesce(not_before, created_at), number) WHERE state = 'Waiting';
        """;

    // Whose turn it is, also while attempts are put off, and what is in hand, without a walk over all that ever was.
    private const string Served = """
        ALTER TABLE attempt ADD COLUMN served_at TEXT;
        UPDATE attempt SET served_at = started_at;
        CREATE INDEX attempt_served ON attempt (team_id, served_at);
        CREATE INDEX attempt_in_hand ON attempt (team_id) WHERE ended_at IS NULL;
        CREATE INDEX attempt_sent ON attempt (team_id, created_at);
        """;

    // What was done with one thing, and a token's sessions, without a walk over all that ever was.
    private const string Subjects = """
        CREATE INDEX audit_of_subject ON audit (subject, number);
        CREATE INDEX session_of_token ON session (token_id);
        """;

    private const string First = """
        CREATE TABLE team (
            id             TEXT NOT NULL PRIMARY KEY,
            name           TEXT NOT NULL,
            name_key       TEXT NOT NULL UNIQUE,
            members        TEXT NOT NULL CHECK (json_valid(members)),
            created_at     TEXT NOT NULL,
            barred_because TEXT
        ) STRICT;

        CREATE TABLE invitation (
            id         TEXT NOT NULL PRIMARY KEY,
            hash       BLOB NOT NULL CHECK (length(hash) = 32),
            note       TEXT NOT NULL,
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            team_id    TEXT UNIQUE REFERENCES team
        ) STRICT;

        CREATE TABLE token (
            id           TEXT NOT NULL PRIMARY KEY,
            hash         BLOB NOT NULL CHECK (length(hash) = 32),
            team_id      TEXT REFERENCES team,
            name         TEXT NOT NULL,
            scopes       INTEGER NOT NULL CHECK (scopes BETWEEN 1 AND 7),
            created_at   TEXT NOT NULL,
            expires_at   TEXT,
            last_used_at TEXT,
            revoked_at   TEXT,
            CHECK (team_id IS NULL OR scopes & 4 = 0)
        ) STRICT;
        CREATE INDEX token_of_team ON token (team_id);

        CREATE TABLE session (
            id         TEXT NOT NULL PRIMARY KEY,
            hash       BLOB NOT NULL CHECK (length(hash) = 32),
            token_id   TEXT NOT NULL REFERENCES token,
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX session_by_expiry ON session (expires_at);

        CREATE TABLE upload (
            id         TEXT NOT NULL PRIMARY KEY,
            team_id    TEXT NOT NULL REFERENCES team,
            challenge  TEXT NOT NULL,
            file_name  TEXT NOT NULL,
            length     INTEGER NOT NULL CHECK (length > 0),
            offset     INTEGER NOT NULL CHECK (offset BETWEEN 0 AND length),
            sha256     TEXT CHECK (sha256 IS NULL OR offset = length),
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX upload_of_team ON upload (team_id);
        CREATE INDEX upload_by_expiry ON upload (expires_at);
        CREATE INDEX upload_by_content ON upload (sha256) WHERE sha256 IS NOT NULL;

        CREATE TABLE attempt (
            number          INTEGER PRIMARY KEY AUTOINCREMENT,
            id              TEXT NOT NULL UNIQUE,
            team_id         TEXT NOT NULL REFERENCES team,
            challenge       TEXT NOT NULL,
            phase           TEXT NOT NULL,
            draft           TEXT NOT NULL CHECK (json_valid(draft)),
            archive_sha256  TEXT,
            archive_name    TEXT,
            reference       TEXT,
            idempotency_key TEXT,
            request_sha256  TEXT NOT NULL,
            state           TEXT NOT NULL CHECK (state IN (
                'Waiting', 'Checking', 'Running', 'Finished', 'Rejected', 'Cancelled', 'Failed')),
            created_at      TEXT NOT NULL,
            started_at      TEXT,
            ended_at        TEXT,
            submission_id   TEXT,
            cases           INTEGER,
            cases_done      INTEGER NOT NULL DEFAULT 0,
            fault_code      TEXT,
            fault_text      TEXT,
            operator_text   TEXT,
            worker          TEXT,
            fence           INTEGER NOT NULL DEFAULT 0,
            lost            INTEGER NOT NULL DEFAULT 0,
            lease_until     TEXT,
            UNIQUE (team_id, idempotency_key),
            CHECK ((archive_sha256 IS NULL) <> (reference IS NULL)),
            CHECK ((lease_until IS NOT NULL) = (state IN ('Checking', 'Running'))),
            CHECK ((ended_at IS NOT NULL) = (state IN ('Finished', 'Rejected', 'Cancelled', 'Failed')))
        ) STRICT;
        CREATE INDEX attempt_waiting ON attempt (number) WHERE state = 'Waiting';
        CREATE INDEX attempt_leased ON attempt (lease_until) WHERE lease_until IS NOT NULL;
        CREATE INDEX attempt_of_team ON attempt (team_id, challenge);
        CREATE INDEX attempt_of_archive ON attempt (archive_sha256) WHERE archive_sha256 IS NOT NULL;
        CREATE INDEX attempt_of_submission ON attempt (submission_id) WHERE submission_id IS NOT NULL;

        CREATE TABLE quota_grant (
            number    INTEGER PRIMARY KEY AUTOINCREMENT,
            team_id   TEXT NOT NULL REFERENCES team,
            challenge TEXT NOT NULL,
            phase     TEXT NOT NULL,
            quota     TEXT CHECK (quota IS NULL OR json_valid(quota)),
            reason    TEXT NOT NULL,
            at        TEXT NOT NULL
        ) STRICT;
        CREATE INDEX quota_grant_of_team ON quota_grant (team_id, challenge);

        CREATE TABLE errand (
            number   INTEGER PRIMARY KEY AUTOINCREMENT,
            dataset  TEXT NOT NULL,
            asked_by TEXT NOT NULL,
            asked_at TEXT NOT NULL,
            ended_at TEXT,
            report   TEXT,
            CHECK ((ended_at IS NULL) = (report IS NULL))
        ) STRICT;
        CREATE INDEX errand_open ON errand (number) WHERE ended_at IS NULL;

        CREATE TABLE audit (
            number  INTEGER PRIMARY KEY AUTOINCREMENT,
            at      TEXT NOT NULL,
            actor   TEXT NOT NULL,
            action  TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail  TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        """;
}
