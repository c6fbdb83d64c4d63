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
internal sealed record QuotaRequest(string Challenge, string? Phase, Quota? Quota, string Reason);

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
