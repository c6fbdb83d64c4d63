namespace Touchstone.Leaderboard.Site;

/// <summary>One dataset: who is best on it, its cohort, its structures, its cases.</summary>
internal static class DatasetPage
{
    private const string Up = "../";

    /// <summary>What is under the masthead.</summary>
    public static Html Content(Board board, ContestDataset dataset)
    {
        var scope = new Scope(ScopeKind.Dataset, dataset.Id);
        return Html.Of($"""
            <div class="opening">
            <p class="kicker">Dataset</p>
            <h1>{dataset.Title}</h1>
            {Parts.Facts(
                ("Cases", Html.Of($"{dataset.Cases.Count}")),
                ("Distribution", Html.Text(Overviews.Distribution(dataset))),
                ("Reference masks", Html.Of($"version {dataset.ReferenceVersion}")),
                ("Cases are", Html.Text(dataset.IsPublic ? "public" : "hidden, shown under pseudonyms")))}
            </div>
            <section aria-labelledby="entries">
            <h2 id="entries">Entries</h2>
            {Entries(board, scope)}
            </section>
            <section aria-labelledby="spread">
            <h2 id="spread">Spread over cases</h2>
            {FigureBlock.Of(board, BoardFigures.OfDataset(dataset.Id, Metric.Dsc), Up)}
            {FigureBlock.Of(board, BoardFigures.OfDataset(dataset.Id, Metric.Nsd), Up)}
            </section>
            <section aria-labelledby="structures">
            <h2 id="structures">Structures</h2>
            {Structures(board, scope)}
            </section>
            {Cohorts.Section(dataset)}
            <section aria-labelledby="cases">
            <h2 id="cases">Cases</h2>
            {Cases(board, dataset)}
            </section>
            """);
    }

    private static Html Entries(Board board, Scope scope)
    {
        var (dsc, nsd) = (board.Table(scope, null, Metric.Dsc), board.Table(scope, null, Metric.Nsd));
        var axis = Parts.AxisOf(dsc, nsd);
        Column[] columns =
        [
            new("Rank", IsNumber: false), new("Method", IsNumber: false), new("DSC %"), new("NSD %"),
            .. board.HasSeconds ? new Column[] { new("Seconds per case") } : [], new("Scored"), new("Failures", IsNumber: false),
        ];
        return DataTable.Make(
            $"Means over structures with {board.Level} % bootstrap intervals, best first; scale of the dots {axis} %{Show.WeightsCaption(board.Standings)}",
            columns, header: 1,
            board.Ranked(scope, structure: null)
                .Select(standing => new Row(
                [
                    Parts.Rank(board.Row(standing, scope, null, Metric.Dsc)?.MeanThenRank, standing),
                    Parts.Who(standing, Up),
                    Parts.Score(board.Row(standing, scope, null, Metric.Dsc), axis),
                    Parts.Score(board.Row(standing, scope, null, Metric.Nsd), axis),
                    .. board.HasSeconds
                        ? new[] { Html.Text(Show.Seconds(Board.Coverage(standing, scope)?.MeanSeconds)) } : [],
                    Parts.Coverage(Board.Coverage(standing, scope)),
                    Parts.Failures(Board.Coverage(standing, scope)),
                ], standing.Entry.IsBaseline ? "baseline" : "")));
    }

    private static Html Structures(Board board, Scope scope)
    {
        ScoreTable? Of(string structure, Metric metric) => board.Table(scope, structure, metric);
        var axis = Parts.AxisOf(board.Contest.Structures.Select(structure => Of(structure, Metric.Dsc)));
        Column[] columns =
        [
            new("Structure", IsNumber: false), new("Cases"), new("Best DSC %"), new("by", IsNumber: false),
            new("Median entry, DSC %"), new("All entries"), new("Best NSD %"), new("by", IsNumber: false),
        ];
        return DataTable.Make(
            $"Means over this dataset's cases; one dot per entry, baselines open, scale {axis} %", columns, header: 0,
            board.Contest.Structures.Select(structure => new Row(
            [
                Parts.Structure(board.Contest, structure, Up),
                Html.Of($"{Of(structure, Metric.Dsc)?.Cases ?? 0}"),
                .. Parts.Field(board, Of(structure, Metric.Dsc), axis, Up),
                .. Parts.Field(board, Of(structure, Metric.Nsd), axis, Up)[..2],
            ])));
    }

    private static Html Cases(Board board, ContestDataset dataset)
    {
        var keys = dataset.IsPublic ? dataset.Cohort.Keys.Order(StringComparer.Ordinal).ToArray() : [];
        Column[] columns =
        [
            new("Case", IsNumber: false), new("Distribution", IsNumber: false), new("Mean DSC % over entries"),
            new("Failed entries"),
            .. keys.Select(key => new Column(key, IsNumber: false)),
        ];
        var all = board.Scores.Cases.Where(one => one.Dataset == dataset)
            .Select(one => (Case: one.Index, Mean: board.Scores.CaseMean(Metric.Dsc, one.Index)))
            .OrderBy(pair => pair.Mean ?? 2).ToArray();
        var rows = all.Take(CaseRows.Most).Select(pair => new Row(
            [
                CaseName(board, board.Scores.Cases[pair.Case]),
                Html.Text(board.Scores.Cases[pair.Case].Case.IsInDistribution ? "IID" : "OOD"),
                Html.Text(Show.Percent(pair.Mean)),
                Html.Of($"{board.Scores.Entries.Count(entry => board.Scores.Result(entry, board.Scores.Cases[pair.Case])
                    is { Ending: not Results.Ending.Completed })}"),
                .. keys.Select(key => Html.Text(
                    board.Scores.Cases[pair.Case].Case.Metadata.GetValueOrDefault(key, Show.Undefined))),
            ]));
        var canLook = board.Scores.Cases.Any(one => one.Dataset == dataset && board.ShownOf(one) is not null);
        return Html.Join(CaseRows.Note(all.Length, Up), DataTable.Make(
            (all.Length <= CaseRows.Most ? "Every case" : "Cases") + ", hardest first: mean over structures and entries"
            + (canLook ? ". A linked one shows CT, reference and the prediction of the best entry that has one" : "")
            + Show.WeightsCaption(board.Standings),
            columns, header: 0, rows));
    }

    private static Html CaseName(Board board, ExpectedCase one) =>
        board.Standings.Entries.Select(standing => board.CasePage(standing, one)).FirstOrDefault(path => path is not null)
            is { } page ? Html.Of($"<a href=\"{Up}{page}\">{one.ShownName}</a>") : Html.Text(one.ShownName);
}
