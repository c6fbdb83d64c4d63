using System.Globalization;
using Touchstone.Baselines.Checkpoints;
using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Torch;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Training;

/// <summary>One job of a training container, from its inputs to its outputs.</summary>
internal static class TrainingJob
{
    /// <summary>Trains and segments the test cases.</summary>
    /// <param name="root"><c>/workspace</c> in a container.</param>
    /// <param name="recipePath">A <c>recipe.json</c>.</param>
    /// <param name="progress">Gets what people want to know.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <exception cref="TrainingException">The job cannot be done.</exception>
    /// <exception cref="CheckpointException">The initial weights are damaged, or fit in nothing.</exception>
    public static void Run(string root, string recipePath, TextWriter progress, CancellationToken cancellation = default)
    {
        var folders = new TrainingFolders(root);
        var job = JobFile.Read(folders.Job);
        var recipe = RecipeFile.Read(recipePath, job);
        TorchLibrary.Threads = job.Threads;
        TorchLibrary.KeepMemory();

        // CUDA has no deterministic way back through three-dimensional pooling.
        TorchLibrary.SetDeterministic(job.Device == Device.Cpu);
        var training = folders.Annotations("training", job.Structures);
        var validation = folders.Annotations("validation", job.Structures);
        if (training.Count == 0)
        {
            throw new TrainingException("training: there is no case to learn from.");
        }

        Train(folders, job, recipe, training, validation, progress, cancellation);
        SegmentTest(folders, job, progress);
        File.Delete(folders.Resume);
    }

    private static void Train(
        TrainingFolders folders, JobFile job, Recipe recipe, IReadOnlyList<Annotation> training, IReadOnlyList<Annotation> validation,
        TextWriter progress, CancellationToken cancellation)
    {
        var model = recipe.ModelFor(job.Structures, "");
        var definition = model.Plan.Define();
        using var cases = CaseCache.Prepare(training, job.Structures, model.Preparation);
        using var network = ScriptModule.Build(definition);
        InitialWeights.Fill(network, definition, job.Seed);
        progress.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{job.Job}: {training.Count} training cases ({cases.OnDisk} of them on disk), {validation.Count} for validation; ")
            + string.Create(CultureInfo.InvariantCulture, $"{recipe.Backbone}, {definition.ParameterCount():N0} parameters"));
        if (folders.Initial() is { } initial)
        {
            using var file = CheckpointFile.Open(initial);
            progress.WriteLine($"{job.Job}: initial weights: {CheckpointLoader.LoadWhatFits(network, definition, file)}");
        }

        network.MoveTo(job.Device);
        folders.Clear();
        using var trainer = new Trainer(job, recipe, folders, cases, validation, network, definition, progress);
        trainer.Run(cancellation);
    }

    // What an earlier, cut-off run has segmented with the same model stays.
    private static void SegmentTest(TrainingFolders folders, JobFile job, TextWriter progress)
    {
        if (!Directory.Exists(folders.Test))
        {
            return;
        }

        using var segmenter = Segmenter.Open(folders.ModelFile, job.Device);
        var workspace = new Workspace(folders.Test, folders.TestOutputs, Layout.Folder);
        var faults = new List<string>();
        foreach (var (name, path) in workspace.Cases())
        {
            if (Directory.Exists(Path.Combine(folders.TestOutputs, name, "segmentations")))
            {
                continue;
            }

            try
            {
                workspace.Write(name, segmenter.Segment(path), LabelMaps.AbdomenAtlas11);
                progress.WriteLine($"{job.Job}: segmented {name}");
            }
            catch (Exception fault) when (Exit.IsExplained(fault))
            {
                faults.Add($"case {name}: {fault.Message}");
            }
        }

        TrainingException.ThrowIfAny("test", faults);
    }
}
