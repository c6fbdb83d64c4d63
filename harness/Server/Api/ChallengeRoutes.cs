using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Problems;
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
            Method = "GET", Path = "/api/v1/challenges/{id}", Access = RequiredAccess.Anyone, Handler = ShowAsync,
            Summary = "Tells every rule of a challenge, and how it was amended.", Response = ApiJson.Wire.ChallengeRulesAnswer,
        },
        new()
        {
            Method = "GET", Path = "/api/v1/challenges/{id}/file", Access = RequiredAccess.Anyone, Handler = ShowFileAsync,
            Summary = "Gives the challenge file that holds now, as text.",
        },
        new()
        {
            Method = "POST", Path = "/api/v1/admin/challenges/{id}/amend", Access = RequiredAccess.Admin, Handler = AmendAsync,
            MostBodyBytes = 256 << 10, Status = 201,
            Summary = "Changes words, dates, quotas, embargo, board or team size of a challenge, or adds a phase.",
            Request = ApiJson.Wire.AmendmentBody, Response = ApiJson.Wire.AmendmentAnswer,
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

    private static Task ShowAsync(Exchange exchange)
    {
        var challenge = exchange.Desk.Challenges.Get(exchange.Parameter("id"));
        return exchange.WriteAsync(
            new ChallengeRulesAnswer(
                challenge.Id,
                [.. RuleLines.Of(challenge)],
                [.. AmendmentFile.ReadAll(exchange.Desk.Workspace.Root, challenge.Id).Select(AmendmentAnswer.Of)]),
            ApiJson.Wire.ChallengeRulesAnswer);
    }

    private static async Task ShowFileAsync(Exchange exchange)
    {
        var challenge = exchange.Desk.Challenges.Get(exchange.Parameter("id"));
        exchange.Context.Response.ContentType = "application/yaml; charset=utf-8";
        exchange.Context.Response.Headers.CacheControl = "no-cache";
        await exchange.Context.Response.WriteAsync(ChallengeRules.TextOf(exchange.Desk.Workspace, challenge.Id), exchange.Gone);
    }

    private static async Task AmendAsync(Exchange exchange)
    {
        var body = await exchange.ReadAsync(ApiJson.Wire.AmendmentBody);
        await exchange.WriteAsync(
            AmendmentAnswer.Of(Amend(exchange, exchange.Parameter("id"), body.Text, body.Reason)), ApiJson.Wire.AmendmentAnswer);
    }

    /// <summary>Amends a challenge that is open here.</summary>
    /// <exception cref="ProblemException">It is not, or the text has mistakes.</exception>
    internal static Amendment Amend(Exchange exchange, string id, string text, string reason)
    {
        var desk = exchange.Desk;
        var challenge = desk.Challenges.Get(id);
        try
        {
            var done = ChallengeAmending.AmendTo(desk.Workspace, challenge.Id, text, reason, exchange.Identity.Actor, desk.Clock.GetUtcNow());
            desk.Store.Note(exchange.Identity.Actor, "amend", challenge.Id, string.Join("; ", done.Changes));
            return done;
        }
        catch (Exception fault) when (fault is SubmissionException or Touchstone.Submissions.Yaml.MistakesException)
        {
            throw new ProblemException(422, "not-amended", fault.Message);
        }
    }

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

/// <summary>Every rule of a challenge.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Rules">What holds now.</param>
/// <param name="Amendments">How it came to be, the oldest first.</param>
internal sealed record ChallengeRulesAnswer(string Id, IReadOnlyList<RuleLine> Rules, IReadOnlyList<AmendmentAnswer> Amendments);

/// <summary>A change of the rules.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why.</param>
/// <param name="Changes">What.</param>
internal sealed record AmendmentAnswer(int Number, DateTimeOffset At, string Reason, IReadOnlyList<RuleChange> Changes)
{
    public static AmendmentAnswer Of(Amendment one) => new(one.Number, one.At, one.Reason, one.Changes);
}

/// <summary>What is asked for.</summary>
/// <param name="Text">The whole changed challenge file.</param>
/// <param name="Reason">Why, for everybody to read.</param>
internal sealed record AmendmentBody(string Text, string Reason);

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
