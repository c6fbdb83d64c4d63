using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Gpu;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>Does one unit of work: container, prediction, scores, result.</summary>
internal sealed class CaseRunner(
    CaseSandbox sandbox, EngineVersion engine, Workspace workspace, RunSettings settings, GpuDevice gpu)
{
    /// <summary>Runs and scores a case. Its result is not written yet.</summary>
    /// <param name="planned">The case.</param>
    /// <param name="next">What will probably run after it; null for nothing.</param>
    /// <param name="left">Cases that have still to run, this one included.</param>
    /// <param name="token">Stops the container.</param>
    /// <exception cref="EngineException">The engine failed.</exception>
    /// <exception cref="DatasetFaultException">A file of the dataset is at fault.</exception>
    public async Task<CaseResult> RunAsync(PlannedCase planned, PlannedCase? next, int left, CancellationToken token)
    {
        var (submission, challenge, item) = planned;
        var job = JobOf(planned, left);
        var outcome = await RunAsync(job, next is null ? null : JobOf(next, left - 1), item, token);
        var begin = settings.Clock.GetTimestamp();
        var (verdict, score) = Score(planned, job, outcome);
        return new CaseResult
        {
            Entry = EntryOf(submission),
            Case = new CaseKey
            {
                Dataset = item.Dataset,
                Case = item.Id,
                Pseudonym = job.Cases[0].Pseudonym,
                CtSha256 = outcome.CtSha256,
            },
            Ending = verdict.Ending,
            EndingDetail = verdict.Detail,
            ExitCode = outcome.ExitCode,
            Limits = LimitsOf(job),
            Timing = TimingOf(outcome) with { ScoreSeconds = settings.Clock.GetElapsedTime(begin).TotalSeconds },
            Machine = MachineDescription.Of(engine, sandbox.Machine, submission.NeedsGpu ? gpu : null, settings.CpuSet?.Text),
            Outputs = outcome.Outputs,
            Protocol = challenge.Protocol,
            ToleranceMm = challenge.ToleranceMm,
            Scores = score.Structures,
            UnknownLabelVoxels = score.UnknownLabelVoxels,
            Provenance = new Provenance(MachineDescription.Build, settings.ManifestSha256, challenge.Sha256),
            Gpu = outcome.Gpu,
        };
    }

    private SandboxJob JobOf(PlannedCase planned, int left)
    {
        var (submission, challenge, item) = planned;
        var folder = workspace.CasePath(submission.Id, item.Dataset, item.Id);
        var pseudonym = workspace.Pseudonym(item.Dataset, item.Id);
        return new SandboxJob
        {
            Submission = submission,
            Limits = sandbox.Effective(challenge.Limits),
            Cases = [new StagedCase(item.CtPath, pseudonym, Path.Combine(folder, "prediction"))],
            Structures = challenge.Structures,
            LogPath = Path.Combine(folder, "container.log"),
            CpuSet = settings.CpuSet?.Text,
            GpuDevice = gpu.Id,
            CasesLeft = left,
        };
    }

    private static Timing TimingOf(SandboxOutcome outcome) => new()
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
        Protocol = "per-case",
    };

    private async Task<SandboxOutcome> RunAsync(SandboxJob job, SandboxJob? next, DatasetCase item, CancellationToken token)
    {
        try
        {
            return await sandbox.RunAsync(job, next, token);
        }
        catch (FileNotFoundException fault) when (fault.FileName == item.CtPath)
        {
            throw new DatasetFaultException(item.Dataset, item.Id, item.CtPath, fault);
        }
    }

    private static (Verdict Verdict, CaseScore Score) Score(PlannedCase planned, SandboxJob job, SandboxOutcome outcome)
    {
        var verdict = new Verdict(outcome.Ending, outcome.Detail);
        var (_, challenge, item) = planned;
        var reference = new MaskSource.MaskFolder(item.SegmentationsPath);
        try
        {
            if (outcome.Ending == Ending.Completed)
            {
                try
                {
                    var protocol = new Protocol { Name = challenge.Protocol, ToleranceMm = challenge.ToleranceMm };
                    return (verdict, CaseEvaluator.Score(reference, PredictionOf(job, challenge), challenge.Structures, protocol));
                }
                catch (VolumeException fault) when (!IsReference(fault))
                {
                    verdict = EndingRules.Judge(fault, outcome.WasOutOfMemory, job.Limits);
                }
            }

            return (verdict, CaseEvaluator.Inventory(reference, challenge.Structures));
        }
        catch (VolumeException fault)
        {
            throw new DatasetFaultException(item.Dataset, item.Id, item.SegmentationsPath, fault);
        }
    }

    private static bool IsReference(VolumeException fault) => fault.Data["side"] is "reference";

    private static MaskSource PredictionOf(SandboxJob job, Challenge challenge)
    {
        var (_, pseudonym, predictions) = job.Cases[0];
        if (job.Submission.Layout == SubmissionLayout.Folder)
        {
            return new MaskSource.MaskFolder(Path.Combine(predictions, pseudonym, "segmentations"));
        }

        var labels = LabelMaps.Find(challenge.Labels)
            ?? throw new InvalidOperationException(
                $"Challenge {challenge.Id} numbers its labels by \"{challenge.Labels}\"; known are "
                + $"{string.Join(", ", LabelMaps.All.Select(map => map.Name))}.");
        return new MaskSource.LabelFile(Path.Combine(predictions, $"{pseudonym}.nii.gz"), labels);
    }

    private static Limits LimitsOf(SandboxJob job) => new(
        job.Limits.WallTime.TotalSeconds,
        job.Limits.MemoryBytes,
        job.Limits.Cpus,
        job.Limits.ProcessCount,
        job.Limits.OutputBytes,
        job.Submission.NeedsGpu);

    private static Entry EntryOf(Submission submission) => new()
    {
        Id = submission.Id,
        Team = submission.Team,
        Name = submission.Name,
        Challenge = submission.Challenge,
        IsBaseline = submission.IsBaseline,
        Image = submission.Image.Value,
        Layout = submission.Layout == SubmissionLayout.Flat ? "flat" : "folder",
        Command = submission.Command,
        ReceivedAt = submission.ReceivedAt,
    };
}
