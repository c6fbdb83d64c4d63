using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Transfer;

namespace Touchstone.Harness.Transfer;

/// <summary>Makes the result of a job out of what its container left: scores, log, and everything that made them.</summary>
internal sealed class JobResultMaker(OpenStudy study, DockerEngine engine, TestBench bench, RunSettings settings)
{
    /// <summary>The result, without what it started from and the model that it left.</summary>
    /// <param name="job">The job.</param>
    /// <param name="sandboxJob">How it was given to the sandbox.</param>
    /// <param name="image">What ran.</param>
    /// <param name="outcome">How it ended.</param>
    /// <exception cref="DatasetFaultException">A reference mask is at fault.</exception>
    public JobResult Make(PlannedJob job, SandboxJob sandboxJob, PinnedImage image, SandboxOutcome outcome)
    {
        var begin = settings.Clock.GetTimestamp();
        var names = study.Names.Of(job);
        IReadOnlyList<TestedCase> test =
            [.. job.Test.Zip(names.Test, (one, name) => Tested(one, name, job, sandboxJob, outcome))];
        var scoreSeconds = settings.Clock.GetElapsedTime(begin).TotalSeconds;
        var (log, logRemark) = LogOf(sandboxJob, outcome);
        return new JobResult
        {
            Study = study.Study.Id,
            Job = job.Key,
            Fingerprint = study.FingerprintOf(job),
            Run = RunOf(job, sandboxJob, image, outcome, scoreSeconds),
            Ending = outcome.Ending,
            EndingDetail = outcome.Detail,
            Training = [.. job.Training.Zip(names.Training, UseOf)],
            Validation = [.. job.Validation.Zip(names.Validation, UseOf)],
            Test = test,
            Protocol = job.Task?.Protocol,
            ToleranceMm = job.Task?.ToleranceMm,
            Log = log,
            LogRemark = logRemark,
            Initial = null,
            Model = null,
            Sources = [],
            Provenance = Provenance,
        };
    }

    /// <summary>The result of a cell whose scores come from elsewhere.</summary>
    /// <param name="study">The study.</param>
    /// <param name="job">The cell.</param>
    /// <param name="provenance">What made it.</param>
    /// <exception cref="InvalidDataException">The scores do not belong to the cell.</exception>
    public static JobResult Import(OpenStudy study, PlannedJob job, StudyProvenance provenance)
    {
        var (test, sources) = ImportedScoreFiles.Read(job.ImportFolder!).Of(job, one => UseOf(study, one));
        return new JobResult
        {
            Study = study.Study.Id,
            Job = job.Key,
            Fingerprint = study.FingerprintOf(job),
            Run = null,
            Ending = Ending.Completed,
            EndingDetail = "Imported.",
            Training = [],
            Validation = [],
            Test = test,
            Protocol = job.Task!.Protocol,
            ToleranceMm = job.Task.ToleranceMm,
            Log = [],
            LogRemark = null,
            Initial = null,
            Model = null,
            Sources = sources,
            Provenance = provenance,
        };
    }

    /// <summary>What makes results here.</summary>
    /// <param name="study">The study.</param>
    /// <param name="settings">How the run goes about its work.</param>
    public static StudyProvenance ProvenanceOf(OpenStudy study, RunSettings settings) =>
        new(MachineDescription.Build, settings.ManifestSha256, study.Study.Sha256);

    private StudyProvenance Provenance => ProvenanceOf(study, settings);

    private CaseUse UseOf(DatasetCase one, string name) =>
        UseOf(study, one) is var use && name == use.Pseudonym ? use : use with { Inside = name };

    private static CaseUse UseOf(OpenStudy study, DatasetCase one) => new(
        one.Dataset,
        study.Manifest.Find(one.Dataset) is { IsPublic: true } ? one.Id : null,
        study.Names.Pseudonym(one));

    private TestedCase Tested(DatasetCase one, string name, PlannedJob job, SandboxJob sandboxJob, SandboxOutcome outcome)
    {
        var masks = TrainingFiles.MasksOf(sandboxJob.Cases[0].PredictionFolder, name);
        var (verdict, score) = CaseScoring.Score(
            one,
            job.Structures,
            new Protocol { Name = job.Task!.Protocol, ToleranceMm = job.Task.ToleranceMm },
            new Verdict(outcome.Ending, outcome.Detail, outcome.Remark),
            () => new MaskSource.MaskFolder(masks),
            fault => EndingRules.Judge(fault, outcome.WasOutOfMemory, sandboxJob.Limits));
        return new TestedCase(UseOf(one, name), verdict.Ending, [.. score.Structures.Select(row => new TestScore
        {
            Structure = row.Structure,
            Dsc = row.Dsc,
            Nsd = row.Nsd,
            Hd95Mm = row.Hd95Mm,
            ReferenceMl = row.ReferenceMl,
            PredictionMl = row.PredictionMl,
        })]);
    }

    private static (IReadOnlyList<LogPoint> Points, string? Remark) LogOf(SandboxJob sandboxJob, SandboxOutcome outcome)
    {
        var path = Path.Combine(sandboxJob.Cases[0].PredictionFolder, TrainingFiles.Log);
        if (!File.Exists(path))
        {
            return ([], outcome.Ending == Ending.Completed ? "It left no log." : null);
        }

        return new FileInfo(path).Length > TrainingLog.MostBytes
            ? ([], "The log is larger than 4 MiB and was not read.")
            : TrainingLog.Read(RegularFile.ReadAllText(path), outcome.Run.TotalSeconds);
    }

    private JobRun RunOf(PlannedJob job, SandboxJob sandboxJob, PinnedImage image, SandboxOutcome outcome, double scoreSeconds) => new()
    {
        Image = image.Digest,
        ImageSource = image.Source,
        Command = sandboxJob.Submission.Command,
        Seed = job.Seed,
        Settings = job.Settings,
        Structures = job.Structures,
        Limits = new Limits(
            sandboxJob.Limits.WallTime.TotalSeconds, sandboxJob.Limits.MemoryBytes, sandboxJob.Limits.Cpus,
            sandboxJob.Limits.ProcessCount, sandboxJob.Limits.OutputBytes, sandboxJob.Submission.NeedsGpu),
        Timing = new Timing
        {
            StartedAt = outcome.StartedAt,
            RunSeconds = outcome.Run.TotalSeconds,
            SetUpSeconds = (outcome.Create + outcome.Start).TotalSeconds,
            CreateSeconds = outcome.Create.TotalSeconds,
            StartSeconds = outcome.Start.TotalSeconds,
            CollectSeconds = outcome.Collect.TotalSeconds,
            ScoreSeconds = scoreSeconds,
            CpuSeconds = outcome.Usage.CpuSeconds,
            PeakMemoryBytes = outcome.Usage.PeakMemoryBytes,
            PeakAnonymousBytes = outcome.PeakAnonymousBytes,
            DiskReadBytes = outcome.Usage.DiskReadBytes,
        },
        Machine = MachineDescription.Of(
            engine.Version, bench.Sandbox.Machine, sandboxJob.Submission.NeedsGpu ? bench.Gpu : null, settings.CpuSet?.Text),
        Gpu = outcome.Gpu,
        Remark = outcome.Remark,
        ExitCode = outcome.ExitCode,
        InputsSha256 = outcome.CtSha256,
        Outputs = [.. outcome.Outputs.Where(file => TrainingFiles.ModelPath(file.Path) is null)],
    };
}
