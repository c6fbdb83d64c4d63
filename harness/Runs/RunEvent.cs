using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Runs;

/// <summary>What a run tells while it goes on. For operators: cases appear under their real ids.</summary>
public abstract record RunEvent
{
    private RunEvent()
    {
    }

    /// <summary>The run knows what there is to do.</summary>
    /// <param name="Planned">All cases of the plan.</param>
    /// <param name="AlreadyDone">Those that have a result and are skipped.</param>
    public sealed record Began(int Planned, int AlreadyDone) : RunEvent;

    /// <summary>
    /// Another timed run holds the machine, or something of an earlier one cannot be removed; this one goes on by itself.
    /// </summary>
    /// <param name="Reason">What is waited for, or what is left behind.</param>
    public sealed record Waiting(string Reason) : RunEvent;

    /// <summary>A case has one more timed run, which is on the disk already.</summary>
    /// <param name="Planned">The case.</param>
    /// <param name="Repeat">The run.</param>
    public sealed record CaseRepeated(PlannedCase Planned, CaseRepeat Repeat) : RunEvent;

    /// <summary>A case begins, for the first time or again.</summary>
    /// <param name="Planned">The case.</param>
    public sealed record CaseStarted(PlannedCase Planned) : RunEvent;

    /// <summary>A case has its result, which is on the disk already; time to index it.</summary>
    /// <param name="Planned">The case.</param>
    /// <param name="Result">The result.</param>
    public sealed record CaseFinished(PlannedCase Planned, CaseResult Result) : RunEvent;

    /// <summary>The engine failed on a case, which will be tried again.</summary>
    /// <param name="Planned">The case.</param>
    /// <param name="Reason">What failed.</param>
    /// <param name="Delay">Time until the next attempt.</param>
    public sealed record CaseRetried(PlannedCase Planned, string Reason, TimeSpan Delay) : RunEvent;

    /// <summary>
    /// A case is left without a result, for a reason that is not the participant's; the next run tries again.
    /// </summary>
    /// <param name="Planned">The case.</param>
    /// <param name="Reason">What failed and what to do.</param>
    public sealed record CaseAbandoned(PlannedCase Planned, string Reason) : RunEvent;

    /// <summary>
    /// A case is not run because the challenge's rules end the entry; it counts as missing, so with the worst value.
    /// </summary>
    /// <param name="Planned">The case.</param>
    /// <param name="Reason">Which rule, with its numbers.</param>
    public sealed record CaseWithheld(PlannedCase Planned, string Reason) : RunEvent;
}

/// <summary>What a run came to.</summary>
/// <param name="Finished">Cases that got their result.</param>
/// <param name="AlreadyDone">Cases that had one.</param>
/// <param name="Abandoned">Cases left without one for the machine's or a dataset's sake.</param>
public sealed record RunSummary(int Finished, int AlreadyDone, int Abandoned)
{
    /// <summary>Cases that the challenge's rules kept from running.</summary>
    public int Withheld { get; init; }
}
