using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>
/// Makes the tables of a ranking. Scopes with the same cases share resamples and numbers. Resamples are as large as the
/// scores themselves, so those of a scope go when its tables are made, unless gaps need them too.
/// </summary>
internal sealed class TableMaker(CountedScores scores, RankingOptions options)
{
    private readonly Dictionary<string, ScopeResamples> _resamples = [];
    private readonly Dictionary<string, int> _streams = [];
    private readonly Dictionary<string, ScoreTable[]> _made = [];

    /// <summary>
    /// Per scope: the mean over structures by DSC and NSD, then each structure by DSC and NSD; rows in entry order.
    /// </summary>
    public IReadOnlyList<ScoreTable> Tables(IReadOnlyList<Scope> scopes)
    {
        string[] kept = [CasesOf(Scope.Iid), CasesOf(Scope.Ood)];
        var tables = new List<ScoreTable>();
        foreach (var scope in scopes)
        {
            tables.AddRange(Make(
                scope, [(null, All), .. scores.Structures.Select((name, s) => ((string?)name, new[] { s }))]));
            _ = HardTables([scope]);
            if (!kept.Contains(CasesOf(scope)))
            {
                _resamples.Remove(CasesOf(scope));
            }
        }

        return tables;
    }

    /// <summary>
    /// The same for the mean over the hard structures alone; empty unless the contest has hard ones and others.
    /// </summary>
    public IReadOnlyList<ScoreTable> HardTables(IReadOnlyList<Scope> scopes)
    {
        var hard = Hard(scores.Contest);
        return hard.Length == 0 || hard.Length == All.Length
            ? []
            : [.. scopes.SelectMany(scope => Make(scope, [(null, hard)]))];
    }

    /// <summary>The resamples of a scope, drawn when they are first needed.</summary>
    public ScopeResamples ResamplesOf(Scope scope)
    {
        var key = CasesOf(scope);
        if (!_resamples.TryGetValue(key, out var resamples))
        {
            var cases = new Target(scores, scope, All, Metric.Dsc).Cases;
            _streams.TryAdd(key, _streams.Count);
            _resamples.Add(key, resamples = new ScopeResamples(scores, cases, options, _streams[key]));
        }

        return resamples;
    }

    /// <summary>Positions of the hard structures.</summary>
    public static int[] Hard(Contest contest) =>
        [.. Enumerable.Range(0, contest.Structures.Count).Where(s => contest.IsHard(contest.Structures[s]))];

    private string CasesOf(Scope scope) => string.Join(
        ',', Enumerable.Range(0, scores.Cases.Count).Where(c => scores.Cases[c].IsIn(scope)));

    private int[] All => [.. Enumerable.Range(0, scores.Structures.Count)];

    /// <summary>
    /// The tables of a scope; those of another one with the same cases differ in nothing but its name.
    /// </summary>
    private IEnumerable<ScoreTable> Make(Scope scope, IReadOnlyList<(string? Name, int[] Structures)> cuts)
    {
        var key = $"{CasesOf(scope)};{string.Join('|', cuts.Select(cut => string.Join(',', cut.Structures)))}";
        if (!_made.TryGetValue(key, out var tables))
        {
            var (field, resamples) = (new RankedField(scores, scope), ResamplesOf(scope));
            var blank = (from cut in cuts from metric in Enum.GetValues<Metric>() select (cut.Name, cut.Structures, metric))
                .ToArray();
            _made.Add(key, tables = [.. blank
                .AsParallel().AsOrdered().WithDegreeOfParallelism(options.Threads ?? Environment.ProcessorCount)
                .Select(one => Make(scope, one.Name, one.metric, one.Structures, field, resamples))]);
        }

        return tables.Select(table => table with { Scope = scope });
    }

    private ScoreTable Make(
        Scope scope, string? name, Metric metric, int[] structures, RankedField field, ScopeResamples resamples)
    {
        var target = new Target(scores, scope, structures, metric);
        var entries = Enumerable.Range(0, target.Entries).ToArray();
        double?[] means = [.. entries.Select(target.MacroMean)];
        double[][] cases = [.. entries.Select(e => target.CaseMeans(e).OfType<double>().ToArray())];
        var meanRanks = target.MeanRanks(field);
        var byMean = field.Rank(means);
        var byMedian = field.Rank([.. cases.Select(values => Describe.Median(values))]);
        var byMeanRank = field.Rank(meanRanks, higherIsBetter: false);
        double[][] resampled = [.. entries.Select(e => resamples.MacroMeans(e, metric, structures))];
        var rankCounts = field.Count(resampled);
        return new ScoreTable
        {
            Scope = scope,
            Structure = name,
            Metric = metric,
            Cases = target.Cases.Count,
            Rows = [.. entries.Select(e => new ScoreRow
            {
                Entry = scores.Entries[e].Id,
                N = cases[e].Length,
                Mean = means[e],
                Interval = Resamples.Percentile(resampled[e], options.Level),
                Sd = Describe.StandardDeviation(cases[e]),
                Q1 = Describe.Quantile(cases[e], 0.25),
                Median = Describe.Median(cases[e]),
                Q3 = Describe.Quantile(cases[e], 0.75),
                MeanThenRank = byMean[e],
                MedianThenRank = byMedian[e],
                RankThenMean = byMeanRank[e],
                MeanRank = meanRanks[e],
                RankInterval = rankCounts[e].Range(options.Level),
                RankCounts = rankCounts[e].Counts,
            })],
        };
    }
}
