namespace Touchstone.Baselines.Volumes;

/// <summary>Brings a CT onto the network's grid by linear interpolation, slice by slice of the file.</summary>
internal static class Resampling
{
    /// <summary>Resamples.</summary>
    /// <param name="ct">Read to its end.</param>
    /// <param name="grid">Of this CT.</param>
    /// <returns>Hounsfield units on the grid.</returns>
    /// <exception cref="CtException">The file is damaged.</exception>
    public static float[] ToWorkingGrid(CtFile ct, WorkingGrid grid)
    {
        var result = new float[grid.VoxelCount];
        var axes = Enumerable.Range(0, 3).Select(fileAxis => AxisOf(grid, fileAxis)).ToArray();
        var slice = new float[ct.Geometry.Grid.Nx * ct.Geometry.Grid.Ny];
        var below = new float[axes[0].Places.Length * axes[1].Places.Length];
        var above = new float[below.Length];
        var bySlice = Enumerable.Range(0, axes[2].Places.Length).ToLookup(n => axes[2].Places[n].High);
        for (var k = 0; k < ct.Geometry.Grid.Nz; k++)
        {
            ct.ReadSlice(slice);
            (below, above) = (above, below);
            InPlane(slice, ct.Geometry.Grid.Nx, axes[0], axes[1], above);
            foreach (var n in bySlice[k])
            {
                var (low, high, share) = axes[2].Places[n];
                Put(low == high ? above : below, above, share, result, n * axes[2].Stride, axes);
            }
        }

        return result;
    }

    private static FileAxis AxisOf(WorkingGrid grid, int fileAxis)
    {
        var world = Enumerable.Range(0, 3).Single(n => grid.Axes[n].FileAxis == fileAxis);
        return new(
            [.. Enumerable.Range(0, grid.Axes[world].Count).Select(grid.Axes[world].InFile)], grid.Strides[world]);
    }

    private static void InPlane(float[] slice, int nx, FileAxis first, FileAxis second, float[] plane)
    {
        Parallel.For(0, second.Places.Length, j =>
        {
            var (low, high, share) = second.Places[j];
            var lower = slice.AsSpan(low * nx, nx);
            var upper = slice.AsSpan(high * nx, nx);
            for (var i = 0; i < first.Places.Length; i++)
            {
                var (left, right, part) = first.Places[i];
                var a = lower[left] + (part * (lower[right] - lower[left]));
                var b = upper[left] + (part * (upper[right] - upper[left]));
                plane[(j * first.Places.Length) + i] = a + (share * (b - a));
            }
        });
    }

    private static void Put(float[] below, float[] above, float share, float[] result, int start, FileAxis[] axes)
    {
        var (first, second) = (axes[0], axes[1]);
        Parallel.For(0, second.Places.Length, j =>
        {
            for (var i = 0; i < first.Places.Length; i++)
            {
                var n = (j * first.Places.Length) + i;
                result[start + (j * second.Stride) + (i * first.Stride)] = below[n] + (share * (above[n] - below[n]));
            }
        });
    }

    /// <summary>One of the file's axes: where the network's voxels lie on it, and what one of them adds to an index.</summary>
    private sealed record FileAxis((int Low, int High, float Share)[] Places, int Stride);
}
