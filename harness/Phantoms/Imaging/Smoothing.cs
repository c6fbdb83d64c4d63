using Touchstone.Evaluators;

namespace Touchstone.Harness.Phantoms;

/// <summary>Gaussian smoothing within slices.</summary>
public static class Smoothing
{
    /// <summary>Smooths every slice in place; at the border the outermost voxel counts again.</summary>
    /// <param name="values">One value per voxel of the grid.</param>
    /// <param name="grid">Its shape and spacing.</param>
    /// <param name="sigmaMm">Standard deviation of the Gaussian in millimetres, above 0.</param>
    public static void InPlane(Span<float> values, Grid grid, float sigmaMm)
    {
        var alongX = Weights(sigmaMm / (float)grid.SpacingMm.X);
        var alongY = Weights(sigmaMm / (float)grid.SpacingMm.Y);
        var line = new float[Math.Max(grid.Nx, grid.Ny)];
        for (var k = 0; k < grid.Nz; k++)
        {
            var slice = values.Slice(k * grid.Nx * grid.Ny, grid.Nx * grid.Ny);
            for (var j = 0; j < grid.Ny; j++)
            {
                Smooth(slice, line, j * grid.Nx, 1, grid.Nx, alongX);
            }

            for (var i = 0; i < grid.Nx; i++)
            {
                Smooth(slice, line, i, grid.Nx, grid.Ny, alongY);
            }
        }
    }

    /// <summary>Standard deviation of values whose mean is 0.</summary>
    /// <param name="values">At least one.</param>
    public static float DeviationOf(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value * value;
        }

        return (float)Math.Sqrt(sum / values.Length);
    }

    // Half of a symmetric kernel of at most seven taps: the middle weight first; the whole sums to 1.
    private static float[] Weights(float sigmaVoxels)
    {
        var half = new float[Math.Clamp((int)MathF.Ceiling(2.5f * sigmaVoxels), 1, 3) + 1];
        for (var n = 0; n < half.Length; n++)
        {
            half[n] = MathF.Exp(-n * n / (2 * sigmaVoxels * sigmaVoxels));
        }

        var sum = (2 * half.Sum()) - half[0];
        return [.. half.Select(weight => weight / sum)];
    }

    private static void Smooth(Span<float> slice, float[] line, int start, int stride, int count, float[] half)
    {
        for (var n = 0; n < count; n++)
        {
            line[n] = slice[start + (n * stride)];
        }

        for (var n = 0; n < count; n++)
        {
            var sum = half[0] * line[n];
            for (var tap = 1; tap < half.Length; tap++)
            {
                sum += half[tap] * (line[Math.Max(n - tap, 0)] + line[Math.Min(n + tap, count - 1)]);
            }

            slice[start + (n * stride)] = sum;
        }
    }
}
