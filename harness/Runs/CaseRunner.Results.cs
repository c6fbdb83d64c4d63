using Touchstone.Harness.Datasets;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <content>Results, with everything that made them.</content>
internal sealed partial class CaseRunner
{
    private CaseResult ScoredResultOf(PlannedCase planned, SandboxJob job, int index, SandboxOutcome outcome)
    {
        var (submission, challenge, item) = planned;
        var begin = settings.Clock.GetTimestamp();
        var (verdict, score) = CaseScoring.Score(planned, job, index, outcome);
        var scoreSeconds = settings.Clock.GetElapsedTime(begin).TotalSeconds;
        return new CaseResult
        {
            Entry = EntryOf(submission),
            Case = new CaseKey
            {
                Dataset = item.Dataset,
                Case = item.Id,
                Pseudonym = job.Cases[index].Pseudonym,
                CtSha256 = outcome.CtSha256,
            },
            Ending = verdict.Ending,
            EndingDetail = verdict.DetailFor(challenge.Logs),
            ExitCode = outcome.ExitCode,
            Limits = LimitsOf(job),
            Timing = TimingOf(planned, outcome, job.Cases.Count) with { ScoreSeconds = scoreSeconds },
            Machine = MachineDescription.Of(engine, sandbox.Machine, submission.NeedsGpu ? gpu : null, settings.CpuSet?.Text),
            Outputs = outcome.Outputs,
            Protocol = challenge.Protocol,
            ToleranceMm = challenge.ToleranceMm,
            Scores = score.Structures,
            Reference = new ReferenceUse(item.ReferenceVersion, ReferenceHash.Of(item)),
            UnknownLabelVoxels = score.UnknownLabelVoxels,
            Provenance = new Provenance(MachineDescription.Build, settings.ManifestSha256, challenge.Sha256),
            Gpu = outcome.Gpu,
        };
    }

    private Timing TimingOf(PlannedCase planned, SandboxOutcome outcome, int cases) => new()
    {
        StartedAt = outcome.StartedAt,
        RunSeconds = outcome.Run.TotalSeconds,
        SetUpSeconds = (outcome.Create + outcome.Start).TotalSeconds,
        CreateSeconds = outcome.Create.TotalSeconds,
        StartSeconds = outcome.Start.TotalSeconds,
        CollectSeconds = outcome.Collect.TotalSeconds,
        ScoreSeconds = 0,
        CpuSeconds = outcome.Usage.CpuSeconds,
        PeakMemoryBytes = outcome.Usage.PeakMemoryBytes,
        PeakAnonymousBytes = outcome.PeakAnonymousBytes,
        DiskReadBytes = outcome.Usage.DiskReadBytes,
        Protocol = planned.Challenge.Timing.Protocol == TimingProtocol.Batch ? "batch" : "per-case",
        BatchCases = planned.Challenge.Timing.Protocol == TimingProtocol.Batch ? cases : null,
        WarmUpSeconds = _warmUpSeconds.TryGetValue(planned.Submission.Id, out var seconds) ? seconds : null,
    };

    private static Limits LimitsOf(SandboxJob job) => new(
        job.Limits.WallTime.TotalSeconds,
        job.Limits.MemoryBytes,
        job.Limits.Cpus,
        job.Limits.ProcessCount,
        job.Limits.OutputBytes,
        job.Submission.NeedsGpu)
    {
        AsRoot = job.Submission.NeedsRoot,
    };

    /// <summary>An entry as its results and boards name it.</summary>
    internal static Entry EntryOf(Submission submission) => new()
    {
        Id = submission.Id,
        Team = submission.Team,
        Name = submission.Name,
        Challenge = submission.Challenge,
        Phase = submission.Phase == Entry.TestPhase ? null : submission.Phase,
        IsBaseline = submission.IsBaseline,
        Image = submission.Image.Value,
        Layout = submission.Layout == SubmissionLayout.Flat ? "flat" : "folder",
        Command = submission.Command,
        ReceivedAt = submission.ReceivedAt,
        TrainedOn = submission.TrainedOn,
    };
}
