using Touchstone.Harness.Intake;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Api;

/// <summary>Asks for an invitation.</summary>
/// <param name="Note">For whom.</param>
/// <param name="Days">How many days it works.</param>
internal sealed record InvitationRequest(string Note, double Days = 14);

/// <summary>An invitation without its secret.</summary>
/// <param name="Id">Its public part.</param>
/// <param name="Note">For whom.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="ExpiresAt">From when on it does not work, UTC.</param>
/// <param name="TeamId">The team that used it; null while it was not used.</param>
internal sealed record InvitationAnswer(
    string Id, string Note, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string? TeamId)
{
    public static InvitationAnswer Of(Invitation one) => new(one.Id, one.Note, one.CreatedAt, one.ExpiresAt, one.TeamId);
}

/// <summary>Why an organiser does something. The team reads it.</summary>
/// <param name="Reason">The reason.</param>
internal sealed record ReasonRequest(string Reason);

/// <summary>Grants a team a quota of its own.</summary>
/// <param name="Challenge">The challenge.</param>
/// <param name="Phase">The phase; null where only one is meant.</param>
/// <param name="Quota">The quota, all of it: a bound that is left out is no bound; null for the phase's own again.</param>
/// <param name="Reason">Why.</param>
internal sealed record QuotaRequest(string Challenge, string? Phase, QuotaBody? Quota, string Reason);

/// <summary>How often a team may try. What is left out is no bound.</summary>
/// <param name="Valid">Bounds on submissions whose image was accepted.</param>
/// <param name="Attempts">Bounds on attempts.</param>
internal sealed record QuotaBody(BoundsBody? Valid = null, BoundsBody? Attempts = null)
{
    /// <summary>The quota.</summary>
    /// <exception cref="IntakeException">A bound is negative.</exception>
    public Quota ToQuota() => new()
    {
        Valid = Valid?.ToBounds() ?? new QuotaBounds(),
        Attempts = Attempts?.ToBounds() ?? new QuotaBounds(),
    };
}

/// <summary>Most of something.</summary>
/// <param name="PerDay">In a day of UTC.</param>
/// <param name="PerWeek">In a week from Monday, UTC.</param>
/// <param name="PerPhase">In the whole phase.</param>
internal sealed record BoundsBody(int? PerDay = null, int? PerWeek = null, int? PerPhase = null)
{
    /// <summary>The bounds.</summary>
    /// <exception cref="IntakeException">One is negative.</exception>
    public QuotaBounds ToBounds() => PerDay < 0 || PerWeek < 0 || PerPhase < 0
        ? throw new IntakeException(IntakeFault.Malformed, "A bound is 0 or more.")
        : new QuotaBounds { PerDay = PerDay, PerWeek = PerWeek, PerPhase = PerPhase };
}

/// <summary>A line of the audit log.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What.</param>
/// <param name="Subject">To what.</param>
/// <param name="Detail">Reason and numbers.</param>
internal sealed record AuditAnswer(long Number, string At, string Actor, string Action, string Subject, string Detail)
{
    public static AuditAnswer Of(AuditEntry one) => new(one.Number, one.At, one.Actor, one.Action, one.Subject, one.Detail);
}
