using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>
/// Every score of a contest as the ranking counts it. This class, and nothing else, decides what a failed, missing or
/// undefined score is worth:
/// <list type="bullet">
/// <item>a structure counts on a case when any entry's result on that case has a row for it (it is annotated);</item>
/// <item>a case without a valid prediction, or without a result, is worth 0 for each of them: the worst DSC and
/// NSD;</item>
/// <item>an undefined score of a completed case (absent, and rightly not found) is left out.</item>
/// </list>
/// </summary>
internal sealed class CountedScores
{
    private readonly Dictionary<(string Entry, string Dataset, string Case), CaseResult> _results;
    private readonly bool[][] _annotated;
    private readonly double?[][][][] _values;

    /// <summary>Arranges the results of a contest.</summary>
    /// <param name="contest">What is expected.</param>
    /// <param name="results">What arrived; results of cases that the contest does not have are left out.</param>
    /// <exception cref="ArgumentException">
    /// A result is another challenge's or another protocol's, comes twice, or two results call different things by one
    /// id; or the contest expects a case twice.
    /// </exception>
    public CountedScores(Contest contest, IReadOnlyList<CaseResult> results)
    {
        Structures = contest.Structures;
        Cases = [.. contest.Datasets.SelectMany(
            dataset => dataset.Cases, (dataset, one) => new ExpectedCase(dataset, one))];
        var expected = Cases.Select(one => (one.Dataset.Id, one.Case.Id)).ToHashSet();
        if (expected.Count != Cases.Count)
        {
            throw new ArgumentException($"{contest.Id} expects a case twice.", nameof(contest));
        }

        var counted = results.Where(result => expected.Contains((result.Case.Dataset, result.Case.Case))).ToArray();
        _results = [];
        foreach (var result in counted)
        {
            Check(contest, result);
            if (!_results.TryAdd((result.Entry.Id, result.Case.Dataset, result.Case.Case), result))
            {
                throw new ArgumentException(
                    $"Two results of {result.Entry.Id} on {result.Case.Dataset}/{result.Case.Case}.", nameof(results));
            }
        }

        Entries = [.. counted.GroupBy(result => result.Entry.Id, StringComparer.Ordinal).Select(One)
            .OrderBy(entry => entry.Id, StringComparer.Ordinal)];
        _annotated = [.. Cases.Select(Annotated)];
        _values = [.. Entries.Select(Values)];
    }

    /// <summary>The structures that count, in the contest's order.</summary>
    public IReadOnlyList<string> Structures { get; }

    /// <summary>Every expected case, in the contest's order.</summary>
    public IReadOnlyList<ExpectedCase> Cases { get; }

    /// <summary>The entries that have a result, by id.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>The result of an entry on a case; null when there is none.</summary>
    public CaseResult? Result(Entry entry, ExpectedCase one) =>
        _results.GetValueOrDefault((entry.Id, one.Dataset.Id, one.Case.Id));

    /// <summary>Whether a structure is annotated on a case. Both are positions in the lists above.</summary>
    public bool IsAnnotated(int caseIndex, int structure) => _annotated[caseIndex][structure];

    /// <summary>
    /// A score as it counts; null where it is left out. All four are positions or values of the lists above.
    /// </summary>
    public double? Value(int entry, Metric metric, int structure, int caseIndex) =>
        _values[entry][(int)metric][structure][caseIndex];

    private static Entry One(IGrouping<string, CaseResult> results) =>
        results.Select(result => result.Entry)
            .DistinctBy(entry => (entry.Team, entry.Name, entry.IsBaseline, entry.Image)).Count() == 1
            ? results.First().Entry
            : throw new ArgumentException($"Different entries have the id {results.Key}.", nameof(results));

    private static void Check(Contest contest, CaseResult result)
    {
        if (result.Entry.Challenge != contest.Id)
        {
            throw new ArgumentException(
                $"{result.Entry.Id} entered {result.Entry.Challenge}, not {contest.Id}.", nameof(result));
        }

        if (result.Protocol != contest.Protocol || result.ToleranceMm != contest.ToleranceMm)
        {
            throw new ArgumentException(
                $"{result.Entry.Id} is scored by {result.Protocol} at {result.ToleranceMm} mm, the contest by "
                + $"{contest.Protocol} at {contest.ToleranceMm} mm: score it again before ranking.", nameof(result));
        }
    }

    private bool[] Annotated(ExpectedCase one)
    {
        var names = Entries.Select(entry => Result(entry, one)).OfType<CaseResult>()
            .SelectMany(result => result.Scores).Select(score => score.Structure).ToHashSet(StringComparer.Ordinal);
        return [.. Structures.Select(names.Contains)];
    }

    private double?[][][] Values(Entry entry)
    {
        double?[][] Empty() => [.. Structures.Select(_ => new double?[Cases.Count])];
        double?[][] dsc = Empty(), nsd = Empty();
        for (var c = 0; c < Cases.Count; c++)
        {
            var result = Result(entry, Cases[c]);
            var isValid = result is { Ending: Ending.Completed };
            var scores = isValid ? result!.Scores.ToDictionary(score => score.Structure, StringComparer.Ordinal) : [];
            for (var s = 0; s < Structures.Count; s++)
            {
                if (_annotated[c][s])
                {
                    var score = scores.GetValueOrDefault(Structures[s]);
                    dsc[s][c] = Worth(isValid, score, score?.Dsc);
                    nsd[s][c] = Worth(isValid, score, score?.Nsd);
                }
            }
        }

        return [dsc, nsd];
    }

    /// <summary>
    /// The rule. A completed case that lacks a row which others have was scored short, so it counts as worst too.
    /// </summary>
    private static double? Worth(bool isValid, StructureScore? score, double? value) =>
        isValid && score is not null ? value : 0;
}

/// <summary>One case that every entry is expected to do.</summary>
/// <param name="Dataset">Its dataset.</param>
/// <param name="Case">The case.</param>
internal sealed record ExpectedCase(ContestDataset Dataset, ContestCase Case)
{
    /// <summary>The name that readers may see: the id of a public case, the pseudonym of a hidden one.</summary>
    public string ShownName => Dataset.IsPublic ? Case.Id : Case.Pseudonym;

    /// <summary>Whether the case belongs to a scope.</summary>
    public bool IsIn(Scope scope) => scope.Kind switch
    {
        ScopeKind.All => true,
        ScopeKind.Iid => Case.IsInDistribution,
        ScopeKind.Ood => !Case.IsInDistribution,
        _ => Dataset.Id == scope.Dataset,
    };
}
