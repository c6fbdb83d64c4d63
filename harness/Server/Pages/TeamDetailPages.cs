using System.Globalization;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Server.Problems;
using Touchstone.Leaderboard.Live;
using Touchstone.Leaderboard.Live.Organiser;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Pages;

/// <summary>One team for organisers: quota, bar.</summary>
internal static class TeamDetailPages
{
    /// <summary>The page.</summary>
    public static Task ShowAsync(Exchange exchange) => exchange.SendAsync(Write(exchange, exchange.Frame(), FormInput.Blank));

    /// <summary>Grants a quota.</summary>
    public static Task GrantAsync(Exchange exchange) => DoAsync(exchange, "granted", (id, input) =>
    {
        var (challenge, phase) = input.Text(FieldNames.Phase).Split('/') is [var one, var two] ? (one, two) : ("", "");
        var rules = exchange.Desk.Challenges.Get(challenge).In(phase);
        exchange.Desk.Store.Grant(new QuotaGrant
        {
            TeamId = id,
            Challenge = rules.Id,
            Phase = rules.Phase.Name,
            Quota = input.All(FieldNames.OwnQuota).Count > 0 ? null : QuotaOf(input),
            Reason = Reason(input),
            At = exchange.Desk.Clock.GetUtcNow(),
        }, exchange.Identity.Actor);
    });

    /// <summary>Bars the team.</summary>
    public static Task BarAsync(Exchange exchange) => DoAsync(exchange, "barred", (id, input) =>
        exchange.Desk.Store.Bar(id, Reason(input), exchange.Identity.Actor));

    /// <summary>Lets the team submit again.</summary>
    public static Task AdmitAsync(Exchange exchange) => DoAsync(exchange, "admitted", (id, input) =>
    {
        exchange.Desk.Store.Bar(id, null, exchange.Identity.Actor);
        exchange.Desk.Store.Note(exchange.Identity.Actor, "team-admitted", id, Reason(input));
    });

    /// <summary>Makes the team a new token in place of all that it had.</summary>
    public static Task RenewTokensAsync(Exchange exchange) => exchange.DoAsync(
        _ =>
        {
            var id = exchange.Parameter("id");
            var made = exchange.Desk.Store.RenewTokens(id, exchange.Identity.Actor);
            return exchange.SendAsync(SecretPage.Write(
                exchange.Frame(), Leaderboard.Live.SecretKind.Renewed, exchange.Desk.Store.FindTeam(id)!.Name, made.Secret, null));
        },
        (frame, input) => Write(exchange, frame, input));

    private static Task DoAsync(Exchange exchange, string deed, Action<string, FormInput> act)
    {
        var id = exchange.Parameter("id");
        return exchange.DoAsync(
            input =>
            {
                act(id, input);
                return exchange.GoAsync($"/organiser/teams/{id}?done={deed}");
            },
            (frame, input) => Write(exchange, frame, input));
    }

    private static string Write(Exchange exchange, LiveFrame frame, FormInput input)
    {
        var (desk, id) = (exchange.Desk, exchange.Parameter("id"));
        var phases = desk.Challenges.All.SelectMany(challenge => challenge.Phases, (challenge, phase) => (challenge, phase)).ToList();
        return TeamDetailPage.Write(frame, new TeamDetail
        {
            Id = id,
            Team = TeamPages.View(desk, id, isOrganiser: true),
            Phases = [.. phases.Select(one => ($"{one.challenge.Id}/{one.phase.Name}", $"{one.challenge.Title}, {one.phase.Name}"))],
            Changes =
            [
                .. desk.Challenges.All.SelectMany(challenge => desk.Store.History(id, challenge.Id).Grants.Select(grant =>
                    new QuotaChangeLine($"{challenge.Title}, {grant.Phase}", QuotaViews.Words(grant.Quota), grant.Reason, grant.At)))
                    .OrderBy(change => change.At),
            ],
        }, input);
    }

    private static Quota QuotaOf(FormInput input)
    {
        var bounds = FieldNames.Bounds.Select(name => input.Text(name) is { Length: > 0 } text ? Number(text) : (int?)null).ToArray();
        return new Quota
        {
            Valid = new QuotaBounds { PerDay = bounds[0], PerWeek = bounds[1], PerPhase = bounds[2] },
            Attempts = new QuotaBounds { PerDay = bounds[3], PerWeek = bounds[4], PerPhase = bounds[5] },
        };
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new ProblemException(422, "malformed", "A bound is a whole number of 0 or more, or empty for none.");

    private static string Reason(FormInput input) =>
        string.Join(' ', input.Text(FieldNames.Reason).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
