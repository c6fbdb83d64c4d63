namespace Touchstone.Leaderboard.Store;

/// <summary>
/// The tables. STRICT, so that a number stays a number; keys make a second score of a case impossible.
/// </summary>
internal static class Schema
{
    /// <summary>
    /// Written into the file; an older store is emptied and filled again from the result files, never migrated. It rises with
    /// the tables, and whenever <see cref="RowText.Digest(Results.CaseResult)"/> gives another text for the same result.
    /// </summary>
    public const int Version = 7;

    /// <summary>Takes every table away, those first that lean on others.</summary>
    public const string Drop = """
        DROP TABLE IF EXISTS output;
        DROP TABLE IF EXISTS score;
        DROP TABLE IF EXISTS result;
        DROP TABLE IF EXISTS import;
        DROP TABLE IF EXISTS source_file;
        DROP TABLE IF EXISTS entry;
        """;

    /// <summary>Statements that make an empty store.</summary>
    public const string Create = """
        CREATE TABLE entry (
            id          TEXT NOT NULL PRIMARY KEY,
            sha256      TEXT NOT NULL,
            team        TEXT NOT NULL,
            name        TEXT NOT NULL,
            challenge   TEXT NOT NULL,
            phase       TEXT,
            is_baseline INTEGER NOT NULL CHECK (is_baseline IN (0, 1)),
            image       TEXT NOT NULL,
            layout      TEXT NOT NULL,
            command     TEXT NOT NULL CHECK (json_valid(command)),
            received_at TEXT NOT NULL,
            origin      TEXT NOT NULL,
            trained_on  TEXT CHECK (trained_on IS NULL OR json_valid(trained_on))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE result (
            entry_id              TEXT NOT NULL REFERENCES entry (id),
            dataset               TEXT NOT NULL,
            case_id               TEXT NOT NULL,
            sha256                TEXT NOT NULL,
            schema                INTEGER NOT NULL,
            pseudonym             TEXT NOT NULL,
            ct_sha256             TEXT NOT NULL,
            ending                TEXT NOT NULL,
            ending_detail         TEXT NOT NULL,
            exit_code             INTEGER,
            limit_wall_seconds    REAL NOT NULL,
            limit_memory_bytes    INTEGER NOT NULL,
            limit_cpus            REAL NOT NULL,
            limit_process_count   INTEGER NOT NULL,
            limit_output_bytes    INTEGER NOT NULL,
            limit_gpu             INTEGER NOT NULL CHECK (limit_gpu IN (0, 1)),
            limit_as_root         INTEGER NOT NULL CHECK (limit_as_root IN (0, 1)),
            started_at            TEXT NOT NULL,
            run_seconds           REAL NOT NULL,
            set_up_seconds        REAL NOT NULL,
            collect_seconds       REAL NOT NULL,
            score_seconds         REAL NOT NULL,
            cpu_seconds           REAL,
            peak_memory_bytes     INTEGER,
            peak_anonymous_bytes  INTEGER,
            disk_read_bytes       INTEGER,
            create_seconds        REAL,
            start_seconds         REAL,
            timing_protocol       TEXT CHECK (timing_protocol IN ('per-case', 'batch')),
            batch_cases           INTEGER,
            warm_up_seconds       REAL,
            machine_engine        TEXT NOT NULL,
            machine_cpu           TEXT NOT NULL,
            machine_cores         INTEGER NOT NULL,
            machine_memory_bytes  INTEGER NOT NULL,
            machine_gpu           TEXT,
            machine_os            TEXT NOT NULL,
            machine_gpu_driver    TEXT,
            machine_cuda          TEXT,
            machine_cpu_set       TEXT,
            gpu_use               TEXT CHECK (gpu_use IS NULL OR json_valid(gpu_use)),
            protocol              TEXT NOT NULL,
            tolerance_mm          REAL NOT NULL,
            reference_version     INTEGER,
            reference_sha256      TEXT,
            rescored_at           TEXT,
            unknown_label_voxels  INTEGER NOT NULL,
            structure_set         TEXT NOT NULL,
            touchstone            TEXT NOT NULL,
            manifest_sha256       TEXT NOT NULL,
            challenge_sha256      TEXT NOT NULL,
            PRIMARY KEY (entry_id, dataset, case_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE score (
            entry_id          TEXT NOT NULL,
            dataset           TEXT NOT NULL,
            case_id           TEXT NOT NULL,
            structure         TEXT NOT NULL,
            position          INTEGER NOT NULL,
            reference_voxels  INTEGER NOT NULL,
            prediction_voxels INTEGER NOT NULL,
            both_voxels       INTEGER NOT NULL,
            dsc               REAL CHECK (dsc BETWEEN 0 AND 1),
            nsd               REAL CHECK (nsd BETWEEN 0 AND 1),
            hd_mm             REAL CHECK (hd_mm >= 0),
            hd95_mm           REAL CHECK (hd95_mm >= 0),
            assd_mm           REAL CHECK (assd_mm >= 0),
            reference_ml      REAL NOT NULL,
            prediction_ml     REAL NOT NULL,
            asd_reference_to_prediction_mm REAL CHECK (asd_reference_to_prediction_mm >= 0),
            asd_prediction_to_reference_mm REAL CHECK (asd_prediction_to_reference_mm >= 0),
            assd_pooled_mm REAL CHECK (assd_pooled_mm >= 0),
            reference_area_mm2 REAL CHECK (reference_area_mm2 >= 0),
            prediction_area_mm2 REAL CHECK (prediction_area_mm2 >= 0),
            hd_at_percentile_mm REAL CHECK (hd_at_percentile_mm >= 0),
            sensitivity REAL CHECK (sensitivity BETWEEN 0 AND 1),
            precision REAL CHECK (precision BETWEEN 0 AND 1),
            relative_volume_error REAL,
            false_positive_ml REAL CHECK (false_positive_ml >= 0),
            prediction_components INTEGER,
            reference_touches_border INTEGER CHECK (reference_touches_border IN (0, 1)),
            prediction_touches_border INTEGER CHECK (prediction_touches_border IN (0, 1)),
            PRIMARY KEY (entry_id, dataset, case_id, structure),
            FOREIGN KEY (entry_id, dataset, case_id) REFERENCES result (entry_id, dataset, case_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE output (
            entry_id TEXT NOT NULL,
            dataset  TEXT NOT NULL,
            case_id  TEXT NOT NULL,
            position INTEGER NOT NULL,
            path     TEXT NOT NULL,
            bytes    INTEGER NOT NULL,
            sha256   TEXT NOT NULL,
            PRIMARY KEY (entry_id, dataset, case_id, position),
            FOREIGN KEY (entry_id, dataset, case_id) REFERENCES result (entry_id, dataset, case_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE import (
            entry_id TEXT NOT NULL REFERENCES entry (id),
            dataset  TEXT NOT NULL,
            sha256   TEXT NOT NULL,
            content  TEXT NOT NULL CHECK (json_valid(content)),
            PRIMARY KEY (entry_id, dataset)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE source_file (
            path     TEXT NOT NULL PRIMARY KEY,
            bytes    INTEGER NOT NULL,
            stamp    INTEGER NOT NULL,
            entry_id TEXT NOT NULL,
            dataset  TEXT NOT NULL,
            case_id  TEXT
        ) STRICT, WITHOUT ROWID;
        """;
}
