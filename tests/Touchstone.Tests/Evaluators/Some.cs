using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>Makes small volumes and scores them, so that a test shows only what it is about.</summary>
internal static class Some
{
    /// <summary>A cuboid of voxels; the second corner is inside.</summary>
    internal sealed record Cuboid(int X0, int Y0, int Z0, int X1, int Y1, int Z1);

    /// <summary>A grid at 1 mm, or another spacing.</summary>
    public static Geometry Geometry(int nx, int ny, int nz, Spacing? spacing = null) =>
        new(new Grid(nx, ny, nz, spacing ?? new(1, 1, 1)), Affine.Scaling(spacing ?? new(1, 1, 1), (0, 0, 0)));

    /// <summary>Voxels of label 1 in cuboids.</summary>
    public static byte[] Cuboids(Geometry geometry, params Cuboid[] cuboids)
    {
        var (nx, ny, _, _) = geometry.Grid;
        var labels = new byte[geometry.Grid.VoxelCount];
        foreach (var cuboid in cuboids)
        {
            for (var z = cuboid.Z0; z <= cuboid.Z1; z++)
            {
                for (var y = cuboid.Y0; y <= cuboid.Y1; y++)
                {
                    labels.AsSpan((((z * ny) + y) * nx) + cuboid.X0, cuboid.X1 - cuboid.X0 + 1).Fill(1);
                }
            }
        }

        return labels;
    }

    /// <summary>The score of label 1, by way of two files.</summary>
    public static StructureScore Score(
        Geometry geometry, byte[] reference, byte[] prediction, Protocol? protocol = null) =>
        Assert.Single(ScoreAll(geometry, reference, prediction, 1, protocol).Structures);

    /// <summary>The scores of labels 1 to <paramref name="count"/>, by way of two files.</summary>
    public static CaseScore ScoreAll(
        Geometry geometry, byte[] reference, byte[] prediction, int count, Protocol? protocol = null)
    {
        var folder = Directory.CreateTempSubdirectory("touchstone-score-").FullName;
        try
        {
            var (truth, judged) = (Path.Combine(folder, "reference.nii.gz"), Path.Combine(folder, "prediction.nii.gz"));
            NiftiWriter.Write(truth, geometry, reference);
            NiftiWriter.Write(judged, geometry, prediction);
            var labels = Labels(count);
            return CaseEvaluator.Score(
                new MaskSource.LabelFile(truth, labels),
                new MaskSource.LabelFile(judged, labels),
                [.. labels.Structures.Values],
                protocol ?? new Protocol { Name = Protocol.SurfaceDistance });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Labels 1 to <paramref name="count"/>, named organ_1 and so on.</summary>
    public static LabelMap Labels(int count) => new()
    {
        Name = "some",
        Structures = Enumerable.Range(1, count).ToDictionary(label => (byte)label, label => $"organ_{label}"),
    };
}
