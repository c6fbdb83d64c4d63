using System.Globalization;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Volumes;

/// <summary>
/// The grid that networks work on: axes to the patient's right, front and head (RAS), one spacing for all CTs. Its voxels lie
/// in memory with the last axis fastest, as tensors have it.
/// </summary>
internal sealed record WorkingGrid
{
    private WorkingGrid(WorkingAxis[] axes) => Axes = axes;

    /// <summary>The axes to the right, to the front and to the head.</summary>
    public IReadOnlyList<WorkingAxis> Axes { get; }

    /// <summary>Voxels along each axis.</summary>
    public (int X, int Y, int Z) Size => (Axes[0].Count, Axes[1].Count, Axes[2].Count);

    /// <summary>Number of voxels.</summary>
    /// <exception cref="OverflowException">2³¹ or more.</exception>
    public int VoxelCount => checked(Axes[0].Count * Axes[1].Count * Axes[2].Count);

    /// <summary>What one step along each axis adds to a voxel's index.</summary>
    public IReadOnlyList<int> Strides => [Axes[1].Count * Axes[2].Count, Axes[2].Count, 1];

    /// <summary>The grid for a CT.</summary>
    /// <param name="geometry">Of its file. Oblique axes count as the world's axes that they are nearest to.</param>
    /// <param name="spacing">Millimetres between the network's voxels.</param>
    /// <exception cref="CtException">The file's axes do not span space, or the grid would have 2³¹ voxels.</exception>
    public static WorkingGrid Of(Geometry geometry, Spacing spacing)
    {
        double[][] columns =
        [
            [geometry.Affine.X.I, geometry.Affine.Y.I, geometry.Affine.Z.I],
            [geometry.Affine.X.J, geometry.Affine.Y.J, geometry.Affine.Z.J],
            [geometry.Affine.X.K, geometry.Affine.Y.K, geometry.Affine.Z.K],
        ];
        double[] lengths = [.. columns.Select(column => Math.Sqrt(column.Sum(part => part * part)))];
        if (!(Math.Abs(Determinant(columns)) > 1e-3 * lengths[0] * lengths[1] * lengths[2]))
        {
            throw new CtException("The file's orientation is no orientation: its axes do not span space.");
        }

        var order = OrderOf(columns, lengths);
        int[] counts = [geometry.Grid.Nx, geometry.Grid.Ny, geometry.Grid.Nz];
        double[] steps = [spacing.X, spacing.Y, spacing.Z];
        RequireSize(order, counts, lengths, steps);
        return new WorkingGrid([.. order.Select((fileAxis, world) => new WorkingAxis(
            fileAxis, columns[fileAxis][world] < 0, counts[fileAxis], steps[world] / lengths[fileAxis]))]);
    }

    private static void RequireSize(int[] order, int[] counts, double[] lengths, double[] steps)
    {
        var sides = order.Select((fileAxis, world) => ((counts[fileAxis] - 1) * lengths[fileAxis] / steps[world]) + 1).ToArray();
        if (sides[0] * sides[1] * sides[2] > int.MaxValue)
        {
            throw new CtException(string.Create(
                CultureInfo.InvariantCulture,
                $"The CT would have {sides[0]:F0}×{sides[1]:F0}×{sides[2]:F0} voxels at the network's spacing; that is too large."));
        }
    }

    /// <summary>For each world axis the file's axis that runs along it most; every one is used once.</summary>
    private static int[] OrderOf(double[][] columns, double[] lengths)
    {
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        return orders.MaxBy(order => Enumerable.Range(0, 3)
            .Sum(world => Math.Abs(columns[order[world]][world]) / lengths[order[world]]))!;
    }

    private static double Determinant(double[][] m) =>
        (m[0][0] * ((m[1][1] * m[2][2]) - (m[1][2] * m[2][1])))
        - (m[0][1] * ((m[1][0] * m[2][2]) - (m[1][2] * m[2][0])))
        + (m[0][2] * ((m[1][0] * m[2][1]) - (m[1][1] * m[2][0])));
}
