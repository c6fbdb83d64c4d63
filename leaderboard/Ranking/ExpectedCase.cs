using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>One case that every entry is expected to do.</summary>
/// <param name="Dataset">Its dataset.</param>
/// <param name="Case">The case.</param>
/// <param name="Index">Its position among all cases of the contest.</param>
internal sealed record ExpectedCase(ContestDataset Dataset, ContestCase Case, int Index)
{
    /// <summary>The name that readers may see: the id of a public case, the pseudonym of a hidden one.</summary>
    public string ShownName => Dataset.IsPublic ? Case.Id : Case.Pseudonym;

    /// <summary>Every case of a contest, in its order.</summary>
    public static IReadOnlyList<ExpectedCase> All(Contest contest) =>
    [
        .. contest.Datasets.SelectMany(dataset => dataset.Cases, (dataset, one) => (dataset, one))
            .Select((pair, index) => new ExpectedCase(pair.dataset, pair.one, index)),
    ];

    /// <summary>Whether the case belongs to a scope.</summary>
    public bool IsIn(Scope scope) => scope.Kind switch
    {
        ScopeKind.All => true,
        ScopeKind.Iid => Case.IsInDistribution,
        ScopeKind.Ood => !Case.IsInDistribution,
        ScopeKind.Dataset => Dataset.Id == scope.Dataset,
    };

    /// <summary>Arranges an entry's results by position of their case; null for cases that did not run.</summary>
    /// <param name="cases">Every case, in the contest's order.</param>
    /// <param name="results">The results; those of other cases are left out.</param>
    public static CaseResult?[] Arrange(IReadOnlyList<ExpectedCase> cases, IReadOnlyList<CaseResult> results)
    {
        var found = results.ToDictionary(result => (result.Case.Dataset, result.Case.Case));
        return [.. cases.Select(one => found.GetValueOrDefault((one.Dataset.Id, one.Case.Id)))];
    }
}
