namespace Touchstone.Leaderboard.Site;

/// <summary>The first page of a site with several contests, or with none yet.</summary>
internal static class ContestsPage
{
    private static readonly Column[] Columns =
    [
        new("Challenge", IsNumber: false), new("Submissions"), new("Cases"), new("Leader", IsNumber: false),
        new("DSC %"),
    ];

    /// <summary>Writes the page.</summary>
    public static SiteFile Write(IReadOnlyList<Board> boards, BuildInfo info) => new Page
    {
        Folder = "",
        Title = "Touchstone",
        Path = "index.html",
        Heading = "Challenges",
        Description = "Leaderboards of medical CT segmentation.",
        Navigation = [],
        Content = Html.Of($"""
            <div class="opening">
            <h1>Challenges</h1>
            <p class="lead">Segmentation of medical CT, measured in sealed containers on cases that nobody has seen.</p>
            </div>
            {DataTable.Make(
                "Published leaderboards",
                Columns, header: 0,
                boards.Select(Line))}
            """),
    }.Write(info);

    private static Row Line(Board board)
    {
        var participants = board.Standings.Entries.Where(standing => !standing.Entry.IsBaseline).ToArray();
        var leader = participants.FirstOrDefault(standing => standing.Rank is not null);
        return new Row(
        [
            Html.Of($"<a href=\"{board.Contest.Key}/index.html\">{board.Contest.Title}</a>"),
            Html.Of($"{participants.Length}"),
            Html.Of($"{board.Contest.Datasets.Sum(dataset => dataset.Cases.Count)}"),
            leader is null
                ? Html.Text(Show.Undefined)
                : Html.Of($"{leader.Entry.Name} <span class=\"team\">{leader.Entry.Team}</span>"),
            Html.Text(Show.Percent(leader is null ? null : board.Row(leader, Scope.All, null, Metric.Dsc)?.Mean)),
        ]);
    }
}
