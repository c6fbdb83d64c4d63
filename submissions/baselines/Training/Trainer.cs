using System.Diagnostics;
using System.Globalization;
using Touchstone.Baselines.Checkpoints;
using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Training;

/// <summary>Steps, validations and checkpoints, from wherever training was.</summary>
internal sealed class Trainer : IDisposable
{
    private const string Weights = "weights.pth";

    private readonly JobFile _job;
    private readonly Recipe _recipe;
    private readonly TrainingFolders _folders;
    private readonly CropSampler _sampler;
    private readonly IReadOnlyList<Annotation> _validation;
    private readonly TextWriter _progress;
    private readonly byte[] _mark;
    private readonly LearningNetwork _learning;
    private readonly Segmenter _segmenter;

    /// <summary>Gets ready; nothing is written yet.</summary>
    /// <param name="job">Seed, structures, device.</param>
    /// <param name="recipe">With the job's settings.</param>
    /// <param name="folders">Where everything is.</param>
    /// <param name="cases">What to learn from.</param>
    /// <param name="validation">What to choose the best model by; may be empty.</param>
    /// <param name="network">With the weights to begin with, on its device; owned by the caller.</param>
    /// <param name="definition">What it was built from.</param>
    /// <param name="progress">Gets a line per validation.</param>
    public Trainer(
        JobFile job, Recipe recipe, TrainingFolders folders, CaseCache cases, IReadOnlyList<Annotation> validation,
        ScriptModule network, ModuleDefinition definition, TextWriter progress)
    {
        (_job, _recipe, _folders, _validation, _progress) = (job, recipe, folders, validation, progress);
        _sampler = new CropSampler(cases.Cases, recipe, job.Seed);
        _mark = TrainingState.MarkOf(job, recipe, definition);
        _learning = new LearningNetwork(network, definition, recipe, cases.Palette, job.Device);
        _segmenter = new Segmenter(recipe.ModelFor(job.Structures, Weights), network, job.Device, ownsNetwork: false);
    }

    /// <summary>Trains to the end. The best model lies in the folder of the contract then, and nothing is left to go on from.</summary>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <exception cref="TrainingException">The loss is no number any more.</exception>
    public void Run(CancellationToken cancellation = default)
    {
        var state = TrainingState.Start;
        if (File.Exists(_folders.Resume))
        {
            state = TrainingState.Load(_folders.Resume, _learning.Network, _learning.Optimiser, _mark);
            _learning.Copy();
            _progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_job.Job}: goes on after step {state.Step}"));
        }

        using var log = TrainingLog.Open(_folders.Log, state.Step);
        var clock = Stopwatch.StartNew();
        var before = state.Seconds;
        while (state.Step < _recipe.Steps)
        {
            cancellation.ThrowIfCancellationRequested();
            state = Step(state, () => before + clock.Elapsed.TotalSeconds, log);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _segmenter.Dispose();
        _learning.Dispose();
    }

    private TrainingState Step(TrainingState state, Func<double> seconds, TrainingLog log)
    {
        var rate = LearningRate.At(_recipe, state.Step);
        var batches = Enumerable.Range(0, _recipe.Accumulation).Select(part => _sampler.Batch(state.Step, part));
        var loss = _learning.Step(Disposing(batches), rate, state.Step + 1);
        if (!double.IsFinite(loss))
        {
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"The loss of step {state.Step + 1} is {loss}: training came apart; a lower learningRate may help."));
        }

        state = state with { Step = state.Step + 1 };
        double? dsc = null;
        if (state.Step % _recipe.ValidationInterval == 0 || state.Step == _recipe.Steps)
        {
            (state, dsc) = Validated(state, loss, seconds());
            state = state with { Seconds = seconds() };
            state.Save(_folders.Resume, _learning.Network, _learning.Optimiser, _mark);
        }

        log.Add(state.Step, seconds(), loss, rate, dsc);
        return state;
    }

    // Without validation cases the last model is the best one.
    private (TrainingState State, double? Dsc) Validated(TrainingState state, double loss, double seconds)
    {
        _learning.Network.Train(false);
        var dsc = _validation.Count > 0 ? Validation.MeanDsc(_segmenter, _validation) : null;
        var isBest = dsc is null || dsc > state.Best;
        if (isBest)
        {
            Directory.CreateDirectory(_folders.Model);
            WriteWeights(_learning.Network, Path.Combine(_folders.Model, Weights));
            _segmenter.Model.Write(_folders.ModelFile);
        }

        _progress.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_job.Job}: step {state.Step} of {_recipe.Steps}, {seconds:F0} s, loss {loss:F4}")
            + (dsc is { } value ? string.Create(CultureInfo.InvariantCulture, $", DSC {value:F4}{(isBest ? " (best)" : "")}") : ""));
        return (isBest && dsc is { } best ? state with { Best = best } : state, dsc);
    }

    private static void WriteWeights(ScriptModule network, string path)
    {
        var state = network.Parameters.Concat(network.Buffers).Select(name => (name, network.State(name))).ToList();
        try
        {
            CheckpointWriter.Write(path, state);
        }
        finally
        {
            state.ForEach(item => item.Item2.Dispose());
        }
    }

    private static IEnumerable<(Tensor Brightness, Tensor Labels)> Disposing(IEnumerable<(Tensor Brightness, Tensor Labels)> batches)
    {
        foreach (var (brightness, labels) in batches)
        {
            using (brightness)
            using (labels)
            {
                yield return (brightness, labels);
            }
        }
    }
}
