namespace Touchstone.Harness.Intake;

/// <summary>Who did what to what and when. Never changed or removed.</summary>
public sealed record AuditEntry
{
    /// <summary>Its number; later ones are greater.</summary>
    public required long Number { get; init; }

    /// <summary>When, UTC.</summary>
    public required string At { get; init; }

    /// <summary>Who: an organiser's or a team's token, a worker, or the command line of the machine.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done, such as <c>team-barred</c>.</summary>
    public required string Action { get; init; }

    /// <summary>To what: an id.</summary>
    public required string Subject { get; init; }

    /// <summary>Reason and numbers, for people; never a secret.</summary>
    public required string Detail { get; init; }
}

/// <summary>An organiser's change of a team's quota in a phase.</summary>
public sealed record QuotaChange
{
    /// <summary>The team.</summary>
    public required string TeamId { get; init; }

    /// <summary>The challenge.</summary>
    public required string Challenge { get; init; }

    /// <summary>The phase.</summary>
    public required string Phase { get; init; }

    /// <summary>Attempts that it gets beyond the rules' quota; below zero for fewer. Changes add up.</summary>
    public required int Extra { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
