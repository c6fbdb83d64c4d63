namespace Touchstone.Evaluators;

/// <summary>
/// A grid over the same space as a volume's, coarse enough to send to a browser. Axes and orientation are the volume's;
/// nothing is cropped, so that a false positive anywhere stays in sight.
/// </summary>
public sealed class PreviewGrid
{
    private PreviewGrid(Geometry full, Spacing step)
    {
        var (grid, affine) = full;
        var (x, y, z) = (step.X / grid.SpacingMm.X, step.Y / grid.SpacingMm.Y, step.Z / grid.SpacingMm.Z);
        (Full, X, Y, Z) = (full, new PreviewAxis(grid.Nx, x), new PreviewAxis(grid.Ny, y), new PreviewAxis(grid.Nz, z));
        Coarse = new Geometry(
            new Grid(X.Count, Y.Count, Z.Count, step), new Affine(Coarser(affine.X), Coarser(affine.Y), Coarser(affine.Z)));

        // The centre of the first cell lies (ratio − 1) / 2 voxels from that of the first voxel.
        AffineRow Coarser(AffineRow row) => new(
            row.I * x, row.J * y, row.K * z,
            row.Offset + ((row.I * (x - 1)) + (row.J * (y - 1)) + (row.K * (z - 1))) / 2);
    }

    /// <summary>The volume's own grid.</summary>
    public Geometry Full { get; }

    /// <summary>The coarse one.</summary>
    public Geometry Coarse { get; }

    /// <summary>Cells along x.</summary>
    internal PreviewAxis X { get; }

    /// <summary>Cells along y.</summary>
    internal PreviewAxis Y { get; }

    /// <summary>Cells along z.</summary>
    internal PreviewAxis Z { get; }

    /// <summary>Chooses the finest grid within limits; an axis that is coarser already stays as it is.</summary>
    /// <param name="full">The volume's grid.</param>
    /// <param name="leastSpacingMm">Least distance between cells, in millimetres.</param>
    /// <param name="mostCells">Cells in all, at most.</param>
    public static PreviewGrid Over(Geometry full, double leastSpacingMm = 3, int mostCells = 4_000_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(leastSpacingMm);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostCells, 1);
        var native = full.Grid.SpacingMm;
        for (var least = leastSpacingMm; ; least *= 1.05)
        {
            var grid = new PreviewGrid(
                full, new Spacing(Math.Max(native.X, least), Math.Max(native.Y, least), Math.Max(native.Z, least)));
            if ((long)grid.X.Count * grid.Y.Count * grid.Z.Count <= mostCells)
            {
                return grid;
            }
        }
    }

    /// <summary>World position of a cell's centre, in millimetres, as <see cref="Affine"/> has it.</summary>
    /// <param name="cell">Its place in a volume on <see cref="Coarse"/>.</param>
    public (double X, double Y, double Z) WorldOf(int cell)
    {
        var (rest, x) = Math.DivRem(cell, X.Count);
        var (z, y) = Math.DivRem(rest, Y.Count);
        double Along(AffineRow row) => (row.I * x) + (row.J * y) + (row.K * z) + row.Offset;
        return (Along(Coarse.Affine.X), Along(Coarse.Affine.Y), Along(Coarse.Affine.Z));
    }
}

/// <summary>How the cells of one axis lie over its voxels.</summary>
internal sealed class PreviewAxis
{
    private readonly double _ratio;

    /// <summary>Lays cells over an axis.</summary>
    /// <param name="voxels">Voxels along it.</param>
    /// <param name="ratio">Voxels per cell, at least 1.</param>
    public PreviewAxis(int voxels, double ratio)
    {
        _ratio = ratio;
        Count = Math.Max(1, (int)Math.Ceiling((voxels / ratio) - 1e-6));
        Nearest = [.. Enumerable.Range(0, Count).Select(cell => Math.Min((int)((cell + 0.5) * ratio), voxels - 1))];
        Voxels = new int[Count];
        for (var voxel = 0; voxel < voxels; voxel++)
        {
            Voxels[CellOf(voxel)]++;
        }
    }

    /// <summary>Cells.</summary>
    public int Count { get; }

    /// <summary>The voxel at the centre of each cell; strictly ascending.</summary>
    public int[] Nearest { get; }

    /// <summary>Voxels whose centre lies in each cell; at least 1.</summary>
    public int[] Voxels { get; }

    /// <summary>The cell in which a voxel's centre lies.</summary>
    /// <param name="voxel">From 0.</param>
    public int CellOf(int voxel) => Math.Min((int)((voxel + 0.5) / _ratio), Count - 1);
}
