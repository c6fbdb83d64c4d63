namespace Touchstone.Leaderboard.Store;

/// <summary>The statements of <see cref="ResultStore"/>, one insert and one select per table.</summary>
internal static class Statements
{
    public const string InsertEntry = """
        INSERT INTO entry (
            id, sha256, team, name, challenge, phase, is_baseline, image, layout, command, received_at, origin,
            trained_on)
        VALUES (
            @Id, @Sha256, @Team, @Name, @Challenge, @Phase, @IsBaseline, @Image, @Layout, @Command, @ReceivedAt, @Origin,
            @TrainedOn)
        """;

    public const string SelectAllEntries = $"{Entries} ORDER BY id";

    public const string SelectEntries = $"{Entries} WHERE challenge = @Challenge ORDER BY id";

    public const string SelectEntry = $"{Entries} WHERE id = @Id";

    public const string InsertResult = """
        INSERT INTO result (
            entry_id, dataset, case_id, sha256, schema, pseudonym, ct_sha256, ending, ending_detail, exit_code,
            limit_wall_seconds, limit_memory_bytes, limit_cpus, limit_process_count, limit_output_bytes, limit_gpu,
            limit_as_root, started_at, run_seconds, set_up_seconds, collect_seconds, score_seconds, cpu_seconds,
            peak_memory_bytes, peak_anonymous_bytes, disk_read_bytes, create_seconds, start_seconds, timing_protocol, batch_cases,
            warm_up_seconds, machine_gpu_driver, machine_cuda, machine_cpu_set, gpu_use,
            machine_engine, machine_cpu, machine_cores, machine_memory_bytes, machine_gpu, machine_os, protocol,
            tolerance_mm, reference_version, reference_sha256, rescored_at, unknown_label_voxels, structure_set, touchstone, manifest_sha256, challenge_sha256)
        VALUES (
            @EntryId, @Dataset, @CaseId, @Sha256, @Schema, @Pseudonym, @CtSha256, @Ending, @EndingDetail, @ExitCode,
            @LimitWallSeconds, @LimitMemoryBytes, @LimitCpus, @LimitProcessCount, @LimitOutputBytes, @LimitGpu,
            @LimitAsRoot, @StartedAt, @RunSeconds, @SetUpSeconds, @CollectSeconds, @ScoreSeconds, @CpuSeconds,
            @PeakMemoryBytes, @PeakAnonymousBytes, @DiskReadBytes, @CreateSeconds, @StartSeconds, @TimingProtocol, @BatchCases,
            @WarmUpSeconds, @MachineGpuDriver, @MachineCuda, @MachineCpuSet, @GpuUse,
            @MachineEngine, @MachineCpu, @MachineCores, @MachineMemoryBytes, @MachineGpu, @MachineOs, @Protocol,
            @ToleranceMm, @ReferenceVersion, @ReferenceSha256, @RescoredAt, @UnknownLabelVoxels, @StructureSet, @Touchstone, @ManifestSha256, @ChallengeSha256)
        """;

    public const string SelectResults = """
        SELECT
            entry_id AS EntryId, dataset AS Dataset, case_id AS CaseId, sha256 AS Sha256, schema AS Schema,
            pseudonym AS Pseudonym, ct_sha256 AS CtSha256, ending AS Ending, ending_detail AS EndingDetail,
            exit_code AS ExitCode, limit_wall_seconds AS LimitWallSeconds, limit_memory_bytes AS LimitMemoryBytes,
            limit_cpus AS LimitCpus, limit_process_count AS LimitProcessCount, limit_output_bytes AS LimitOutputBytes,
            limit_gpu AS LimitGpu, limit_as_root AS LimitAsRoot, started_at AS StartedAt, run_seconds AS RunSeconds, set_up_seconds AS SetUpSeconds,
            collect_seconds AS CollectSeconds, score_seconds AS ScoreSeconds, cpu_seconds AS CpuSeconds,
            peak_memory_bytes AS PeakMemoryBytes, peak_anonymous_bytes AS PeakAnonymousBytes,
            disk_read_bytes AS DiskReadBytes, create_seconds AS CreateSeconds, start_seconds AS StartSeconds,
            timing_protocol AS TimingProtocol, batch_cases AS BatchCases, warm_up_seconds AS WarmUpSeconds,
            machine_gpu_driver AS MachineGpuDriver, machine_cuda AS MachineCuda, machine_cpu_set AS MachineCpuSet,
            gpu_use AS GpuUse, machine_engine AS MachineEngine, machine_cpu AS MachineCpu,
            machine_cores AS MachineCores, machine_memory_bytes AS MachineMemoryBytes, machine_gpu AS MachineGpu,
            machine_os AS MachineOs, protocol AS Protocol, tolerance_mm AS ToleranceMm,
            reference_version AS ReferenceVersion, reference_sha256 AS ReferenceSha256, rescored_at AS RescoredAt,
            unknown_label_voxels AS UnknownLabelVoxels, structure_set AS StructureSet, touchstone AS Touchstone, manifest_sha256 AS ManifestSha256,
            challenge_sha256 AS ChallengeSha256
        FROM result
        WHERE entry_id = @Entry
        ORDER BY dataset, case_id
        """;

