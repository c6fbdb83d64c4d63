using Touchstone.Leaderboard.Charts;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Site;

/// <summary>Every figure of a board. Pages ask for theirs by name; the renderer takes all of them.</summary>
internal static class BoardFigures
{
    /// <summary>All figures, with unique names.</summary>
    public static IReadOnlyList<Figure> All(Board board) => board.Standings.Entries.Count == 0 ? [] :
    [
        .. Weighted(board, [.. Podium(board), .. Speed(board)]), Heat(board), Cover(board),
        .. Weighted(board, [Blobs(board), Schemes(board), .. Slopes(board), .. Metrics.Select(metric => Significance(board, metric))]),
        .. from structure in board.Contest.Structures from metric in Metrics select Boxes(board, structure, metric),
        .. Weighted(board, from dataset in board.Contest.Datasets from metric in Metrics select Boxes(board, dataset, metric)),
        .. from standing in board.Standings.Entries from metric in Metrics select Boxes(board, standing, metric),
        .. board.Standings.Entries.SelectMany(standing => Memory(board, standing)),
        .. Weighted(board, Subgroups(board)),
    ];

    /// <summary>Name of the box plots of a structure.</summary>
    public static string OfStructure(string structure, Metric metric) => $"boxes-{structure}-{Show.Metric(metric).ToLowerInvariant()}";

    /// <summary>Name of the box plots of an entry.</summary>
    public static string OfEntry(Entry entry, Metric metric) => $"entry-{entry.Id}-{Show.Metric(metric).ToLowerInvariant()}";

    /// <summary>Name of the box plots of a dataset.</summary>
    public static string OfDataset(string dataset, Metric metric) =>
        $"dataset-{dataset}-{Show.Metric(metric).ToLowerInvariant()}";

    /// <summary>Name of the GPU-memory curves of an entry; a figure only where some were sampled.</summary>
    public static string OfMemory(Entry entry) => $"gpu-{entry.Id}";

    /// <summary>Figures of means over structures, which say what the structures weigh.</summary>
    private static IEnumerable<Figure> Weighted(Board board, IEnumerable<Figure> figures) =>
        figures.Select(figure => figure with { Note = figure.Note + Show.WeightsSentence(board.Standings) });

    private static Metric[] Metrics { get; } = Enum.GetValues<Metric>();

    private static Charts.Label LabelOf(Standing standing) => new(
        standing.Entry.Name, standing.Entry.IsBaseline ? LabelKind.Baseline : LabelKind.Participant);

    private static Charts.Label[] Labels(Board board) => [.. board.Standings.Entries.Select(LabelOf)];

    private static IEnumerable<Figure> Podium(Board board)
    {
        var best = IndexPage.OnPodium(board);
        string[] colours = ["$gold", "$silver", "$bronze"];
        return best.Count == 0 ? [] : [IntervalBars.Draw(
            ("podium", "Podium", $"Mean DSC over structures and all cases with {board.Level} % bootstrap intervals."), "DSC",
            [.. best.Select(standing => Bar(board, standing, colours[standing.Rank!.Value - 1]))])];
    }

    private static Bar Bar(Board board, Standing standing, string colour)
    {
        var row = board.Row(standing, Scope.All, null, Metric.Dsc);
        return new Bar($"{Show.Rank(standing.Rank, false)}  {standing.Entry.Name}", row?.Mean, row?.Interval, row?.N, colour);
    }

    private static IEnumerable<Figure> Speed(Board board)
    {
        var points = board.Standings.Entries.Select(standing => Point(board, standing)).OfType<SpeedPoint>().ToArray();
        return points.Length < 2 ? [] : [SpeedPlot.Draw("speed", "DSC", board.Level, points)];
    }

    private static SpeedPoint? Point(Board board, Standing standing)
    {
        var row = board.Row(standing, Scope.All, null, Metric.Dsc);
        double[] seconds = [.. board.CasesOf(standing).Select(pair => pair.Result).OfType<CaseResult>().Select(Runs.RankedSeconds)];
        return row?.Mean is { } mean && Describe.Mean(seconds) is { } time and > 0
            ? new SpeedPoint(
                LabelOf(standing), mean, row.Interval, time,
                Bootstrap.OfMean(seconds, 2000, board.Standings.Options.Seed, board.Standings.Options.Level))
            : null;
    }

    private static Figure Heat(Board board) => HeatMap.Draw(
        "structures", "Every structure", "Mean DSC", Labels(board),
        [.. board.Contest.Structures.Select(name => Show.Structure(board.Contest, name))],
        (row, column) => board.Row(
            board.Standings.Entries[row], Scope.All, board.Contest.Structures[column], Metric.Dsc)?.Mean);

    private static Figure Cover(Board board)
    {
        var coverage = board.Standings.Entries.Select(standing => Board.Coverage(standing, Scope.All)!).ToArray();
        Ending[] endings = [.. coverage.SelectMany(one => one.Endings.Keys).Where(one => one != Ending.Completed).Distinct().Order()];
        return CoverageBars.Draw(
            "coverage", Labels(board), ["scored", .. endings.Select(Show.Ending), "no result"],
            (e, k) => k == 0 ? coverage[e].Scored
                : k > endings.Length ? coverage[e].Missing
                : coverage[e].Endings.GetValueOrDefault(endings[k - 1]));
    }

