using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>
/// Counts the cases on which entries exceeded the allowance of <see cref="TimeRule.BodyMaps"/>, from the results alone: so
/// a run that was interrupted comes to the same decision.
/// </summary>
internal sealed class AllowanceWatch
{
    private readonly Dictionary<string, int> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _exceeded = new(StringComparer.Ordinal);

    /// <summary>Starts with what has a result already.</summary>
    /// <param name="workspace">Where results lie.</param>
    /// <param name="plan">Every case of the entries, run or not.</param>
    /// <exception cref="InvalidDataException">A result is damaged.</exception>
    public AllowanceWatch(Workspace workspace, IEnumerable<PlannedCase> plan)
    {
        foreach (var planned in plan.Where(planned => planned.Challenge.TimeRule == TimeRule.BodyMaps))
        {
            var id = planned.Submission.Id;
            _cases[id] = _cases.GetValueOrDefault(id) + 1;
            var path = workspace.ResultPath(id, planned.Case.Dataset, planned.Case.Id);
            if (Path.Exists(path))
            {
                Note(planned, ResultFile.Read(path));
            }
        }
    }

    /// <summary>Counts a result.</summary>
    /// <param name="planned">The case.</param>
    /// <param name="result">Its result.</param>
    public void Note(PlannedCase planned, CaseResult result)
    {
        if (result.Ending == Ending.TimedOut)
        {
            _exceeded[planned.Submission.Id] = _exceeded.GetValueOrDefault(planned.Submission.Id) + 1;
        }
    }

    /// <summary>Why an entry is not run any further; null while it may be.</summary>
    /// <param name="submission">The entry.</param>
    public string? Verdict(Submission submission)
    {
        var (cases, exceeded) = (_cases.GetValueOrDefault(submission.Id), _exceeded.GetValueOrDefault(submission.Id));
        return cases > 0 && BodyMapsAllowance.IsSpent(exceeded, cases)
            ? $"Not run: {exceeded} of {cases} cases of this entry exceeded the time allowance, more than 20 %."
            : null;
    }
}
