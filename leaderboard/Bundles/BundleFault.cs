using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Bundles;

/// <summary>Whether a bundle can have been published, for what pages and ranking rely on.</summary>
internal static class BundleFault
{
    /// <summary>The first contradiction in words; null when there is none.</summary>
    /// <param name="board">A board that was read.</param>
    public static string? Of(BundledBoard board)
    {
        var contest = board.Contest;
        if (Holes(board).FirstOrDefault(list => list.Has) is { Name: not null } hole)
        {
            return $"Its {hole.Name} have a null.";
        }

        var structures = contest.Structures.ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<(string, string, string)>();
        foreach (var result in board.Results)
        {
            var place = $"{result.Entry.Id} on {result.Case.Dataset}/{result.Case.Case}";
            var fault = ResultFault.Of(result, isPublic: true)
                ?? (result.Scores.FirstOrDefault(score => !structures.Contains(score.Structure)) is { } other
                    ? $"It has a score of {other.Structure}, which is no structure of {contest.Id}." : null)
                ?? Metrics(contest, result.Entry, result.Protocol, result.ToleranceMm)
                ?? (seen.Add((result.Entry.Id, result.Case.Dataset, result.Case.Case)) ? null : "It is there twice.");
            if (fault is not null)
            {
                return $"The result of {place}: {fault}";
            }
        }

        return board.Imports
            .Select(import => (import, Fault: ResultFault.Of(import) ?? Metrics(contest, import.Entry, import.Protocol, import.ToleranceMm)))
            .Where(one => one.Fault is not null)
            .Select(one => $"The scores of {one.import.Entry.Id} on {one.import.Dataset}: {one.Fault}").FirstOrDefault()
            ?? StandingsFault.Of(contest, board.Standings) ?? Board.Fault(board);
    }

    /// <summary>Lists of which every item must be there, which the reader of JSON does not look at.</summary>
    private static IEnumerable<(string Name, bool Has)> Holes(BundledBoard board)
    {
        static bool Any<T>(IEnumerable<T> list) => list.Any(item => item is null);
        var (contest, standings) = (board.Contest, board.Standings);
        yield return ("structures", Any(contest.Structures));
        yield return ("datasets", Any(contest.Datasets));
        yield return ("cases", contest.Datasets.Any(dataset => Any(dataset.Cases)));
        yield return ("results", Any(board.Results));
        yield return ("imports", Any(board.Imports));
        yield return ("shown cases", Any(board.Shown ?? []) || (board.Shown ?? []).Any(one => Any(one.Places) || Any(one.Predictions)));
        yield return ("entries", Any(standings.Entries) || standings.Entries.Any(
            standing => Any(standing.Coverage) || Any(standing.Gaps) || Any(standing.FalsePositives) || Any(standing.HardGaps) || Any(standing.RankShifts)));
        yield return ("scopes", Any(standings.Scopes));
        var tables = standings.Tables.Concat(standings.HardTables);
        yield return ("tables", Any(tables) || tables.Any(table => Any(table.Rows)));
        yield return ("comparisons", Any(standings.Comparisons) || Any(standings.StructureComparisons));
        yield return ("schemes", Any(standings.Sensitivity.Schemes) || standings.Sensitivity.Schemes.Any(table => Any(table.Rows))
            || Any(standings.Sensitivity.KendallTau));
        yield return ("subgroups", Any(standings.Subgroups) || standings.Subgroups.Any(
            table => Any(table.Groups) || Any(table.Rows) || table.Rows.Any(row => Any(row.Pairs))));
    }

    private static string? Metrics(Contest contest, Entry entry, string protocol, double toleranceMm) =>
        entry.Challenge != contest.Id || (entry.Phase ?? Entry.TestPhase) != contest.Phase
            ? $"It entered {entry.Challenge}, not {contest.Id} in the phase {contest.Phase}."
            : (protocol, toleranceMm) == (contest.Protocol, contest.ToleranceMm) ? null : FormattableString.Invariant(
                $"It is scored by {protocol} at {toleranceMm} mm, not by {contest.Protocol} at {contest.ToleranceMm} mm.");
}
