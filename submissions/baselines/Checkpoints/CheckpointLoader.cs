using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Checkpoints;

/// <summary>Puts the tensors of a checkpoint into a network by their names.</summary>
internal static class CheckpointLoader
{
    /// <summary>How a checkpoint would meet a network, without reading any tensor.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="file">The checkpoint.</param>
    public static LoadReport Compare(ModuleDefinition definition, CheckpointFile file)
    {
        var wanted = definition.State().ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        return Renaming.Known.Select(renaming => Compare(wanted, file, renaming)).MaxBy(report => report.Matched.Count)!;
    }

    /// <summary>Loads a checkpoint that must give all that a network needs, as for inference.</summary>
    /// <param name="network">Built from <paramref name="definition"/>; not to be used after an exception.</param>
    /// <param name="definition">The network.</param>
    /// <param name="file">The checkpoint.</param>
    /// <exception cref="CheckpointException">It does not fit, is damaged, or holds numbers that are not finite.</exception>
    public static LoadReport Load(ScriptModule network, ModuleDefinition definition, CheckpointFile file)
    {
        var report = Compare(definition, file);
        return report.IsComplete
            ? Assign(network, file, report)
            : throw new CheckpointException($"The checkpoint does not fit the network: {report}");
    }

    /// <summary>Loads what fits and leaves the rest of the network as it is, as for fine-tuning with a new head.</summary>
    /// <param name="network">Built from <paramref name="definition"/>; not to be used after an exception.</param>
    /// <param name="definition">The network.</param>
    /// <param name="file">The checkpoint.</param>
    /// <exception cref="CheckpointException">Nothing fits, or what fits is damaged or holds numbers that are not finite.</exception>
    public static LoadReport LoadWhatFits(ScriptModule network, ModuleDefinition definition, CheckpointFile file)
    {
        var report = Compare(definition, file);
        return report.Matched.Count > 0
            ? Assign(network, file, report)
            : throw new CheckpointException($"Nothing in the checkpoint fits the network: {report}");
    }

    private static LoadReport Assign(ScriptModule network, CheckpointFile file, LoadReport report)
    {
        var sources = file.Tensors.Keys.Order(StringComparer.Ordinal).ToLookup(report.Renaming.Apply, StringComparer.Ordinal);
        foreach (var name in report.Matched)
        {
            using var values = file.Read(sources[name].First());
            using var isFinite = Operator.Call("aten::isfinite", "", values);
            using var all = Operator.Call("aten::all", "", isFinite);
            if (all.Scalar() == 0)
            {
                throw new CheckpointException($"Tensor {name} holds numbers that are not finite.");
            }

            using var state = network.State(name);
            state.Assign(values);
        }

        return report;
    }

    private static LoadReport Compare(Dictionary<string, StateTensor> wanted, CheckpointFile file, Renaming renaming)
    {
        var matched = new List<string>();
        var unexpected = new List<string>();
        var misshapen = new List<ShapeDifference>();
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (original, record) in file.Tensors.OrderBy(tensor => tensor.Key, StringComparer.Ordinal))
        {
            var name = renaming.Apply(original);
            if (!wanted.TryGetValue(name, out var tensor) || !met.Add(name))
            {
                unexpected.Add(original);
            }
            else if (tensor.Shape.SequenceEqual(record.Shape))
            {
                matched.Add(name);
            }
            else
            {
                misshapen.Add(new ShapeDifference(name, tensor.Shape, record.Shape));
            }
        }

        return new LoadReport
        {
            Renaming = renaming,
            Matched = [.. matched.Order(StringComparer.Ordinal)],
            Missing = [.. wanted.Keys.Where(name => !met.Contains(name)).Order(StringComparer.Ordinal)],
            Unexpected = unexpected,
            Misshapen = misshapen,
        };
    }
}