    private static Figure Blobs(Board board) => BlobPlot.Draw(
        "stability", "mean DSC", Labels(board),
        [.. board.Standings.Entries.Select(standing => Shares(board.Row(standing, Scope.All, null, Metric.Dsc)?.RankCounts ?? []))]);

    private static double[] Shares(IReadOnlyList<int> counts) =>
        [.. counts.Select(count => (double)count / Math.Max(1, counts.Sum()))];

    private static Figure Schemes(Board board)
    {
        SchemeTable[] tables = [.. board.Standings.Sensitivity.Schemes.Where(table => table.Rows.Any(row => row.Rank is not null))];
        return SlopeChart.Draw(
            ("schemes", "Ranks under each scheme", "1 is best. Level lines are ranks that every scheme agrees on.",
                $"Lines of {Show.Count(board.Standings.Entries.Count, "entry", "entries")} over {Show.Count(tables.Length, "ranking scheme")}; the table below has "
                + "every rank."),
            "rank", [.. tables.Select(Show.Scheme)],
            [.. board.Standings.Entries.Select(standing => new Slope(
                LabelOf(standing), [.. tables.Select(table => (double?)table.Rows.First(row => row.Entry == standing.Entry.Id).Rank)]))],
            isRank: true);
    }

    private static IEnumerable<Figure> Slopes(Board board) => !board.HasGap ? [] : [SlopeChart.Draw(
        ("generalisation", "From known hospitals to new ones",
            "Mean DSC over structures on cases from hospitals that contributed training data (IID) and from others (OOD). "
            + "Gold, silver and bronze are the first three of the board; dashed lines are baselines.",
            "Slope chart of mean DSC in and out of distribution: " + string.Join("; ", board.Standings.Entries.Select(standing =>
                $"{standing.Entry.Name} {Show.Percent(Board.Gap(standing, null, Metric.Dsc)?.Iid)} to "
                + Show.Percent(Board.Gap(standing, null, Metric.Dsc)?.Ood))) + "."),
        "DSC %", ["In distribution", "Out of distribution"],
        [.. board.Standings.Entries.Select(standing => new Slope(LabelOf(standing),
        [
            Board.Gap(standing, null, Metric.Dsc)?.Iid * 100, Board.Gap(standing, null, Metric.Dsc)?.Ood * 100,
        ]))],
        isRank: false)];

    private static Figure Significance(Board board, Metric metric)
    {
        var entries = board.Standings.Entries;
        var pairs = board.Standings.Comparisons.Where(pair => pair.Metric == metric)
            .ToDictionary(pair => (pair.First, pair.Second), pair => pair.PHolm);
        var name = Show.Metric(metric);
        return SignificanceMap.Draw(
            $"significance-{name.ToLowerInvariant()}", $"Who beats whom on {name}", name, Labels(board),
            (row, column) => pairs.GetValueOrDefault((entries[row].Entry.Id, entries[column].Entry.Id)),
            board.Standings.Options.Significance);
    }

    private static Figure Boxes(Board board, string structure, Metric metric)
    {
        var s = board.Contest.Structures.ToList().IndexOf(structure);
        var name = Show.Metric(metric);
        return BoxPlot.Draw(
            OfStructure(structure, metric), $"{Show.Structure(board.Contest, structure)}, {name}", name,
            board.Ranked(Scope.All, structure).Select(standing => new Sample(
                LabelOf(standing), board.Values(standing, metric, s))));
    }

    private static Figure Boxes(Board board, ContestDataset dataset, Metric metric)
    {
        var (scope, name) = (new Scope(ScopeKind.Dataset, dataset.Id), Show.Metric(metric));
        var cases = Enumerable.Range(0, board.Scores.Cases.Count).Where(c => board.Scores.Cases[c].IsIn(scope)).ToArray();
        return BoxPlot.Draw(
            OfDataset(dataset.Id, metric), $"{dataset.Title}, {name}", $"mean {name} over structures",
            board.Ranked(scope, structure: null).Select(standing => new Sample(
                LabelOf(standing),
                [.. cases.Select(c => board.Scores.CaseMean(board.EntryIndex(standing), metric, c)).OfType<double>()])),
            "A value is the mean over one case's structures, so the mean of all differs from the table's mean over structures.");
    }

    private static Figure Boxes(Board board, Standing standing, Metric metric) => BoxPlot.Draw(
        OfEntry(standing.Entry, metric), $"{standing.Entry.Name} by structure, {Show.Metric(metric)}", Show.Metric(metric),
        board.Contest.Structures.Select((structure, s) => new Sample(
            new Charts.Label(Show.Structure(board.Contest, structure)), board.Values(standing, metric, s))));

    private static IEnumerable<Figure> Memory(Board board, Standing standing)
    {
        MemoryCurve[] curves =
        [
            .. from pair in board.CasesOf(standing)
               where pair.Result?.Gpu is { Curve.Count: > 1 }
               select new MemoryCurve(pair.Case.ShownName, pair.Result!.Gpu!),
        ];
        return curves.Length == 0 ? [] : [MemoryCurves.Draw(OfMemory(standing.Entry), standing.Entry.Name, curves)];
    }

    private static IEnumerable<Figure> Subgroups(Board board) =>
        board.Standings.Subgroups.Where(table => table.Metric == Metric.Dsc && table.Groups.Any(group => group.IsLargeEnough))
            .SelectMany(table => SubgroupFigures.Of(board, table, Labels(board)));
}
