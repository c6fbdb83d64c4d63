using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Training;

/// <summary>
/// Numbers for the sets of structures that voxels belong to, so that a voxel takes two bytes however many masks overlap there.
/// 0 is the empty set; others are numbered as they turn up.
/// </summary>
/// <param name="structures">How many structures there are.</param>
internal sealed class Palette(int structures)
{
    private readonly List<int[]> _sets = [[]];
    private readonly Dictionary<(ushort Set, int Structure), ushort> _grown = [];

    /// <summary>Adds a structure to a voxel.</summary>
    /// <param name="label">What the voxel belongs to so far.</param>
    /// <param name="structure">From 0; greater than all that were added to the voxel before.</param>
    /// <returns>The number of the larger set.</returns>
    /// <exception cref="TrainingException">The masks overlap in more than 65 535 ways, which is noise and no anatomy.</exception>
    public ushort With(ushort label, int structure)
    {
        if (_grown.TryGetValue((label, structure), out var grown))
        {
            return grown;
        }

        if (_sets.Count > ushort.MaxValue)
        {
            throw new TrainingException($"The masks overlap in more than {ushort.MaxValue} ways.");
        }

        grown = (ushort)_sets.Count;
        _sets.Add([.. _sets[label], structure]);
        _grown[(label, structure)] = grown;
        return grown;
    }

    /// <summary>Whether a voxel belongs to a structure.</summary>
    /// <param name="label">Of the voxel.</param>
    /// <param name="structure">From 0.</param>
    public bool Contains(ushort label, int structure) => _sets[label].Contains(structure);

    /// <summary>What each number means, for <see cref="Losses.Target"/>.</summary>
    /// <param name="loss">
    /// With <see cref="Loss.BceDice"/> a row of 0 and 1 per number; with <see cref="Loss.CeDice"/> a class: 0 the background, otherwise 1
    /// + the last structure, as SuPreM has it where masks overlap.
    /// </param>
    /// <returns>A tensor that the caller disposes.</returns>
    public Tensor Table(Loss loss)
    {
        if (loss == Loss.CeDice)
        {
            return Tensor.Over([.. _sets.Select(set => set.Length == 0 ? 0L : 1 + set[^1])], _sets.Count);
        }

        var rows = new float[_sets.Count * structures];
        foreach (var (n, set) in _sets.Index())
        {
            Array.ForEach(set, structure => rows[(n * structures) + structure] = 1);
        }

        return Tensor.Over(rows, _sets.Count, structures);
    }
}
