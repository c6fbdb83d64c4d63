namespace Touchstone.Evaluators;

/// <summary>Scores one case.</summary>
public static class CaseEvaluator
{
    /// <summary>Compares a prediction with its reference, structure by structure.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="prediction">What is judged.</param>
    /// <param name="structures">Canonical names to score.</param>
    /// <param name="protocol">Which definition of the metrics.</param>
    /// <exception cref="ArgumentException">The protocol cannot be followed; see <see cref="Protocol.Validate"/>.</exception>
    /// <exception cref="VolumeException">
    /// A volume is missing, damaged, no label map or on another grid. When the reference is at fault, <c>Data["side"]</c> is
    /// "reference", otherwise "prediction".
    /// </exception>
    public static CaseScore Score(
        MaskSource reference, MaskSource prediction, IReadOnlyList<string> structures, Protocol protocol)
    {
        protocol.Validate();
        var names = Canonical(structures);
        var (truth, geometry) = ReadReference(reference, names);
        var judged = Blaming("prediction", () => MaskSet.Read(prediction, names, geometry));
        var metrics = IStructureMetrics.Of(protocol, geometry.Grid.SpacingMm);
        var nothing = new Mask();
        return new CaseScore
        {
            SpacingMm = geometry.Grid.SpacingMm,
            Structures = [.. names.Where(truth.Masks.ContainsKey).Select(ScoreOne)],
            UnknownLabelVoxels = judged.UnknownLabelVoxels,
            OverlappingVoxels = prediction is MaskSource.MaskFolder ? Overlaps.Count(judged.Masks.Values) : null,
        };

        StructureScore ScoreOne(string name)
        {
            var (wanted, found) = (truth.Masks[name], judged.Masks.GetValueOrDefault(name, nothing));
            return metrics.Score(MaskComparison.Count(name, wanted, found, geometry.Grid), wanted, found);
        }
    }

    /// <summary>What the reference holds, for a case without a valid prediction: every metric null, volumes filled in.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="structures">Canonical names to score.</param>
    /// <exception cref="VolumeException">The reference cannot be read.</exception>
    public static CaseScore Inventory(MaskSource reference, IReadOnlyList<string> structures)
    {
        var names = Canonical(structures);
        var (truth, geometry) = ReadReference(reference, names);
        return new CaseScore
        {
            SpacingMm = geometry.Grid.SpacingMm,
            Structures =
            [
                .. names.Where(truth.Masks.ContainsKey)
                    .Select(name => MaskComparison.Inventory(name, truth.Masks[name], geometry.Grid)),
            ],
            UnknownLabelVoxels = 0,
        };
    }

    private static (MaskSet Masks, Geometry Geometry) ReadReference(MaskSource source, string[] names) =>
        Blaming("reference", () =>
        {
            var masks = MaskSet.Read(source, names, grid: null);
            return masks.Geometry is { } geometry
                ? (masks, geometry)
                : throw new VolumeException(
                    VolumeFault.Missing, $"The reference has no mask of any of the {names.Length} structures asked for.");
        });

    private static T Blaming<T>(string side, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VolumeException fault)
        {
            fault.Data["side"] = side;
            throw;
        }
    }

    private static string[] Canonical(IReadOnlyList<string> structures) =>
        [.. structures.Select(StructureNames.Canonical).Distinct()];
}
