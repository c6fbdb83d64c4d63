using System.Globalization;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Submissions;

namespace Touchstone.Harness.Transfer;

/// <summary>Does one job of a study: container, masks, model, log, scores.</summary>
internal sealed class JobRunner(OpenStudy study, DockerEngine engine, TestBench bench, RunSettings settings)
{
    private readonly JobResultMaker _results = new(study, engine, bench, settings);
    private readonly HashSet<(string Structures, string Dataset, string Case)> _checked = [];

    /// <summary>Runs a job.</summary>
    /// <param name="job">The job; what it builds on has completed.</param>
    /// <param name="token">Stops and removes the container.</param>
    /// <returns>Its result, not written yet; its model is kept already.</returns>
    /// <exception cref="EngineException">The engine failed.</exception>
    /// <exception cref="DatasetFaultException">A file of a dataset is at fault; nothing has run.</exception>
    public async Task<JobResult> RunAsync(PlannedJob job, CancellationToken token)
    {
        CheckReferences(job);
        var image = StudyImages.Find(study.Folder, job.Backbone.Name)!;
        var (initial, inputs) = Initial(job);
        var sandboxJob = JobOf(job, image, inputs);
        CheckMemory(sandboxJob.Files!);
        EngineRules.CheckGpu(engine.Version, sandboxJob.Submission);
        Directory.CreateDirectory(study.Folder.JobPath(job.Key.Name));
        var outcome = await RunAsync(job, sandboxJob, token);
        if (outcome.Ending != Ending.Completed)
        {
            await GpuProbe.CheckAsync(engine, study.Workspace.Id, sandboxJob.Submission, sandboxJob.Limits, token);
        }

        return Conclude(job, sandboxJob, image, initial, outcome);
    }

    /// <summary>A damaged mask must neither be found after a day of training nor be learnt from.</summary>
    private void CheckReferences(PlannedJob job)
    {
        var structures = string.Join(' ', job.Structures);
        var learnt = job.Training.Concat(job.Validation).Where(one => TrainingFiles.Structures(one).Any(job.Structures.Contains));
        foreach (var one in learnt.Concat(job.Test).Where(one => !_checked.Contains((structures, one.Dataset, one.Id))))
        {
            CaseScoring.CheckReference(one, job.Structures);
            _checked.Add((structures, one.Dataset, one.Id));
        }
    }

    private JobResult Conclude(
        PlannedJob job, SandboxJob sandboxJob, PinnedImage image, ModelUse? initial, SandboxOutcome outcome)
    {
        var accepted = sandboxJob.Cases[0].PredictionFolder;
        var model = ModelFiles.Of(outcome.Outputs
            .Select(file => (File: file, Path: TrainingFiles.ModelPath(file.Path)))
            .Where(one => one.Path is not null)
            .Select(one => one.File with { Path = one.Path! }));
        if (model is not null && job.Key.Kind == JobKind.Pretraining)
        {
            ModelFiles.Keep(study.Folder, accepted, model);
        }

        var result = _results.Make(job, sandboxJob, image, outcome) with
        {
            Initial = initial,
            Model = model,
        };
        var files = Path.Combine(accepted, "model");
        OwnFolder.Remove(files); // kept by content, or asked for by nobody

        return result;
    }

    private async Task<SandboxOutcome> RunAsync(PlannedJob job, SandboxJob sandboxJob, CancellationToken token)
    {
        try
        {
            return await bench.Sandbox.RunAsync(sandboxJob, next: null, token);
        }
        catch (FileNotFoundException fault) when (Owner(job, fault.FileName) is { } owner)
        {
            throw new DatasetFaultException(owner.Dataset, owner.Id, fault.FileName!, fault);
        }
    }

    private SandboxJob JobOf(PlannedJob job, PinnedImage image, IReadOnlyList<InputFile> initial)
    {
        var cores = settings.CpuSet?.Cores.Count ?? int.MaxValue;
        var limits = bench.Sandbox.Effective(job.Limits with { Cpus = Math.Min(job.Limits.Cpus, cores) });
        return new SandboxJob
        {
            Submission = new Submission
            {
                Id = study.Study.Id,
                Team = "study",
                Name = job.Key.Name,
                Challenge = study.Study.Id,
                Image = ImageDigest.Parse(image.Digest),
                Source = image.Source,
                Layout = SubmissionLayout.Folder,
                Command = [.. Submission.DefaultCommand.Take(2), job.Backbone.Command],
                NeedsGpu = study.Study.NeedsGpu,
                ReceivedAt = settings.Clock.GetUtcNow(),
            },
            Limits = limits,
            Cases = [new StagedCase("", job.Key.Name, Path.Combine(study.Folder.JobPath(job.Key.Name), "prediction"))],
            Structures = job.Structures,
            LogPath = Path.Combine(study.Folder.JobPath(job.Key.Name), "container.log"),
            CpuSet = settings.CpuSet?.Text,
            GpuDevice = bench.Gpu.Id,
            Files = TrainingFiles.Of(job, study.Names.Of(job), initial, limits, study.Study.NeedsGpu, GivenCtOf),
        };
    }

    private (ModelUse? Model, IReadOnlyList<InputFile> Inputs) Initial(PlannedJob job)
    {
        if (job.WeightsPath is { } path)
        {
            return ModelFiles.OfWeights(path);
        }

        return job.StartsFrom is { } name && study.Folder.Read(name)?.Model is { } model
            ? (model, ModelFiles.OfJob(study.Folder, model))
            : (null, []);
    }

    /// <summary>Inputs are copied into memory: so much that the machine would come to a stand is refused instead.</summary>
    private void CheckMemory(JobFiles files)
    {
        var bytes = InputVolume.BytesFor(files);
        if (bytes > bench.Sandbox.Machine.MemTotal / 2)
        {
            throw new EngineException(string.Create(
                CultureInfo.InvariantCulture,
                $"The job's inputs take {bytes / (double)(1L << 30):0.#} GiB, and containers are given them in memory: more than half of this "
                + $"machine's {bench.Sandbox.Machine.MemTotal / (double)(1L << 30):0.#} GiB. Use fewer cases, or a larger machine."))
            {
                IsTransient = false,
            };
        }
    }

    private string GivenCtOf(DatasetCase one) => GivenCt.PathOf(study.Workspace, one);

    private DatasetCase? Owner(PlannedJob job, string? path) => path is null ? null
        : job.Training.Concat(job.Validation).Concat(job.Test).FirstOrDefault(one =>
            GivenCtOf(one) == path || path.StartsWith(one.SegmentationsPath, StringComparison.Ordinal));
}
