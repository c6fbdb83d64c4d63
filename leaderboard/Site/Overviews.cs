namespace Touchstone.Leaderboard.Site;

/// <summary>The tables of the first page below the leaderboard.</summary>
internal static class Overviews
{
    /// <summary>Every structure: who is best and how the field spreads.</summary>
    public static Html Structures(Board board)
    {
        ScoreTable? Of(string structure) => board.Table(Scope.All, structure, Metric.Dsc);
        var axis = Parts.AxisOf(board.Contest.Structures.Select(Of));
        Column[] columns =
        [
            new("Structure", IsNumber: false), new("Cases"), new("Best DSC %"), new("by", IsNumber: false),
            new("Median entry, DSC %"), new("All entries"),
        ];
        return Html.Of($"""
            <section aria-labelledby="structures">
            <h2 id="structures">By structure</h2>
            {DataTable.Make(
                $"Mean DSC over all cases; one dot per entry, baselines open, scale {axis} %", columns, header: 0,
                board.Contest.Structures.Select(structure => new Row(
                [
                    Html.Of($"{Parts.Structure(board.Contest, structure, "")}{Group(board.Contest.About(structure).Group)}"),
                    Html.Of($"{Of(structure)?.Cases ?? 0}"),
                    .. Parts.Field(board, Of(structure), axis, ""),
                ])))}
            <p class="note"><span class="tag hard">hard</span> marks structures that are small, tubular or blurry on
            CT.</p>
            </section>
            """);
    }

    private static Html Group(string? name) => name is null ? Html.Empty : Html.Of($" <span class=\"tag\">{name}</span>");

    /// <summary>Every dataset: what it is and who is best on it.</summary>
    public static Html Datasets(Board board)
    {
        ScoreTable? Of(ContestDataset dataset) =>
            board.Table(new Scope(ScopeKind.Dataset, dataset.Id), null, Metric.Dsc);
        var axis = Parts.AxisOf(board.Contest.Datasets.Select(Of));
        Column[] columns =
        [
            new("Dataset", IsNumber: false), new("Cases"), new("Distribution", IsNumber: false), new("Best DSC %"),
            new("by", IsNumber: false), new("Median entry, DSC %"), new("All entries"),
        ];
        return Html.Of($"""
            <section aria-labelledby="datasets">
            <h2 id="datasets">By dataset</h2>
            {DataTable.Make(
                $"Mean DSC over structures; one dot per entry, baselines open, scale {axis} %{Show.WeightsCaption(board.Standings)}", columns, header: 0,
                board.Contest.Datasets.Select(dataset => new Row(
                [
                    Html.Of($"<a href=\"{Links.Dataset(dataset.Id)}\">{dataset.Title}</a>"),
                    Html.Of($"{dataset.Cases.Count}"),
                    Html.Text(Distribution(dataset)),
                    .. Parts.Field(board, Of(dataset), axis, ""),
                ])))}
            </section>
            """);
    }

    /// <summary>The rank of every entry under each scheme.</summary>
    public static Html Schemes(Board board)
    {
        Column[] columns =
        [
            new("Method", IsNumber: false), new("Mean DSC"), new("Range of that rank"), new("Mean NSD"),
            new("Median DSC"), new("Rank, then mean, DSC"), new("Significant wins, DSC"), new("Significant wins, NSD"),
        ];
        return Html.Of($"""
            <section aria-labelledby="schemes">
            <h2 id="schemes">How firm are the ranks?</h2>
            {EntryRows.Note(board.Standings.Entries.Count, Everyone)}{DataTable.Make(
                "Rank under each scheme, over all cases; baselines in brackets" + Show.WeightsCaption(board.Standings), columns, header: 0,
                EntryRows.Of(board.Standings.Entries).Select(standing => Ranks(board, standing)))}
            <p class="note">The range holds {board.Level} % of the ranks over {board.Standings.Options.Resamples}
            resamples of the cases. A significant win is an entry beaten in a one-sided Wilcoxon signed-rank test on
            cases, Holm-adjusted p &lt; {Show.Signed(board.Standings.Options.Significance, "0.##")}:
            <a href="pairwise.html">all pairs</a>.</p>
            </section>
            """);
    }

    /// <summary>Whether a dataset is IID, OOD or both.</summary>
    public static string Distribution(ContestDataset dataset)
    {
        var iid = dataset.Cases.Count(one => one.IsInDistribution);
        return iid == 0 ? "OOD" : iid == dataset.Cases.Count ? "IID"
            : $"{Show.Signed(iid, "0")} IID, {Show.Signed(dataset.Cases.Count - iid, "0")} OOD";
    }

    private static Html Everyone { get; } = Html.Of($"""
        in <a href="sensitivity.html">other ways of ranking</a> and in <a href="data/schemes.csv">schemes.csv</a>
        """);

    private static Row Ranks(Board board, Standing standing)
    {
        var dsc = board.Row(standing, Scope.All, null, Metric.Dsc);
        var nsd = board.Row(standing, Scope.All, null, Metric.Nsd);
        return new Row(
            [
                Parts.Who(standing, ""),
                Parts.Rank(standing.Rank, standing),
                Html.Text(Show.Ranks(dsc?.RankInterval)),
                Parts.Rank(nsd?.MeanThenRank, standing),
                Parts.Rank(dsc?.MedianThenRank, standing),
                Parts.Rank(dsc?.RankThenMean, standing),
                Html.Of($"{standing.SignificantWins[Metric.Dsc]}"),
                Html.Of($"{standing.SignificantWins[Metric.Nsd]}"),
            ],
            standing.Entry.IsBaseline ? "baseline" : "");
    }
}
