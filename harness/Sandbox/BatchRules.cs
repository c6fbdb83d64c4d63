using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>How a batch's end and times are divided among its cases. Pure.</summary>
internal static class BatchRules
{
    /// <summary>Time that a container has had when its deadline comes: one limit for every finished case and one more.</summary>
    /// <param name="limit">Time limit of one case.</param>
    /// <param name="finished">Outputs that are complete.</param>
    public static TimeSpan Deadline(TimeSpan limit, int finished) => limit * (finished + 1);

    /// <summary>
    /// Each case's share of a container's time: equal parts. Which case took how long could be told by its outputs alone, and when
    /// those appear is the container's choice.
    /// </summary>
    /// <param name="run">From the container's start to its end.</param>
    /// <param name="cases">How many cases it had.</param>
    public static TimeSpan Share(TimeSpan run, int cases) => run / cases;

    /// <summary>
    /// Which cases are finished although their container crashed or was killed: those with an output that it was not still
    /// writing. Which that was cannot be known, so the one written last never counts.
    /// </summary>
    /// <param name="completed">When each output changed for the last time; null for none.</param>
    public static IReadOnlyList<bool> Finished(IReadOnlyList<TimeSpan?> completed)
    {
        var last = completed.Max();
        return [.. completed.Select(time => time is not null && time != last)];
    }

    /// <summary>How one case of a batch ended.</summary>
    /// <param name="end">How the container stopped.</param>
    /// <param name="output">What the case has.</param>
    /// <param name="job">The batch.</param>
    /// <param name="one">The case.</param>
    /// <param name="isFinished">See <see cref="Finished"/>.</param>
    public static Verdict Judge(ContainerEnd end, CollectedOutput output, SandboxJob job, StagedCase one, bool isFinished)
    {
        var isAllowed = output is { Forbidden: null, IsFull: false, Files.Count: > 0 };
        return end.ExitCode != 0 && isAllowed && isFinished
            ? new Verdict(Ending.Completed, "Finished before its container, which had several cases, ended otherwise than with 0.")
            : EndingRules.Judge(end, output, job.Expected(one), job.Submission.Command, Limits(job));
    }

    /// <summary>Messages name what the container had, which is the room of all its cases.</summary>
    private static SandboxLimits Limits(SandboxJob job) =>
        job.Limits with { OutputBytes = checked(job.Limits.OutputBytes * job.Cases.Count) };
}
