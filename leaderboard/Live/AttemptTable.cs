using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>Attempts as a table: a team's history, and the organiser's queue.</summary>
internal static class AttemptTable
{
    private static readonly Column[] Columns =
    [
        new("Method", IsNumber: false), new("Challenge", IsNumber: false), new("State", IsNumber: false), new("Cases"),
        new("DSC %"), new("NSD %"), new("Received", IsNumber: false),
    ];

    /// <summary>The table.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="attempts">In the order shown.</param>
    /// <param name="withTeam">Whether the team stands under the method.</param>
    public static Html Make(string caption, IEnumerable<AttemptSummary> attempts, bool withTeam) =>
        DataTable.Make(caption, Columns, header: 0, attempts.Select(one => new Row(
        [
            Html.Of($"""
                <a class="who" href="/attempts/{one.Id}">{one.Name}</a>{(
                    withTeam ? Html.Of($" <span class=\"team\">{one.Team}</span>") : Html.Empty)}
                """),
            Html.Of($"{one.Challenge} <span class=\"team\">{one.Phase}</span>"),
            StageWords.Tag(one.Stage),
            Html.Text(one.Cases is { } cases ? $"{Show.Signed(one.CasesDone, "0")}/{Show.Signed(cases, "0")}" : Show.Undefined),
            one.Dsc is null || one.Weights.Length == 0
                ? Html.Text(Show.Percent(one.Dsc))
                : Html.Of($"{Show.Percent(one.Dsc)} <span class=\"detail\">weights: {one.Weights}</span>"),
            Html.Text(Show.Percent(one.Nsd)),
            Html.Text(Show.Time(one.ReceivedAt)),
        ])));
}
