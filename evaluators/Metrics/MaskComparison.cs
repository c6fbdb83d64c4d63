namespace Touchstone.Evaluators;

/// <summary>What is counted alike under every protocol.</summary>
internal static class MaskComparison
{
    /// <summary>Counts, volumes and the fractions of them; the metrics that protocols define are still null.</summary>
    /// <param name="structure">Canonical name.</param>
    /// <param name="reference">The true mask.</param>
    /// <param name="prediction">The mask that is judged.</param>
    /// <param name="grid">The grid of both.</param>
    public static StructureScore Count(string structure, Mask reference, Mask prediction, Grid grid)
    {
        var both = Mask.CountBoth(reference, prediction);
        var predictionMl = prediction.Voxels * grid.SpacingMm.VoxelMl;
        return Inventory(structure, reference, grid) with
        {
            PredictionVoxels = prediction.Voxels,
            BothVoxels = both,
            PredictionMl = predictionMl,
            Sensitivity = reference.Voxels == 0 ? null : (double)both / reference.Voxels,
            Precision = prediction.Voxels == 0 ? null : (double)both / prediction.Voxels,
            RelativeVolumeError =
                reference.Voxels == 0 ? null : (double)(prediction.Voxels - reference.Voxels) / reference.Voxels,
            FalsePositiveMl = reference.Voxels == 0 ? predictionMl : null,
            PredictionComponents = Components.Count(prediction),
            PredictionTouchesBorder = TouchesBorder(prediction, grid),
        };
    }

    /// <summary>What is known without a prediction.</summary>
    /// <param name="structure">Canonical name.</param>
    /// <param name="reference">The true mask.</param>
    /// <param name="grid">Its grid.</param>
    public static StructureScore Inventory(string structure, Mask reference, Grid grid) => new()
    {
        Structure = structure,
        ReferenceVoxels = reference.Voxels,
        PredictionVoxels = 0,
        BothVoxels = 0,
        Dsc = null,
        Nsd = null,
        HdMm = null,
        Hd95Mm = null,
        AssdMm = null,
        ReferenceMl = reference.Voxels * grid.SpacingMm.VoxelMl,
        PredictionMl = 0,
        ReferenceTouchesBorder = TouchesBorder(reference, grid),
    };

    private static bool TouchesBorder(Mask mask, Grid grid)
    {
        if (mask.Voxels == 0)
        {
            return false;
        }

        var box = mask.Box;
        return box.X0 == 0 || box.Y0 == 0 || box.Z0 == 0
            || box.X1 == grid.Nx - 1 || box.Y1 == grid.Ny - 1 || box.Z1 == grid.Nz - 1;
    }
}
