using System.Security.Cryptography;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>Does one unit of work: container, prediction, scores, result.</summary>
internal sealed class CaseRunner(
    CaseSandbox sandbox, EngineVersion engine, Workspace workspace, string manifestSha256, TimeProvider clock)
{
    private readonly Dictionary<string, string> _ctHashes = new(StringComparer.Ordinal);

    /// <summary>Runs and scores a case. Its result is not written yet.</summary>
    /// <exception cref="EngineException">The engine failed.</exception>
    /// <exception cref="DatasetFaultException">A file of the dataset is at fault.</exception>
    public async Task<CaseResult> RunAsync(PlannedCase planned, CancellationToken token)
    {
        var (submission, challenge, item) = planned;
        var folder = workspace.CasePath(submission.Id, item.Dataset, item.Id);
        var predictions = Path.Combine(folder, "prediction");
        var pseudonym = workspace.Pseudonym(item.Dataset, item.Id);
        var ctSha256 = HashCt(item);
        var job = new SandboxJob
        {
            Submission = submission,
            Limits = sandbox.Effective(challenge.Limits),
            CtPath = item.CtPath,
            Pseudonym = pseudonym,
            Structures = challenge.Structures,
            PredictionFolder = predictions,
            LogPath = Path.Combine(folder, "container.log"),
        };
        var outcome = await RunAsync(job, item, token);
        var begin = clock.GetTimestamp();
        var (verdict, score) = Score(planned, job, outcome);
        return new CaseResult
        {
            Entry = EntryOf(submission),
            Case = new CaseKey { Dataset = item.Dataset, Case = item.Id, Pseudonym = pseudonym, CtSha256 = ctSha256 },
            Ending = verdict.Ending,
            EndingDetail = verdict.Detail,
            ExitCode = outcome.ExitCode,
            Limits = LimitsOf(job),
            Timing = new Timing
            {
                StartedAt = outcome.StartedAt,
                RunSeconds = outcome.Run.TotalSeconds,
                SetUpSeconds = outcome.SetUp.TotalSeconds,
                CollectSeconds = outcome.Collect.TotalSeconds,
                ScoreSeconds = clock.GetElapsedTime(begin).TotalSeconds,
                CpuSeconds = outcome.Usage.CpuSeconds,
                PeakMemoryBytes = outcome.Usage.PeakMemoryBytes,
            },
            Machine = MachineDescription.Of(engine, sandbox.Machine, submission.NeedsGpu),
            Outputs = outcome.Outputs,
            Protocol = challenge.Protocol,
            ToleranceMm = challenge.ToleranceMm,
            Scores = score.Structures,
            UnknownLabelVoxels = score.UnknownLabelVoxels,
            Provenance = new Provenance(MachineDescription.Build, manifestSha256, challenge.Sha256),
        };
    }

    private async Task<SandboxOutcome> RunAsync(SandboxJob job, DatasetCase item, CancellationToken token)
    {
        try
        {
            return await sandbox.RunAsync(job, token);
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
        if (job.Submission.Layout == SubmissionLayout.Folder)
        {
            return new MaskSource.MaskFolder(Path.Combine(job.PredictionFolder, job.Pseudonym, "segmentations"));
        }

        var labels = LabelMaps.Find(challenge.Labels)
            ?? throw new InvalidOperationException(
                $"Challenge {challenge.Id} numbers its labels by \"{challenge.Labels}\"; known are "
                + $"{string.Join(", ", LabelMaps.All.Select(map => map.Name))}.");
        return new MaskSource.LabelFile(Path.Combine(job.PredictionFolder, $"{job.Pseudonym}.nii.gz"), labels);
    }

    private string HashCt(DatasetCase item)
    {
        if (_ctHashes.TryGetValue(item.CtPath, out var known))
        {
            return known;
        }

        try
        {
            using var ct = File.OpenRead(item.CtPath);
            return _ctHashes[item.CtPath] = Convert.ToHexStringLower(SHA256.HashData(ct));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetFaultException(item.Dataset, item.Id, item.CtPath, fault);
        }
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
        TrainedOn = submission.TrainedOn,
    };
}
