namespace Touchstone.Evaluators;

/// <summary>
/// How much of every structure of a reference lies under every label or mask of a prediction, whatever that is called. Says what
/// was meant where names or numbers went wrong; nothing is scored by it.
/// </summary>
public sealed record OverlapMatrix
{
    /// <summary>The structures that the reference holds; of each at least one voxel.</summary>
    public required IReadOnlyList<(string Structure, long Voxels)> Reference { get; init; }

    /// <summary>What the prediction holds.</summary>
    public required IReadOnlyList<PredictedPart> Prediction { get; init; }

    /// <summary>Voxels in both, by place in <see cref="Reference"/> and then by place in <see cref="Prediction"/>.</summary>
    public required IReadOnlyList<IReadOnlyList<long>> Both { get; init; }

    /// <summary>Dice of a structure and a part, [0, 1].</summary>
    /// <param name="structure">Place in <see cref="Reference"/>.</param>
    /// <param name="part">Place in <see cref="Prediction"/>.</param>
    public double Dice(int structure, int part) =>
        2.0 * Both[structure][part] / (Reference[structure].Voxels + Prediction[part].Voxels);

    /// <summary>Reads both sides of a case. Every label of a prediction counts, also those that its map does not know.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="prediction">What is judged.</param>
    /// <param name="structures">Canonical names of the structures that are scored.</param>
    /// <exception cref="VolumeException">A volume cannot be read, or not on one grid.</exception>
    public static OverlapMatrix Read(MaskSource reference, MaskSource prediction, IReadOnlyList<string> structures)
    {
        using var truth = MaskSet.Read(reference, structures, grid: null, new SurfaceBudget(CaseSide.Reference, SurfaceLimits.Default));
        var (all, names) = prediction switch
        {
            MaskSource.LabelFile file => (file with { Labels = LabelMaps.EveryLabel }, [.. LabelMaps.EveryLabel.Structures.Values]),
            MaskSource.MaskFolder folder => (prediction, (string[])[.. folder.FindMasks().Keys]),
            _ => throw new ArgumentException($"No parts of {prediction.GetType().Name}.", nameof(prediction)),
        };
        using var judged = MaskSet.Read(all, names, truth.Geometry, new SurfaceBudget(CaseSide.Prediction, SurfaceLimits.Default));
        var wanted = truth.Masks.Where(one => one.Value.Voxels > 0).ToList();
        var found = judged.Masks.Where(one => one.Value.Voxels > 0).ToList();
        return new OverlapMatrix
        {
            Reference = [.. wanted.Select(one => (one.Key, one.Value.Voxels))],
            Prediction = [.. found.Select(one => PartOf(prediction, one.Key, one.Value.Voxels))],
            Both = [.. wanted.Select(one => (long[])[.. found.Select(part => Mask.CountBoth(one.Value, part.Value))])],
        };
    }

    private static PredictedPart PartOf(MaskSource prediction, string name, long voxels) =>
        prediction is MaskSource.LabelFile { Labels: var labels } && LabelMaps.EveryLabel.LabelOf(name) is { } label
            ? new PredictedPart(labels.Structures.GetValueOrDefault(label), label, voxels)
            : new PredictedPart(name, Label: null, voxels);
}

/// <summary>One label, or one mask, of a prediction.</summary>
/// <param name="Structure">What it is called: by its label map, or by its file; null for a label without a name.</param>
/// <param name="Label">Its number; null for a mask.</param>
/// <param name="Voxels">Its size.</param>
public sealed record PredictedPart(string? Structure, byte? Label, long Voxels);
