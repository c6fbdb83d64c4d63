using System.Text.Json;

namespace Touchstone.Harness.Intake;

/// <summary>A row of the table <c>attempt</c>, without its lease.</summary>
internal record AttemptRow
{
    /// <summary>The columns, under the names of the properties.</summary>
    public const string Columns = """
        number AS Number, id AS Id, team_id AS TeamId, draft AS Draft, archive_sha256 AS ArchiveSha256,
        archive_name AS ArchiveName, reference AS Reference, state AS State, created_at AS CreatedAt,
        started_at AS StartedAt, ended_at AS EndedAt, submission_id AS SubmissionId, cases AS Cases,
        cases_done AS CasesDone, fault_code AS FaultCode, fault_text AS FaultText, operator_text AS OperatorText,
        waits_because AS WaitsBecause, fence AS Fence
        """;

    public required long Number { get; init; }

    public required string Id { get; init; }

    public required string TeamId { get; init; }

    public required string Draft { get; init; }

    public required string? ArchiveSha256 { get; init; }

    public required string? ArchiveName { get; init; }

    public required string? Reference { get; init; }

    public required string State { get; init; }

    public required string CreatedAt { get; init; }

    public required string? StartedAt { get; init; }

    public required string? EndedAt { get; init; }

    public required string? SubmissionId { get; init; }

    public required long? Cases { get; init; }

    public required long CasesDone { get; init; }

    public required string? FaultCode { get; init; }

    public required string? FaultText { get; init; }

    public required string? OperatorText { get; init; }

    public required string? WaitsBecause { get; init; }

    public required long Fence { get; init; }

    public Attempt ToAttempt() => new()
    {
        Number = Number,
        Id = Id,
        TeamId = TeamId,
        Draft = JsonSerializer.Deserialize(Draft, IntakeJson.Default.SubmissionDraft)!,
        ArchiveSha256 = ArchiveSha256,
        ArchiveName = ArchiveName,
        Reference = Reference,
        State = Enum.Parse<AttemptState>(State),
        CreatedAt = UtcText.Time(CreatedAt),
        StartedAt = UtcText.TimeOrNull(StartedAt),
        EndedAt = UtcText.TimeOrNull(EndedAt),
        SubmissionId = SubmissionId,
        Cases = (int?)Cases,
        CasesDone = (int)CasesDone,
        FaultCode = FaultCode,
        FaultText = FaultText,
        OperatorText = OperatorText,
        WaitsBecause = WaitsBecause,
    };
}

/// <summary>An attempt that was just taken up.</summary>
internal sealed record TakenRow : AttemptRow
{
    /// <summary>How often a worker died with it.</summary>
    public required long Lost { get; init; }
}
