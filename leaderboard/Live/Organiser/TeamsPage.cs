using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live.Organiser;

/// <summary>A team among others.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Members">How many members it has.</param>
/// <param name="RegisteredAt">When it registered.</param>
/// <param name="Attempts">How many attempts it has made.</param>
/// <param name="BarredBecause">Why it is barred; null while it is not.</param>
public sealed record TeamLine(
    string Id, string Name, int Members, DateTimeOffset RegisteredAt, int Attempts, string? BarredBecause);

/// <summary>All teams.</summary>
public static class TeamsPage
{
    private static readonly Column[] Columns =
    [
        new("Team", IsNumber: false), new("Members"), new("Registered", IsNumber: false), new("Submissions"),
        new("State", IsNumber: false),
    ];

    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="teams">In the order shown.</param>
    public static string Write(LiveFrame frame, IReadOnlyList<TeamLine> teams) => new LivePage
    {
        Path = "organiser/teams",
        Heading = "Teams",
        Content = Html.Of($"""
            <div class="opening">
            <p class="kicker">For organisers</p>
            <h1>Teams</h1>
            </div>
            <section aria-label="Teams">
            {DataTable.Make("By name", Columns, header: 0, teams.Select(Line))}
            <p><a class="button" href="/organiser/invitations">Invite a team</a></p>
            </section>
            """),
    }.Write(frame);

    private static Row Line(TeamLine team) => new(
    [
        Html.Of($"<a class=\"who\" href=\"/organiser/teams/{team.Id}\">{team.Name}</a> <span class=\"team\">{team.Id}</span>"),
        Html.Of($"{team.Members}"),
        Html.Text(Show.Time(team.RegisteredAt)),
        Html.Of($"{team.Attempts}"),
        team.BarredBecause is { } reason
            ? Html.Of($"<span class=\"tag bad\">barred</span> <span class=\"detail\">{reason}</span>")
            : Html.Text("may submit"),
    ]);
}
