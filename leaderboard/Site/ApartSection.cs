namespace Touchstone.Leaderboard.Site;

/// <summary>What a board says about entries that are no part of the ranking, and about results that are out of date.</summary>
internal static class ApartSection
{
    private static readonly Column[] Columns =
    [
        new("Method", IsNumber: false), new("What", IsNumber: false), new("Since", IsNumber: false),
        new("Reason", IsNumber: false),
    ];

    /// <summary>The entries that were taken out; nothing when there are none.</summary>
    public static Html Of(Board board) => board.Contest.SetApart.Count == 0 ? Html.Empty : Html.Of($"""
        <section aria-labelledby="apart">
        <h2 id="apart">Not ranked</h2>
        {DataTable.Make("Entries that were taken out; they count in nothing on these pages", Columns, header: 0,
            board.Contest.SetApart.Select(Line))}
        </section>
        """);

    /// <summary>A warning when results were scored against other reference masks than the present ones.</summary>
    public static Html Warning(Board board)
    {
        var stale = board.Standings.Entries.Sum(standing => Board.Coverage(standing, Scope.All)?.Stale ?? 0);
        return stale == 0 ? Html.Empty : Html.Of($"""
            <p class="note warning" role="note"><span class="tag bad">stale</span> {Show.Count(stale, "result")}, scored against other
            reference masks than the present ones and not again since. Entries with stale results cannot be compared
            with the others on these cases.</p>
            """);
    }

    private static Row Line(SetApart one) => new(
    [
        Html.Of($"<span class=\"who\">{one.Name}</span> <span class=\"team\">{one.Team}</span>"),
        Html.Of($"<span class=\"tag bad\">{(one.Kind == SetApartKind.Disqualified ? "disqualified" : "withdrawn")}</span>"),
        Html.Text(Show.Time(one.Since)),
        Html.Text(one.Reason.Length > 0 ? one.Reason : one.Kind == SetApartKind.Withdrawn ? "by its team" : Show.Undefined),
    ]);
}
