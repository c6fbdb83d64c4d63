using Touchstone.Harness.Intake;
using Touchstone.Harness.Server.Problems;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;
using Attempt = Touchstone.Harness.Intake.Attempt;

namespace Touchstone.Harness.Server.Api;

/// <summary>A team's own scores, as far as the phase shows them. Pure.</summary>
internal static class Scores
{
    /// <summary>Why somebody may not see an attempt's scores now; null when they may.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="phase">Its phase.</param>
    /// <param name="isShown">Whether they may see the phase's board.</param>
    public static ProblemException? FaultOf(Attempt attempt, ChallengePhase phase, bool isShown)
    {
        if (!isShown)
        {
            return new ProblemException(403, "scores-withheld", phase.Embargo?.Until is { } until
                ? $"The scores of the phase \"{phase.Name}\" are shown from {ChallengePhase.Show(until)} on."
                : $"The scores of the phase \"{phase.Name}\" are for the organisers until they release them.");
        }

        return attempt.State == AttemptState.Finished
            ? null
            : new ProblemException(409, "wrong-state", "Scores are shown when every case has its ending.");
    }

    /// <summary>The means.</summary>
    /// <param name="attempt">A finished attempt.</param>
    /// <param name="results">Its results.</param>
    public static ScoresAnswer Of(Attempt attempt, IReadOnlyList<CaseResult> results) => new(
        attempt.Id,
        results.Count(result => result.Ending == Ending.Completed),
        attempt.Cases ?? results.Count,
        [
            .. results.SelectMany(result => result.Scores.Select(score => (Result: result, Score: score)))
                .GroupBy(pair => (pair.Result.Case.Dataset, pair.Score.Structure))
                .OrderBy(group => group.Key.Dataset, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Structure, StringComparer.Ordinal)
                .Select(group => new StructureMeans(
                    group.Key.Dataset,
                    group.Key.Structure,
                    group.Count(),
                    Mean(group.Select(pair => CountedScore.Of(pair.Result, pair.Score, Metric.Dsc))),
                    Mean(group.Select(pair => CountedScore.Of(pair.Result, pair.Score, Metric.Nsd))))),
        ]);

    private static double? Mean(IEnumerable<double?> values) => values.Average();
}
