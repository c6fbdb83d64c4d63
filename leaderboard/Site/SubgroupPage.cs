namespace Touchstone.Leaderboard.Site;

/// <summary>Every entry by the groups of one metadata column.</summary>
internal static class SubgroupPage
{
    private const string Up = "../";

    /// <summary>The columns that have a page, with whether they are known for enough cases.</summary>
    public static IReadOnlyList<SubgroupTable> Tables(Board board) => [.. board.Standings.Subgroups.Where(table =>
        table.Metric == Metric.Dsc && table.Groups.Count(group => group.IsLargeEnough) > 1)
        .DistinctBy(table => Links.Slug(table.Attribute))];

    /// <summary>What is under the masthead.</summary>
    public static Html Content(Board board, SubgroupTable table) => Html.Of($"""
        <div class="opening">
        <p class="kicker">Subgroups</p>
        <h1>By {Show.Attribute(table.Attribute)}</h1>
        <p class="lead">Does an entry work as well for everybody? Groups of fewer than
        {board.Standings.Options.SmallestGroup} cases are not shown; {Show.Count(table.UnknownCases, "case")} without a
        value {(table.UnknownCases == 1 ? "is" : "are")} left out.</p>
        {List(board, Up)}
        </div>
        {FigureBlock.Of(board, SubgroupFigures.Bars(table.Attribute), Up)}
        {FigureBlock.Of(board, SubgroupFigures.Map(table.Attribute), Up)}
        <section aria-labelledby="entries">
        <h2 id="entries">Worst group of every entry</h2>
        {Entries(board, table)}
        </section>
        """);

    /// <summary>Links to the page of every column.</summary>
    public static Html List(Board board, string up) => Html.Of($"""
        <ul class="chips">{Tables(board).Select(table =>
            Html.Of($"<li><a href=\"{up}{Links.Subgroup(table.Attribute)}\">{Show.Attribute(table.Attribute)}</a></li>"))}</ul>
        """);

    private static Html Entries(Board board, SubgroupTable table) => DataTable.Make(
        "Mean DSC of the group on which an entry is worst; p of a Kruskal-Wallis test over the groups, Holm-adjusted; pairs "
        + "of groups that differ by Mann-Whitney tests" + Show.WeightsCaption(board.Standings),
        [
            new("Method", IsNumber: false), new("Worst group", IsNumber: false), new("DSC % there"), new("p"),
            new("Groups that differ", IsNumber: false),
        ], header: 0,
        board.Standings.Entries.Select(standing => table.Rows.FirstOrDefault(row => row.Entry == standing.Entry.Id) is { } row
            ? new Row(
                [
                    Parts.Who(standing, Up), Html.Text(row.WorstGroup ?? Show.Undefined), Html.Text(Show.Percent(row.WorstMean)),
                    Html.Text(Show.P(row.PHolm)),
                    Html.Text(Differ(row, board.Standings.Options.Significance)),
                ],
                standing.Entry.IsBaseline ? "baseline" : "")
            : null).OfType<Row>());

    private static string Differ(SubgroupRow row, double alpha)
    {
        var pairs = row.Pairs.Where(pair => pair.PHolm < alpha).Select(pair => $"{pair.First} / {pair.Second}").ToArray();
        return pairs.Length == 0 ? "none" : string.Join(", ", pairs);
    }
}
