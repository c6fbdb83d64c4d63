using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>Whether a job's result can be true, by itself; see <see cref="ResultFault"/>.</summary>
public static class JobFault
{
    /// <inheritdoc cref="ResultFault.Of(CaseResult, bool)"/>
    public static string? Of(JobResult result)
    {
        if (result.Test.Any(one => one?.Case is null || one.Scores is null || one.Scores.Any(score => score is null)))
        {
            return "One of its lists has a null.";
        }

        if (ResultFault.Twice(result.Test.Select(one => $"{one.Case.Dataset}/{one.Case.Name}")) is { } twice)
        {
            return $"It has the test case {twice} twice.";
        }

        return result.Test.Select(Of).FirstOrDefault(fault => fault is not null);
    }

    private static string? Of(TestedCase tested)
    {
        var name = tested.Case.Name;
        if (ResultFault.Twice(tested.Scores.Select(score => score.Structure)) is { } structure)
        {
            return $"It has two scores of {structure} on {name}.";
        }

        foreach (var score in tested.Scores)
        {
            if (!ResultFault.IsFraction(score.Dsc) || !ResultFault.IsFraction(score.Nsd))
            {
                return FormattableString.Invariant(
                    $"DSC or NSD of {score.Structure} on {name} ({score.Dsc}, {score.Nsd}) does not lie between 0 and 1.");
            }

            if (!(score.Hd95Mm is null or >= 0) || !(score.ReferenceMl is null or >= 0) || !(score.PredictionMl is null or >= 0))
            {
                return $"A distance or a volume of {score.Structure} on {name} is below 0.";
            }

            if (tested.Ending != Ending.Completed && (score.Dsc ?? score.Nsd) is not null)
            {
                return $"{score.Structure} on {name} has scores, although the case ended without a valid prediction.";
            }

            if (score is { ReferenceMl: > 0, PredictionMl: 0, Dsc: > 0 })
            {
                return FormattableString.Invariant(
                    $"DSC of {score.Structure} on {name} is {score.Dsc}, but nothing of it was predicted.");
            }
        }

        return null;
    }
}