    public const string InsertScore = """
        INSERT INTO score (
            entry_id, dataset, case_id, structure, position, reference_voxels, prediction_voxels, both_voxels, dsc,
            nsd, hd_mm, hd95_mm, assd_mm, reference_ml, prediction_ml,
            asd_reference_to_prediction_mm, asd_prediction_to_reference_mm, assd_pooled_mm, reference_area_mm2,
            prediction_area_mm2, hd_at_percentile_mm, sensitivity, precision, relative_volume_error,
            false_positive_ml, prediction_components, reference_touches_border, prediction_touches_border)
        VALUES (
            @EntryId, @Dataset, @CaseId, @Structure, @Position, @ReferenceVoxels, @PredictionVoxels, @BothVoxels,
            @Dsc, @Nsd, @HdMm, @Hd95Mm, @AssdMm, @ReferenceMl, @PredictionMl,
            @AsdReferenceToPredictionMm, @AsdPredictionToReferenceMm, @AssdPooledMm, @ReferenceAreaMm2,
            @PredictionAreaMm2, @HdAtPercentileMm, @Sensitivity, @Precision, @RelativeVolumeError,
            @FalsePositiveMl, @PredictionComponents, @ReferenceTouchesBorder, @PredictionTouchesBorder)
        """;

    /// <summary>In the order of the key, which needs no sorting; <see cref="ScoreReader"/> knows the columns by place.</summary>
    public const string SelectScores = """
        SELECT
            dataset, case_id, structure, position, reference_voxels, prediction_voxels, both_voxels, dsc, nsd, hd_mm, hd95_mm,
            assd_mm, reference_ml, prediction_ml, asd_reference_to_prediction_mm, asd_prediction_to_reference_mm,
            assd_pooled_mm, reference_area_mm2, prediction_area_mm2, hd_at_percentile_mm, sensitivity, precision,
            relative_volume_error, false_positive_ml, prediction_components, reference_touches_border,
            prediction_touches_border
        FROM score
        WHERE entry_id = @Entry
        ORDER BY dataset, case_id, structure
        """;

    public const string InsertOutput = """
        INSERT INTO output (
            entry_id, dataset, case_id, position, path, bytes, sha256)
        VALUES (
            @EntryId, @Dataset, @CaseId, @Position, @Path, @Bytes, @Sha256)
        """;

    public const string SelectOutputs = """
        SELECT
            entry_id AS EntryId, dataset AS Dataset, case_id AS CaseId, position AS Position, path AS Path,
            bytes AS Bytes, sha256 AS Sha256
        FROM output
        WHERE entry_id = @Entry
        ORDER BY dataset, case_id, position
        """;

    public const string InsertImport =
        "INSERT INTO import (entry_id, dataset, sha256, content) VALUES (@EntryId, @Dataset, @Sha256, @Content)";

    public const string SelectImports = """
        SELECT content AS Content, sha256 AS Sha256
        FROM import
        WHERE entry_id IN (SELECT id FROM entry WHERE challenge = @Challenge)
        ORDER BY entry_id, dataset
        """;

    public const string SelectAllImports = "SELECT content FROM import ORDER BY entry_id, dataset";

    public const string InsertFile = """
        INSERT OR REPLACE INTO source_file (path, bytes, stamp, entry_id, dataset, case_id)
        VALUES (@Path, @Bytes, @Stamp, @EntryId, @Dataset, @CaseId)
        """;

    public const string SelectFiles =
        "SELECT path AS Path, bytes AS Bytes, stamp AS Stamp FROM source_file ORDER BY path";

    /// <summary>Files whose results or imports are not where a board looks for them.</summary>
    public const string SelectLost = """
        SELECT path FROM source_file AS file
        WHERE entry_id NOT IN (SELECT id FROM entry)
            OR case_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM result
                WHERE entry_id = file.entry_id AND dataset = file.dataset AND case_id = file.case_id)
            OR case_id IS NULL AND NOT EXISTS (
                SELECT 1 FROM import WHERE entry_id = file.entry_id AND dataset = file.dataset)
        LIMIT 1
        """;

