using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>What arrived for a contest, checked and found by entry and case.</summary>
internal sealed class Arrivals
{
    private readonly Dictionary<(string Entry, string Dataset, string Case), CaseResult> _results = [];
    private readonly Dictionary<(string Entry, string Dataset, string Case), ImportedRow> _imports = [];

    /// <summary>Takes in what arrived; cases that the contest does not have are left out.</summary>
    /// <inheritdoc cref="CountedScores(Contest, IReadOnlyList{CaseResult}, IReadOnlyList{ImportedScores}, MissingRule)"/>
    public Arrivals(Contest contest, IReadOnlyList<CaseResult> results, IReadOnlyList<ImportedScores> imports)
    {
        Cases = [.. contest.Datasets.SelectMany(
            dataset => dataset.Cases, (dataset, one) => new ExpectedCase(dataset, one))];
        var expected = Cases.Select(one => (one.Dataset.Id, one.Case.Id)).ToHashSet();
        if (expected.Count != Cases.Count)
        {
            throw new ArgumentException($"{contest.Id} expects a case twice.", nameof(contest));
        }

        foreach (var result in results.Where(result => expected.Contains((result.Case.Dataset, result.Case.Case))))
        {
            Check(contest, result.Entry, result.Protocol, result.ToleranceMm);
            Add(_results, result.Entry, result.Case.Dataset, result.Case.Case, result);
        }

        foreach (var import in imports.Where(import => contest.Datasets.Any(dataset => dataset.Id == import.Dataset)))
        {
            Check(contest, import.Entry, import.Protocol, import.ToleranceMm);
            var columns = import.Structures.Select((name, column) => (name, column))
                .ToDictionary(pair => pair.name, pair => pair.column, StringComparer.Ordinal);
            foreach (var one in import.Cases.Where(one => expected.Contains((import.Dataset, one.Case))))
            {
                Add(_imports, import.Entry, import.Dataset, one.Case, new ImportedRow(import, columns, one));
            }
        }

        Entries =
        [
            .. _results.Values.Select(result => result.Entry).Concat(_imports.Values.Select(row => row.Import.Entry))
                .GroupBy(entry => entry.Id, StringComparer.Ordinal).Select(One)
                .OrderBy(entry => entry.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Every expected case, in the contest's order.</summary>
    public IReadOnlyList<ExpectedCase> Cases { get; }

    /// <summary>The entries of which something arrived, by id.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>The result of a run; null when there is none.</summary>
    public CaseResult? Result(Entry entry, ExpectedCase one) =>
        _results.GetValueOrDefault((entry.Id, one.Dataset.Id, one.Case.Id));

    /// <summary>What a published study scored; null when it did not.</summary>
    public ImportedRow? Import(Entry entry, ExpectedCase one) =>
        _imports.GetValueOrDefault((entry.Id, one.Dataset.Id, one.Case.Id));

    private static void Add<T>(
        Dictionary<(string, string, string), T> all, Entry entry, string dataset, string caseId, T one)
    {
        if (!all.TryAdd((entry.Id, dataset, caseId), one))
        {
            throw new ArgumentException($"Two results of {entry.Id} on {dataset}/{caseId}.");
        }
    }

    private static Entry One(IGrouping<string, Entry> entries) =>
        entries.DistinctBy(entry => (entry.Team, entry.Name, entry.IsBaseline, entry.Image, entry.Origin)).Count() == 1
            ? entries.First()
            : throw new ArgumentException($"Different entries have the id {entries.Key}.");

    private static void Check(Contest contest, Entry entry, string protocol, double toleranceMm)
    {
        if (entry.Challenge != contest.Id)
        {
            throw new ArgumentException($"{entry.Id} entered {entry.Challenge}, not {contest.Id}.");
        }

        if ((entry.Phase ?? Entry.TestPhase) != contest.Phase)
        {
            throw new ArgumentException($"{entry.Id} entered the phase {entry.Phase ?? Entry.TestPhase}, not {contest.Phase}.");
        }

        if (contest.SetApart.Any(apart => apart.Entry == entry.Id))
        {
            throw new ArgumentException($"{entry.Id} was taken out of {contest.Id}, and must not be ranked.");
        }

        if (protocol != contest.Protocol || toleranceMm != contest.ToleranceMm)
        {
            throw new ArgumentException(
                $"{entry.Id} is scored by {protocol} at {toleranceMm} mm, the contest by "
                + $"{contest.Protocol} at {contest.ToleranceMm} mm: score it again before ranking.");
        }
    }
}

/// <summary>A published study's scores on one case.</summary>
/// <param name="Import">The file that they come from.</param>
/// <param name="Columns">Position of each structure.</param>
/// <param name="Case">The scores.</param>
internal sealed record ImportedRow(
    ImportedScores Import, IReadOnlyDictionary<string, int> Columns, ImportedCase Case)
{
    /// <summary>The scores of a structure; null when it is not annotated there.</summary>
    public RawScore? Score(string structure) =>
        Columns.TryGetValue(structure, out var column) && (Case.Dsc[column] ?? Case.Nsd[column]) is not null
            ? new RawScore(Case.Dsc[column], Case.Nsd[column])
            : null;
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
