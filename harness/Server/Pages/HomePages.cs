using Touchstone.Harness.Boards;
using Touchstone.Harness.Server.Api;
using Touchstone.Leaderboard.Live;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Pages;

/// <summary>The first page.</summary>
internal static class HomePages
{
    /// <summary>The page.</summary>
    public static Task ShowAsync(Exchange exchange)
    {
        var lines = exchange.Desk.Challenges.All.SelectMany(challenge => challenge.Phases, (challenge, phase) => challenge.In(phase.Name))
            .Select(rules => Line(exchange, rules)).ToList();
        return exchange.SendAsync(HomePage.Write(exchange.Frame(), lines));
    }

    /// <summary>Lays a board open.</summary>
    public static Task ReleaseAsync(Exchange exchange)
    {
        DecisionRoutes.Release(exchange, exchange.Parameter("challenge"), exchange.Parameter("phase"));
        return exchange.GoAsync("/?done=released");
    }

    private static BoardLine Line(Exchange exchange, Challenge rules)
    {
        var desk = exchange.Desk;
        var now = desk.Clock.GetUtcNow();
        var isPublic = BoardList.IsPublic(desk.Workspace, rules, now);
        var isOrganiser = exchange.Caller.IsOrganiser;
        var edition = isPublic || isOrganiser ? desk.Boards.For(rules, isOrganiser) : null;
        return new BoardLine
        {
            Challenge = rules.Title,
            ChallengeId = rules.Id,
            Phase = rules.Phase.Name,
            Dates = Dates(rules.Phase, now),
            Entries = edition?.Entries.Count,
            Path = edition is null ? null : $"/boards/{rules.Id}/{rules.Phase.Name}/index.html",
            KeptBack = isPublic ? null : KeptBack(rules.Phase),
            CanRelease = isOrganiser && !isPublic && rules.Phase.ShowsBoard,
        };
    }

    private static string KeptBack(ChallengePhase phase) => !phase.ShowsBoard ? "for organisers only"
        : phase.Embargo?.Until is { } until ? $"until {ChallengePhase.Show(until)}" : "until the organisers lay it open";

    private static string Dates(ChallengePhase phase, DateTimeOffset now) => phase switch
    {
        { Opens: { } opens } when now < opens => $"from {ChallengePhase.Show(opens)}",
        { Closes: { } closes } when now >= closes => $"closed {ChallengePhase.Show(closes)}",
        { Closes: { } closes } => $"open until {ChallengePhase.Show(closes)}",
        _ => "open",
    };
}
