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
