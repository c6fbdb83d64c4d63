using Touchstone.Leaderboard.Transfer;

namespace Touchstone.Harness.Transfer;

/// <summary>What a study tells while it runs.</summary>
internal abstract record StudyEvent
{
    private StudyEvent()
    {
    }

    /// <summary>The run knows what there is to do.</summary>
    /// <param name="Planned">All jobs.</param>
    /// <param name="AlreadyDone">Those that have a result and are skipped.</param>
    public sealed record Began(int Planned, int AlreadyDone) : StudyEvent;

    /// <summary>
    /// Another timed run holds the machine, or something of an earlier one cannot be removed; this one goes on by itself.
    /// </summary>
    /// <param name="Reason">What is waited for, or what is left behind.</param>
    public sealed record Waiting(string Reason) : StudyEvent;

    /// <summary>A job begins, for the first time or again.</summary>
    /// <param name="Job">The job.</param>
    public sealed record Started(PlannedJob Job) : StudyEvent;

    /// <summary>A job has its result, which is on the disk already.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="Result">The result.</param>
    public sealed record Finished(PlannedJob Job, JobResult Result) : StudyEvent;

    /// <summary>The engine failed on a job, which will be tried again.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="Reason">What failed.</param>
    /// <param name="Delay">Time until the next attempt.</param>
    public sealed record Retried(PlannedJob Job, string Reason, TimeSpan Delay) : StudyEvent;

    /// <summary>A job is left without a result, for a reason that is not its container's; the next run tries again.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="Reason">What failed and what to do.</param>
    public sealed record Abandoned(PlannedJob Job, string Reason) : StudyEvent;

    /// <summary>A job cannot run, because the pre-training that it builds on failed; it counts as failed.</summary>
    /// <param name="Job">The job.</param>
    public sealed record Blocked(PlannedJob Job) : StudyEvent;
}

/// <summary>What a run of a study came to.</summary>
/// <param name="Finished">Jobs that got their result.</param>
/// <param name="AlreadyDone">Jobs that had one.</param>
/// <param name="Abandoned">Jobs left without one for the machine's or a dataset's sake.</param>
/// <param name="Blocked">Jobs whose pre-training failed.</param>
internal sealed record StudySummary(int Finished, int AlreadyDone, int Abandoned, int Blocked);
