using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstone.Baselines.Checkpoints;
using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Training;

/// <summary>
/// All that training needs to go on: weights, what the optimiser keeps, and where it was. There is no state of random numbers, see
/// <see cref="SeededStream"/>.
/// </summary>
/// <param name="Step">Steps done.</param>
/// <param name="Seconds">Spent on them.</param>
/// <param name="Best">Best mean validation DSC so far; −1 before the first.</param>
internal sealed record TrainingState(int Step, double Seconds, double Best)
{
    private const string Network = "network.";
    private const string Optimiser = "optimiser.";
    private const string Place = "place";
    private const string Job = "job";

    /// <summary>Before the first step.</summary>
    public static TrainingState Start { get; } = new(0, 0, -1);

    /// <summary>A mark of the job and recipe that a state belongs to.</summary>
    /// <param name="job">The job.</param>
    /// <param name="recipe">With the job's settings.</param>
    /// <param name="definition">The network.</param>
    public static byte[] MarkOf(JobFile job, Recipe recipe, ModuleDefinition definition) => SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{job.Job} {job.Seed} {string.Join(',', job.Structures)} {definition.ParameterCount()} "
        + JsonSerializer.Serialize(recipe, RecipeJson.Default.Recipe)));

    /// <summary>Writes a state: whole and on the disk, or not at all.</summary>
    /// <param name="path">To make or replace.</param>
    /// <param name="network">Whose weights.</param>
    /// <param name="optimiser">Whose memory.</param>
    /// <param name="mark">Of <see cref="MarkOf"/>.</param>
    public void Save(string path, ScriptModule network, AdamW optimiser, byte[] mark)
    {
        var weights = network.Parameters.Concat(network.Buffers).Select(name => (Network + name, network.State(name))).ToList();
        using var place = Tensor.Over([Step, Seconds, Best], 3);
        using var job = Tensor.Over(mark, mark.Length);
        try
        {
            CheckpointWriter.Write(path,
            [
                .. weights, .. optimiser.State().Select(item => (Optimiser + item.Name, item.Tensor)), (Place, place), (Job, job),
            ]);
        }
        finally
        {
            weights.ForEach(item => item.Item2.Dispose());
        }
    }

    /// <summary>Reads a state back into network and optimiser.</summary>
    /// <param name="path">Written by <see cref="Save"/>.</param>
    /// <param name="network">Gets its weights.</param>
    /// <param name="optimiser">Gets its memory.</param>
    /// <param name="mark">Of this job and recipe.</param>
    /// <exception cref="TrainingException">The state is of another job or recipe.</exception>
    /// <exception cref="CheckpointException">The file is damaged.</exception>
    public static TrainingState Load(string path, ScriptModule network, AdamW optimiser, byte[] mark)
    {
        using var file = CheckpointFile.Open(path);
        if (!Values<byte>(file, Job).SequenceEqual(mark))
        {
            throw new TrainingException($"{path} is of another job or recipe; remove it to begin anew.");
        }

        foreach (var name in network.Parameters.Concat(network.Buffers))
        {
            using var weights = network.State(name);
            Assign(file, Network + name, weights);
        }

        foreach (var (name, tensor) in optimiser.State())
        {
            Assign(file, Optimiser + name, tensor);
        }

        return Values<double>(file, Place) is [var step, var seconds, var best]
            ? new TrainingState((int)step, seconds, best)
            : throw new CheckpointException($"{path} does not say where training was.");
    }

    private static void Assign(CheckpointFile file, string name, Tensor target)
    {
        using var values = Read(file, name);
        target.Assign(values);
    }

    private static T[] Values<T>(CheckpointFile file, string name)
        where T : unmanaged
    {
        using var values = Read(file, name);
        return values.ToArray<T>();
    }

    private static Tensor Read(CheckpointFile file, string name) => file.Tensors.ContainsKey(name)
        ? file.Read(name)
        : throw new CheckpointException($"The checkpoint to go on from holds no {name}.");
}