    public const string SelectCases = "SELECT dataset, case_id FROM result WHERE entry_id = @Entry ORDER BY dataset, case_id";

    /// <summary>Cases on which results of one reference version were scored against different masks.</summary>
    public const string SelectMixedReferences = """
        SELECT dataset, case_id, reference_version
        FROM result
        WHERE reference_version IS NOT NULL
            AND entry_id IN (SELECT id FROM entry WHERE challenge = @Challenge AND coalesce(phase, @TestPhase) = @Phase)
        GROUP BY dataset, case_id, reference_version
        HAVING min(coalesce(reference_sha256, '')) <> max(coalesce(reference_sha256, ''))
        ORDER BY dataset, case_id, reference_version
        """;

    /// <summary>Cases of which results against the same reference masks have scores of different structures.</summary>
    public const string SelectUnequalStructures = """
        SELECT dataset AS Dataset, case_id AS CaseId, min(entry_id) AS EntryId, min(structure_set) AS StructureSet
        FROM result
        WHERE entry_id IN (SELECT id FROM entry WHERE challenge = @Challenge AND coalesce(phase, @TestPhase) = @Phase)
        GROUP BY dataset, case_id, reference_version, reference_sha256
        HAVING min(structure_set) <> max(structure_set)
        ORDER BY dataset, case_id
        """;

    /// <summary>Sets of structures of a contest's results, each once with the first entry that has it.</summary>
    public const string SelectStructureSets = """
        SELECT dataset AS Dataset, case_id AS CaseId, min(entry_id) AS EntryId, structure_set AS StructureSet,
            coalesce(reference_version, 1) AS ReferenceVersion
        FROM result
        WHERE entry_id IN (SELECT id FROM entry WHERE challenge = @Challenge AND coalesce(phase, @TestPhase) = @Phase)
        GROUP BY dataset, case_id, structure_set, coalesce(reference_version, 1)
        ORDER BY dataset, case_id, EntryId
        """;

    public const string SelectOtherMetrics = """
        SELECT entry_id AS EntryId, dataset AS Dataset, case_id AS CaseId, protocol AS Protocol, tolerance_mm AS ToleranceMm
        FROM result
        WHERE entry_id IN (SELECT id FROM entry WHERE challenge = @Challenge AND coalesce(phase, @TestPhase) = @Phase)
            AND (protocol <> @Protocol OR tolerance_mm <> @ToleranceMm)
        ORDER BY entry_id, dataset, case_id
        LIMIT 1
        """;

    /// <summary>Results and imports of older builds, which have no checksum.</summary>
    public const string CountUnsealed = """
        SELECT (SELECT count(*) FROM result WHERE schema < 2
                AND entry_id IN (SELECT id FROM entry WHERE challenge = @Challenge AND coalesce(phase, @TestPhase) = @Phase))
            + (SELECT count(*) FROM import WHERE content ->> '$.schema' < 2
                AND entry_id IN (SELECT id FROM entry WHERE challenge = @Challenge AND coalesce(phase, @TestPhase) = @Phase))
        """;

    public const string CountReferences = """
        SELECT dataset AS Dataset, reference_version AS Version, count(*) AS Results, count(rescored_at) AS Rescored
        FROM result GROUP BY dataset, reference_version ORDER BY dataset, reference_version
        """;

    /// <summary>Takes away everything that one file told, and its entry when nothing else is known of it.</summary>
    public const string DeleteFile = """
        DELETE FROM score WHERE (entry_id, dataset, case_id) IN
            (SELECT entry_id, dataset, case_id FROM source_file WHERE path = @Path);
        DELETE FROM output WHERE (entry_id, dataset, case_id) IN
            (SELECT entry_id, dataset, case_id FROM source_file WHERE path = @Path);
        DELETE FROM result WHERE (entry_id, dataset, case_id) IN
            (SELECT entry_id, dataset, case_id FROM source_file WHERE path = @Path);
        DELETE FROM import WHERE (entry_id, dataset) IN
            (SELECT entry_id, dataset FROM source_file WHERE path = @Path AND case_id IS NULL);
        DELETE FROM entry WHERE id IN (SELECT entry_id FROM source_file WHERE path = @Path)
            AND id NOT IN (SELECT entry_id FROM result) AND id NOT IN (SELECT entry_id FROM import);
        DELETE FROM source_file WHERE path = @Path;
        """;

    private const string Entries = """
        SELECT
            id AS Id, sha256 AS Sha256, team AS Team, name AS Name, challenge AS Challenge, phase AS Phase, is_baseline AS IsBaseline,
            image AS Image, layout AS Layout, command AS Command, received_at AS ReceivedAt, origin AS Origin,
            trained_on AS TrainedOn
        FROM entry
        """;
}
