namespace Touchstone.Evaluators;

/// <summary>Scores one case.</summary>
public static class CaseEvaluator
{
    /// <summary>Compares a prediction with its reference, structure by structure.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="prediction">What is judged.</param>
    /// <param name="structures">Canonical names to score.</param>
    /// <param name="protocol">Which definition of the metrics.</param>
    /// <exception cref="ArgumentException">The protocol is none of <see cref="Protocol.Names"/>, or its tolerance is negative.</exception>
    /// <exception cref="VolumeException">
    /// A volume is missing, damaged, no label map or on another grid. When the reference is at fault, <c>Data["side"]</c> is
    /// "reference", otherwise "prediction".
    /// </exception>
    public static CaseScore Score(
        MaskSource reference, MaskSource prediction, IReadOnlyList<string> structures, Protocol protocol)
    {
        Require(protocol);
        var names = Canonical(structures);
        var (truth, geometry) = ReadReference(reference, names);
        var judged = Blaming("prediction", () => MaskSet.Read(prediction, names, geometry));
        var absent = new Mask();
        var metrics = new SurfaceDistanceProtocol(geometry.Grid.SpacingMm, protocol.ToleranceMm);
        return new CaseScore
        {
            SpacingMm = geometry.Grid.SpacingMm,
            Structures =
            [
                .. names.Where(truth.Masks.ContainsKey)
                    .Select(name => metrics.Score(name, truth.Masks[name], judged.Masks.GetValueOrDefault(name, absent))),
            ],
            UnknownLabelVoxels = judged.UnknownLabelVoxels,
        };
    }

    /// <summary>What the reference holds, for a case without a valid prediction: every metric null, volumes filled in.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="structures">Canonical names to score.</param>
    /// <exception cref="VolumeException">The reference cannot be read.</exception>
    public static CaseScore Inventory(MaskSource reference, IReadOnlyList<string> structures)
    {
        var names = Canonical(structures);
        var (truth, geometry) = ReadReference(reference, names);
        var spacing = geometry.Grid.SpacingMm;
        return new CaseScore
        {
            SpacingMm = spacing,
            Structures =
            [
                .. names.Where(truth.Masks.ContainsKey).Select(name => new StructureScore
                {
                    Structure = name,
                    ReferenceVoxels = truth.Masks[name].Voxels,
                    PredictionVoxels = 0,
                    BothVoxels = 0,
                    Dsc = null,
                    Nsd = null,
                    HdMm = null,
                    Hd95Mm = null,
                    AssdMm = null,
                    ReferenceMl = truth.Masks[name].Voxels * spacing.VoxelMl,
                    PredictionMl = 0,
                }),
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

    private static void Require(Protocol protocol)
    {
        if (!Protocol.Names.Contains(protocol.Name))
        {
            throw new ArgumentException(
                $"There is no protocol {protocol.Name}; there are {string.Join(", ", Protocol.Names)}.", nameof(protocol));
        }

        if (!(protocol.ToleranceMm >= 0) || double.IsInfinity(protocol.ToleranceMm))
        {
            throw new ArgumentOutOfRangeException(
                nameof(protocol), protocol.ToleranceMm, "A tolerance is a length in millimetres, 0 or more.");
        }
    }
}
