using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Bundles;

/// <summary>Whether a bundle can have been published, for what pages and ranking rely on.</summary>
internal static class BundleFault
{
    /// <summary>The first contradiction in words; null when there is none.</summary>
    /// <param name="board">A board that was read.</param>
    public static string? Of(BundledBoard board)
    {
        var contest = board.Contest;
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
            .Select(one => $"The scores of {one.import.Entry.Id} on {one.import.Dataset}: {one.Fault}").FirstOrDefault();
    }

    private static string? Metrics(Contest contest, Entry entry, string protocol, double toleranceMm) =>
        entry.Challenge != contest.Id || (entry.Phase ?? Entry.TestPhase) != contest.Phase
            ? $"It entered {entry.Challenge}, not {contest.Id} in the phase {contest.Phase}."
            : (protocol, toleranceMm) == (contest.Protocol, contest.ToleranceMm) ? null : FormattableString.Invariant(
                $"It is scored by {protocol} at {toleranceMm} mm, not by {contest.Protocol} at {contest.ToleranceMm} mm.");
}
