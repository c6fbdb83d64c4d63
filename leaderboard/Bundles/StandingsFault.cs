using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Bundles;

/// <summary>
/// Whether the standings of a bundle are whole: what ranking always gives, and pages rely on. What the numbers are is not
/// looked at, since a public bundle does not hold everything that they were made from.
/// </summary>
internal static class StandingsFault
{
    /// <summary>The first fault in words, ending in a full stop; null when there is none.</summary>
    /// <param name="contest">The contest that was ranked.</param>
    /// <param name="standings">What was read.</param>
    public static string? Of(Contest contest, Standings standings)
    {
        string[] entries = [.. standings.Entries.Select(standing => standing.Entry.Id)];
        var datasets = contest.Datasets.Select(dataset => dataset.Id).ToHashSet(StringComparer.Ordinal);
        var schemes = standings.Sensitivity.Schemes;
        return Twice("entry", entries)
            ?? Twice("scope", standings.Scopes)
            ?? (standings.Scopes.FirstOrDefault(scope => (scope.Kind == ScopeKind.Dataset) != (scope.Dataset is not null && datasets.Contains(scope.Dataset))) is { } scope
                ? $"The scope {scope.Kind} {scope.Dataset} is none of {contest.Id}." : null)
            ?? Twice("table", standings.Tables.Select(table => (table.Scope, table.Structure, table.Metric)))
            ?? Twice("table of hard structures", standings.HardTables.Select(table => (table.Scope, table.Metric)))
            ?? Rows("score table", entries, standings.Tables.Concat(standings.HardTables).Select(table => table.Rows.Select(row => row.Entry)))
            ?? (schemes.Count == 0 ? "It is ranked by no scheme." : null)
            ?? Twice("scheme", schemes.Select(table => (table.Scheme, table.Metric, table.Missing)))
            ?? Rows("scheme", entries, schemes.Select(table => table.Rows.Select(row => row.Entry)))
            ?? (standings.Sensitivity.KendallTau.Count != schemes.Count || standings.Sensitivity.KendallTau.Any(row => row.Count != schemes.Count)
                ? "The agreement of its schemes is not one number for every two." : null)
            ?? Pairs(entries, standings.Comparisons.Concat(standings.StructureComparisons))
            ?? Twice("subgroup table", standings.Subgroups.Select(table => (table.Attribute, table.Metric)))
            ?? Rows("subgroup table", entries, standings.Subgroups.Select(table => table.Rows.Select(row => row.Entry)))
            ?? standings.Subgroups.Select(Groups).FirstOrDefault(fault => fault is not null)
            ?? standings.Entries.Select(standing => Standing(standings, standing)).FirstOrDefault(fault => fault is not null);
    }

    private static string? Standing(Standings standings, Standing standing) =>
        !standing.Coverage.Select(one => one.Scope).SequenceEqual(standings.Scopes) ? $"The coverage of {standing.Entry.Id} is not one for each scope."
        : Enum.GetValues<Metric>().Any(metric => !standing.SignificantWins.ContainsKey(metric) || !standing.Tiers.ContainsKey(metric))
            ? $"The wins and tiers of {standing.Entry.Id} are not one for each metric."
        : Twice($"gap of {standing.Entry.Id}", standing.Gaps.Select(gap => (gap.Structure, gap.Metric)));

    private static string? Pairs(string[] entries, IEnumerable<Comparison> pairs)
    {
        var known = entries.ToHashSet(StringComparer.Ordinal);
        return pairs.FirstOrDefault(pair => pair.First == pair.Second || !known.Contains(pair.First) || !known.Contains(pair.Second)) is { } other
            ? $"It compares {other.First} with {other.Second}, which are no two entries of it."
            : Twice("comparison", pairs.Select(pair => (pair.Structure, pair.Metric, pair.First, pair.Second)));
    }

    private static string? Groups(SubgroupTable table) =>
        table.Rows.Any(row => row.Scores.Count != table.Groups.Count) || table.FieldIntervals.Count is not 0 && table.FieldIntervals.Count != table.Groups.Count
            ? $"Its table by {table.Attribute} has not one score for each group." : null;

    private static string? Rows(string what, string[] entries, IEnumerable<IEnumerable<string>> tables) =>
        tables.All(rows => rows.SequenceEqual(entries, StringComparer.Ordinal)) ? null : $"A {what} has not one row for each entry, in their order.";

    private static string? Twice<T>(string what, IEnumerable<T> keys) =>
        ResultFault.Twice(keys) is { } key ? $"It has the {what} {key} twice." : null;
}
