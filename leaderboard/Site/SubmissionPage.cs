namespace Touchstone.Leaderboard.Site;

/// <summary>One submission: what it is, its scores, and how each case ended.</summary>
internal static class SubmissionPage
{
    private const string Up = "../";

    private static readonly Column[] GapColumns =
    [
        new("IID, DSC %"), new("OOD, DSC %"), new("Gap, DSC points"), new("Gap, NSD points"),
    ];

    /// <summary>What is under the masthead.</summary>
    public static Html Content(Board board, Standing standing) => Html.Of($"""
        <div class="opening">
        <p class="kicker">{(standing.Entry.IsBaseline ? "Baseline" : "Submission")}</p>
        <h1>{standing.Entry.Name}</h1>
        <p class="lead">{standing.Entry.Team}</p>
        {Summary(board, standing)}
        </div>
        <section aria-labelledby="structures">
        <h2 id="structures">By structure</h2>
        {Structures(board, standing)}
        </section>
        {FigureBlock.Of(board, BoardFigures.OfEntry(standing.Entry, Metric.Dsc), Up)}
        {FigureBlock.Of(board, BoardFigures.OfEntry(standing.Entry, Metric.Nsd), Up)}
        {WorstCases.Section(board, standing, Up)}
        <section aria-labelledby="coverage">
        <h2 id="coverage">Coverage and time</h2>
        {Coverage(board, standing)}
        </section>
        {FigureBlock.Of(board, BoardFigures.OfMemory(standing.Entry), Up)}
        <section aria-labelledby="cases">
        <h2 id="cases">Cases</h2>
        {CaseTable.Make(board, standing)}
        </section>
        {RunFacts.Section(board, standing)}
        """);

    private static Html Summary(Board board, Standing standing)
    {
        var gap = Board.Gap(standing, null, Metric.Dsc);
        return Parts.Facts(
        [
            ("Rank", Parts.Rank(standing.Rank, standing)),
            ("DSC %", Fact(board.Row(standing, Scope.All, null, Metric.Dsc))),
            ("NSD %", Fact(board.Row(standing, Scope.All, null, Metric.Nsd))),
            .. board.HasGap ? new[] { ("IID − OOD, points of DSC", Parts.Gap(gap)) } : [],
            .. board.HasSeconds
                ? new[] { ("Seconds per case", Html.Text(Show.Seconds(Board.Coverage(standing, Scope.All)?.MeanSeconds))) } : [],
            ("Scored", Parts.Coverage(Board.Coverage(standing, Scope.All))),
        ]);
    }

    private static Html Fact(ScoreRow? row) => Html.Of(
        $"<b>{Show.Percent(row?.Mean)}</b> <span class=\"interval\">{Show.Percent(row?.Interval)}</span>");

    private static Html Structures(Board board, Standing standing)
    {
        string?[] structures = [null, .. board.Contest.Structures];
        var axis = Axis.Around(structures.SelectMany(structure => new[] { Metric.Dsc, Metric.Nsd }
            .Select(metric => board.Row(standing, Scope.All, structure, metric)))
            .SelectMany(row => new[] { row?.Mean, row?.Interval?.Low, row?.Interval?.High }).OfType<double>());
        Column[] columns =
        [
            new("Structure", IsNumber: false), new("Rank", IsNumber: false), new("Cases"), new("DSC %"), new("NSD %"),
            .. board.HasGap ? GapColumns : [],
        ];
        return DataTable.Make(
            $"Means over all cases with {board.Level} % bootstrap intervals; scale of the dots {axis} %{Show.WeightsCaption(board.Standings)}",
            columns, header: 0,
            structures.Select(structure => Line(board, standing, structure, axis)));
    }

    private static Row Line(Board board, Standing standing, string? structure, Axis axis)
    {
        var dsc = board.Row(standing, Scope.All, structure, Metric.Dsc);
        var gap = Board.Gap(standing, structure, Metric.Dsc);
        return new Row(
            [
                structure is null ? Html.Text(board.Standings.Weights is null ? "Mean over structures" : "Weighted mean over structures") : Parts.Structure(board.Contest, structure, Up),
                Parts.Rank(dsc?.MeanThenRank, standing),
                Html.Of($"{dsc?.N ?? 0}"),
                Parts.Score(dsc, axis),
                Parts.Score(board.Row(standing, Scope.All, structure, Metric.Nsd), axis),
                .. board.HasGap ? new[]
                {
                    Html.Text(Show.Percent(gap?.Iid)), Html.Text(Show.Percent(gap?.Ood)),
                    Parts.Gap(gap), Parts.Gap(Board.Gap(standing, structure, Metric.Nsd)),
                } : [],
            ],
            structure is null ? "total" : "");
    }

    private static Html Coverage(Board board, Standing standing)
    {
        Column[] columns =
        [
            new("Cases", IsNumber: false), new("Scored"), new("Failures", IsNumber: false), new("Mean seconds"),
            new("Median seconds"), new("DSC %"), new("NSD %"),
        ];
        return DataTable.Make(
            "Every expected case counts: failed and missing ones with the worst value, timed-out ones at their limit"
                + Show.WeightsCaption(board.Standings),
            columns, header: 0,
            standing.Coverage.Select(coverage => new Row(
            [
                Name(board, coverage.Scope),
                Parts.Coverage(coverage),
                Parts.Failures(coverage),
                Html.Text(Show.Seconds(coverage.MeanSeconds)),
                Html.Text(Show.Seconds(coverage.MedianSeconds)),
                Html.Text(Show.Percent(board.Row(standing, coverage.Scope, null, Metric.Dsc)?.Mean)),
                Html.Text(Show.Percent(board.Row(standing, coverage.Scope, null, Metric.Nsd)?.Mean)),
            ], coverage.Scope == Scope.All ? "total" : "")));
    }

    private static Html Name(Board board, Scope scope)
    {
        var name = Show.Scope(scope, board.Contest);
        return scope.Dataset is { } id ? Html.Of($"<a href=\"{Up}{Links.Dataset(id)}\">{name}</a>") : Html.Text(name);
    }
}
