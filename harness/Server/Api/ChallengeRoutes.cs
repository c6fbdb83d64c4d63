using Touchstone.Harness.Server.Access;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Api;

/// <summary>What can be entered, and what is left of the caller's quota.</summary>
internal static class ChallengeRoutes
{
    /// <summary>The routes.</summary>
    public static IReadOnlyList<Route> All { get; } =
    [
        new()
        {
            Method = "GET", Path = "/api/v1/challenges", Access = RequiredAccess.Anyone, Handler = ListAsync,
            Summary = "Lists the challenges with their phases, limits and quotas.",
            Response = ApiJson.Wire.IReadOnlyListChallengeAnswer,
        },
        new()
        {
            Method = "GET", Path = "/api/v1/challenges/{id}/phases/{phase}/quota", Access = RequiredAccess.TeamRead,
            Handler = ShowQuotaAsync, Summary = "Tells whether the caller's team may try now, and what is left.",
            Response = ApiJson.Wire.QuotaAnswer,
        },
    ];

    private static Task ListAsync(Exchange exchange) => exchange.WriteAsync(
        [.. exchange.Desk.Challenges.All.Select(ChallengeAnswer.Of)], ApiJson.Wire.IReadOnlyListChallengeAnswer);

    private static Task ShowQuotaAsync(Exchange exchange)
    {
        var challenge = exchange.Desk.Challenges.Get(exchange.Parameter("id")).In(exchange.Parameter("phase"));
        var verdict = exchange.Desk.Store.History(exchange.TeamId, challenge.Id)
            .Verdict(challenge.Phase, exchange.Desk.Clock.GetUtcNow());
        return exchange.WriteAsync(QuotaAnswer.Of(verdict), ApiJson.Wire.QuotaAnswer);
    }
}

/// <summary>A challenge.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Title for readers.</param>
/// <param name="Description">One or two sentences.</param>
/// <param name="Structures">What is to be segmented.</param>
/// <param name="TeamSize">Most members of a team; null for any number.</param>
/// <param name="AllowsRoot">Whether images that must run as root are accepted.</param>
/// <param name="Phases">Its phases.</param>
internal sealed record ChallengeAnswer(
    string Id, string Title, string Description, IReadOnlyList<string> Structures, int? TeamSize, bool AllowsRoot,
    IReadOnlyList<PhaseAnswer> Phases)
{
    public static ChallengeAnswer Of(Challenge challenge) => new(
        challenge.Id, challenge.Title, challenge.Description, challenge.Structures, challenge.TeamSize, challenge.AllowsRoot,
        [.. challenge.Phases.Select(PhaseAnswer.Of)]);
}

/// <summary>A phase of a challenge.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Opens">From when entries are taken, UTC; null for always.</param>
/// <param name="Closes">Until when, exclusive; null for ever.</param>
/// <param name="ImageBytes">Largest unpacked image.</param>
/// <param name="MemoryBytes">Memory of a container.</param>
/// <param name="WallSeconds">Seconds for a case; null where every case has its own.</param>
/// <param name="ShowsLogs">Whether the team sees reasons, logs and scores case by case.</param>
/// <param name="Quota">How often a team may try.</param>
internal sealed record PhaseAnswer(
    string Name, DateTimeOffset? Opens, DateTimeOffset? Closes, long ImageBytes, long MemoryBytes, double? WallSeconds,
    bool ShowsLogs, Quota Quota)
{
    public static PhaseAnswer Of(ChallengePhase phase) => new(
        phase.Name, phase.Opens, phase.Closes, phase.ImageBytes, phase.Limits.MemoryBytes,
        phase.TimeRule == TimeRule.Fixed ? phase.Limits.WallTime.TotalSeconds : null, phase.Logs == LogPolicy.Open, phase.Quota);
}

/// <summary>Whether a team may try now.</summary>
/// <param name="MayTry">Whether it may.</param>
/// <param name="Sentence">The same in words.</param>
/// <param name="NextAt">When it may again, UTC; null when it may now, or not any more.</param>
/// <param name="Uses">Every bound with what is used of it.</param>
internal sealed record QuotaAnswer(bool MayTry, string Sentence, DateTimeOffset? NextAt, IReadOnlyList<QuotaUse> Uses)
{
    public static QuotaAnswer Of(QuotaVerdict verdict) => new(
        verdict is QuotaVerdict.Allowed, verdict.Sentence, (verdict as QuotaVerdict.Refused)?.NextAt, verdict.Uses);
}
