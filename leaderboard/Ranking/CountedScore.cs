using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>
/// What the score of one structure on one case counts, on boards, in reports of studies and in what a server answers. This
/// class, and nothing else, decides what a failed, missing or undefined score is worth.
/// </summary>
public static class CountedScore
{
    /// <summary>The worst value of DSC and NSD, which a case without a valid prediction counts.</summary>
    public const double Worst = 0;

    /// <summary>A structure that is annotated on the case, so that it counts for everybody.</summary>
    /// <param name="isScored">
    /// Whether a valid prediction was scored for it. False for a failed or missing case, and for a completed one that
    /// lacks the row which others have: it was scored short.
    /// </param>
    /// <param name="score">The score of a valid prediction; null where it is undefined.</param>
    /// <param name="isDue">Whether a prediction can have a score there; where none can, a failure is worth nothing too.</param>
    /// <param name="missing">What is worth what is not scored.</param>
    /// <returns>Null where the score is left out of means.</returns>
    public static double? Of(bool isScored, double? score, bool isDue, MissingRule missing = MissingRule.Worst) =>
        isScored ? score : !isDue ? null : missing switch
        {
            MissingRule.Worst => Worst,
            MissingRule.Dropped => null,
        };

    /// <summary>The same of a row of a result: every row is of an annotated structure.</summary>
    /// <param name="result">The result.</param>
    /// <param name="row">One of its rows.</param>
    /// <param name="metric">Which of its scores.</param>
    public static double? Of(CaseResult result, StructureScore row, Metric metric) => Of(
        result.Ending == Ending.Completed, ScoreOf(row, metric), IsDue(metric, result.Protocol, row.ReferenceVoxels > 0));

    /// <summary>Whether a prediction can have a score.</summary>
    /// <param name="metric">Of this metric.</param>
    /// <param name="protocol">By this protocol.</param>
    /// <param name="isPresent">Whether the reference has the structure.</param>
    public static bool IsDue(Metric metric, string protocol, bool isPresent) => isPresent || metric switch
    {
        Metric.Dsc => Protocol.HasDscOfAbsent(protocol),
        Metric.Nsd => Protocol.HasNsdOfAbsent(protocol),
    };

    /// <summary>The score of a metric, before it is decided what it counts.</summary>
    /// <param name="row">The scores of a structure.</param>
    /// <param name="metric">Which of them.</param>
    public static double? ScoreOf(StructureScore row, Metric metric) => metric switch
    {
        Metric.Dsc => row.Dsc,
        Metric.Nsd => row.Nsd,
    };
}
