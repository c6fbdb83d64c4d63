using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>
/// Every score of a contest as the ranking counts it. This class, and nothing else, decides what a failed, missing or
/// undefined score is worth:
/// <list type="bullet">
/// <item>a structure counts on a case when any entry has a row for it there (it is annotated);</item>
/// <item>a case without a valid prediction, or without a result, is worth 0 for each of them: the worst DSC and
/// NSD, unless <see cref="MissingRule.Dropped"/> asks what the ranking would be without that rule;</item>
/// <item>an undefined score of a completed case (absent, and rightly not found) is left out.</item>
/// </list>
/// </summary>
internal sealed class CountedScores
{
    private readonly Arrivals _arrivals;
    private readonly MissingRule _missing;
    private readonly bool[][] _annotated;
    private readonly double?[][][][] _values;

    /// <summary>Arranges what arrived for a contest.</summary>
    /// <param name="contest">What is expected.</param>
    /// <param name="results">What was run; results of cases that the contest does not have are left out.</param>
    /// <param name="imports">What published studies scored; their other cases are left out too.</param>
    /// <param name="missing">What a case without a valid prediction is worth.</param>
    /// <exception cref="ArgumentException">
    /// Something is another challenge's or another protocol's, comes twice, or two of them call different things by one
    /// id; or the contest expects a case twice.
    /// </exception>
    public CountedScores(
        Contest contest, IReadOnlyList<CaseResult> results, IReadOnlyList<ImportedScores>? imports = null,
        MissingRule missing = MissingRule.Worst)
        : this(contest, new Arrivals(contest, results, imports ?? []), missing)
    {
    }

    private CountedScores(Contest contest, Arrivals arrivals, MissingRule missing)
    {
        _arrivals = arrivals;
        _missing = missing;
        Structures = contest.Structures;
        var rows = Entries.Select(Rows).ToArray();
        _annotated = [.. Enumerable.Range(0, Cases.Count).Select(c => Structures
            .Select((_, s) => Array.Exists(rows, entry => entry[c]?[s] is not null)).ToArray())];
        _values = [.. rows.Select((row, e) => new[]
        {
            Values(e, row, score => score.Dsc), Values(e, row, score => score.Nsd),
        })];
        Contest = contest;
    }

    /// <summary>What is expected.</summary>
    public Contest Contest { get; }

    /// <summary>The structures that count, in the contest's order.</summary>
    public IReadOnlyList<string> Structures { get; }

    /// <summary>Every expected case, in the contest's order.</summary>
    public IReadOnlyList<ExpectedCase> Cases => _arrivals.Cases;

    /// <summary>The entries of which something arrived, by id.</summary>
    public IReadOnlyList<Entry> Entries => _arrivals.Entries;

    /// <summary>The same scores, with another rule for what is missing.</summary>
    public CountedScores With(MissingRule missing) => new(Contest, _arrivals, missing);

    /// <summary>The result of an entry on a case; null when there is none, or when it was imported.</summary>
    public CaseResult? Result(Entry entry, ExpectedCase one) => _arrivals.Result(entry, one);

    /// <summary>Whether anything arrived of an entry on a case, run or imported.</summary>
    public bool HasArrived(Entry entry, ExpectedCase one) =>
        Result(entry, one) is not null || _arrivals.Import(entry, one) is not null;

    /// <summary>Whether an entry has a valid prediction on a case.</summary>
    public bool IsScored(Entry entry, ExpectedCase one) =>
        Result(entry, one) is { Ending: Ending.Completed } || _arrivals.Import(entry, one) is not null;

    /// <summary>Whether an entry's scores on a case are of other reference masks than the present ones.</summary>
    public bool IsStale(Entry entry, ExpectedCase one) =>
        Result(entry, one) is { } result && (result.Reference?.Version ?? 1) != one.Dataset.ReferenceVersion;

    /// <summary>The scores of a structure as they arrived; null for a case or a structure that did not.</summary>
    public RawScore? Raw(Entry entry, ExpectedCase one, string structure) =>
        Result(entry, one) is { } result
            ? result.Scores.Where(score => score.Structure == structure)
                .Select(score => (RawScore?)new RawScore(score.Dsc, score.Nsd)).FirstOrDefault()
            : _arrivals.Import(entry, one)?.Score(structure);

    /// <summary>Whether a structure is annotated on a case. Both are positions in the lists above.</summary>
    public bool IsAnnotated(int caseIndex, int structure) => _annotated[caseIndex][structure];

    /// <summary>
    /// A score as it counts; null where it is left out. All four are positions or values of the lists above.
    /// </summary>
    public double? Value(int entry, Metric metric, int structure, int caseIndex) =>
        _values[entry][(int)metric][structure][caseIndex];

    /// <summary>An entry's mean over the structures that count on a case; null when none does.</summary>
    public double? CaseMean(int entry, Metric metric, int caseIndex) => Describe.Mean([..
        Enumerable.Range(0, Structures.Count)
            .Select(structure => Value(entry, metric, structure, caseIndex)).OfType<double>()]);

    /// <summary>The mean over structures and entries on a case; null when nothing counts.</summary>
    public double? CaseMean(Metric metric, int caseIndex) => Describe.Mean([..
        from entry in Enumerable.Range(0, Entries.Count)
        from structure in Enumerable.Range(0, Structures.Count)
        let value = Value(entry, metric, structure, caseIndex)
        where value is not null
        select value.Value]);

    /// <summary>
    /// Per case, one score per structure for which there is a row; null for a case that did not arrive.
    /// </summary>
    private RawScore?[]?[] Rows(Entry entry) => [.. Cases.Select(one => Row(entry, one))];

    private RawScore?[]? Row(Entry entry, ExpectedCase one)
    {
        if (Result(entry, one) is { } result)
        {
            var scores = result.Scores.ToDictionary(score => score.Structure, StringComparer.Ordinal);
            return [.. Structures.Select(structure => scores.GetValueOrDefault(structure) is { } score
                ? new RawScore(score.Dsc, score.Nsd) : (RawScore?)null)];
        }

        return _arrivals.Import(entry, one) is { } import
            ? [.. Structures.Select(structure => import.Score(structure))]
            : null;
    }

    private double?[][] Values(int entry, RawScore?[]?[] rows, Func<RawScore, double?> metric)
    {
        bool[] isValid = [.. Cases.Select(one => IsScored(Entries[entry], one))];
        return [.. Structures.Select((_, s) => Enumerable.Range(0, Cases.Count)
            .Select(c => _annotated[c][s] ? Worth(isValid[c], rows[c]?[s], metric) : null).ToArray())];
    }

    /// <summary>
    /// The rule. A completed case that lacks a row which others have was scored short, so it counts as worst too.
    /// </summary>
    private double? Worth(bool isValid, RawScore? score, Func<RawScore, double?> metric) =>
        isValid && score is { } row ? metric(row)
        : _missing == MissingRule.Worst ? 0
        : null;
}

/// <summary>The scores of one structure as they arrived.</summary>
/// <param name="Dsc">Dice similarity coefficient.</param>
/// <param name="Nsd">Normalised surface Dice.</param>
internal readonly record struct RawScore(double? Dsc, double? Nsd);
