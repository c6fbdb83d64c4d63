namespace Touchstone.Evaluators;

/// <summary>Volumes made coarse, for looking at and never for scoring.</summary>
public static class Preview
{
    /// <summary>Hounsfield units of one step of <see cref="ReadCt"/>.</summary>
    public const double CtStepHu = 8;

    /// <summary>Hounsfield units of the value 0 of <see cref="ReadCt"/>: air.</summary>
    public const double CtLeastHu = -1024;

    /// <summary>
    /// Reads a CT: the mean of each cell's voxels, in steps of 8 HU from −1024 HU, beyond which it is cut off.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="grid">Over the file's own grid.</param>
    /// <returns>One value per cell.</returns>
    /// <exception cref="VolumeException">The file is missing, damaged, or on another grid.</exception>
    public static byte[] ReadCt(string path, PreviewGrid grid)
    {
        using var stream = VolumeStream.Open(path);
        var header = stream.Header;
        GeometryAgreement.Require(grid.Full, header.Geometry);
        var (nx, ny) = (header.Geometry.Grid.Nx, header.Geometry.Grid.Ny);
        var row = new byte[nx * header.VoxelBytes];
        var sums = new double[grid.X.Count * grid.Y.Count];
        var cells = new byte[grid.Coarse.Grid.VoxelCount];
        int[] cellOfX = [.. Enumerable.Range(0, nx).Select(grid.X.CellOf)];
        for (var z = 0; z < header.Geometry.Grid.Nz; z++)
        {
            for (var y = 0; y < ny; y++)
            {
                stream.Read(row);
                MaskReader.ToMachineOrder(header, row);
                AddRow(header, row, cellOfX, sums.AsSpan(grid.Y.CellOf(y) * grid.X.Count, grid.X.Count));
            }

            var slice = grid.Z.CellOf(z);
            if (z + 1 == header.Geometry.Grid.Nz || grid.Z.CellOf(z + 1) != slice)
            {
                Finish(grid, sums, slice, cells.AsSpan(slice * sums.Length, sums.Length));
                Array.Clear(sums);
            }
        }

        return cells;
    }

    /// <summary>
    /// Reads masks as labels: the label of the voxel at each cell's centre. Where masks overlap the smaller one
    /// stays in sight.
    /// </summary>
    /// <param name="source">Where they are.</param>
    /// <param name="structures">Canonical names; the first one becomes label 1. At most 255.</param>
    /// <param name="grid">Over the grid of the masks.</param>
    /// <returns>One label per cell, 0 for none of them.</returns>
    /// <exception cref="VolumeException">A file is missing, damaged, no label map, or on another grid.</exception>
    public static byte[] ReadLabels(MaskSource source, IReadOnlyList<string> structures, PreviewGrid grid)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(structures.Count, byte.MaxValue);
        using var read = MaskSet.Read(source, structures, grid.Full, new SurfaceBudget(side: null, SurfaceLimits.Default));
        var masks = read.Masks;
        var cells = new byte[grid.Coarse.Grid.VoxelCount];
        foreach (var (structure, label) in structures.Select((name, i) => (name, (byte)(i + 1)))
            .Where(pair => masks.ContainsKey(pair.name)).OrderByDescending(pair => masks[pair.name].Voxels))
        {
            Paint(masks[structure], label, grid, cells);
        }

        return cells;
    }

    /// <summary>
    /// The cell that shows a label best: on the slice along z with most of it, the one nearest to the middle of that.
    /// </summary>
    /// <param name="cells">As <see cref="ReadLabels"/> gives them.</param>
    /// <param name="grid">Their grid.</param>
    /// <param name="label">The label.</param>
    /// <returns>Position among the cells; null when none has the label.</returns>
    public static int? BestSeen(ReadOnlySpan<byte> cells, PreviewGrid grid, byte label)
    {
        var perSlice = grid.X.Count * grid.Y.Count;
        var (most, best) = (0, 0);
        for (var z = 0; z < grid.Z.Count; z++)
        {
            var count = cells.Slice(z * perSlice, perSlice).Count(label);
            (most, best) = count > most ? (count, z) : (most, best);
        }

        return most == 0 ? null : (best * perSlice) + NearestToMiddle(cells.Slice(best * perSlice, perSlice), grid.X.Count, label);
    }

    private static int NearestToMiddle(ReadOnlySpan<byte> slice, int width, byte label)
    {
        var found = new List<(int X, int Y)>();
        for (var i = 0; i < slice.Length; i++)
        {
            if (slice[i] == label)
            {
                found.Add((i % width, i / width));
            }
        }

        var (x, y) = (found.Average(cell => cell.X), found.Average(cell => cell.Y));
        var nearest = found.MinBy(cell => ((cell.X - x) * (cell.X - x)) + ((cell.Y - y) * (cell.Y - y)));
        return (nearest.Y * width) + nearest.X;
    }

    private static void AddRow(VolumeHeader header, ReadOnlySpan<byte> row, int[] cellOfX, Span<double> sums)
    {
        var bytes = header.VoxelBytes;
        for (var x = 0; x < cellOfX.Length; x++)
        {
            var value = LabelConversion.ValueOf(header, row.Slice(x * bytes, bytes));
            sums[cellOfX[x]] += double.IsNaN(value) ? CtLeastHu : value;
        }
    }

    private static void Finish(PreviewGrid grid, double[] sums, int slice, Span<byte> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            var (y, x) = Math.DivRem(i, grid.X.Count);
            var mean = sums[i] / ((double)grid.X.Voxels[x] * grid.Y.Voxels[y] * grid.Z.Voxels[slice]);
            cells[i] = (byte)Math.Clamp(Math.Round((mean - CtLeastHu) / CtStepHu), byte.MinValue, byte.MaxValue);
        }
    }

    private static void Paint(Mask mask, byte label, PreviewGrid grid, byte[] cells)
    {
        foreach (var run in mask.Runs)
        {
            var (y, z) = (Array.BinarySearch(grid.Y.Nearest, run.Y), Array.BinarySearch(grid.Z.Nearest, run.Z));
            if (y < 0 || z < 0)
            {
                continue;
            }

            var (first, end) = (FirstFrom(grid.X.Nearest, run.Start), FirstFrom(grid.X.Nearest, run.End));
            cells.AsSpan((((z * grid.Y.Count) + y) * grid.X.Count) + first, end - first).Fill(label);
        }
    }

    private static int FirstFrom(int[] ascending, int value)
    {
        var found = Array.BinarySearch(ascending, value);
        return found < 0 ? ~found : found;
    }
}
