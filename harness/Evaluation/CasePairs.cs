namespace Touchstone.Harness.Evaluation;

/// <summary>
/// Which prediction belongs to which reference, by their names. Equal names belong together; where no name is equal, but one side
/// has the same suffix everywhere (<c>case_001</c>, <c>case_001_pred</c>), it is ignored. Pure.
/// </summary>
/// <param name="Predictions">Name of the prediction by that of its reference; null where there is none.</param>
/// <param name="Suffix">What was ignored at the end of names; null for nothing.</param>
/// <param name="IsOnReferences">Whose names have it.</param>
/// <param name="Unused">Predictions that belong to no reference, in order.</param>
internal sealed record CasePairs(
    IReadOnlyDictionary<string, string?> Predictions, string? Suffix, bool IsOnReferences, IReadOnlyList<string> Unused)
{
    /// <summary>Pairs names.</summary>
    /// <param name="references">Names of references, each once.</param>
    /// <param name="predictions">Names of predictions, each once.</param>
    public static CasePairs Of(IReadOnlyCollection<string> references, IReadOnlyCollection<string> predictions)
    {
        var isEqual = references.Intersect(predictions).Any();
        var onPredictions = isEqual ? null : SuffixOf(predictions, references);
        var onReferences = isEqual || onPredictions is not null ? null : SuffixOf(references, predictions);
        var known = predictions.ToHashSet(StringComparer.Ordinal);
        var pairs = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var reference in references)
        {
            var name = onReferences is null || !reference.EndsWith(onReferences, StringComparison.Ordinal)
                ? reference + onPredictions
                : reference[..^onReferences.Length];
            pairs.Add(reference, known.Contains(name) ? name : null);
        }

        var used = pairs.Values.OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new CasePairs(
            pairs,
            onPredictions ?? onReferences,
            onReferences is not null,
            [.. predictions.Where(name => !used.Contains(name)).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Names that may have been meant by one: those that hold it whole, in whatever case.</summary>
    /// <param name="name">The name that was looked for.</param>
    /// <param name="others">Names that are there.</param>
    public static IReadOnlyList<string> Alike(string name, IEnumerable<string> others) =>
    [
        .. others.Where(other => other.IndexOf(name, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
            && (at == 0 || !char.IsLetterOrDigit(other[at - 1]))
            && (at + name.Length == other.Length || !char.IsLetterOrDigit(other[at + name.Length]))),
    ];

    /// <summary>
    /// The one suffix that turns names into the long ones, wherever a long one begins with a name. None when there are two, or
    /// when a single case of many would be found by it.
    /// </summary>
    private static string? SuffixOf(IReadOnlyCollection<string> longer, IReadOnlyCollection<string> names)
    {
        var suffixes = longer
            .Select(one => (Whole: one, Begin: names.Where(name => IsBeginOf(name, one)).MaxBy(name => name.Length)))
            .Where(one => one.Begin is not null)
            .Select(one => one.Whole[one.Begin!.Length..]).ToList();
        return suffixes.Distinct().Count() == 1 && (suffixes.Count > 1 || names.Count == 1) ? suffixes[0] : null;
    }

    private static bool IsBeginOf(string name, string longer) =>
        longer.Length > name.Length && longer.StartsWith(name, StringComparison.Ordinal) && longer[name.Length] is '_' or '-' or '.';
}
