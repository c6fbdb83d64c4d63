namespace Examples;

/// <summary>
/// The method: replace it with yours. This one knows brightness and sides alone: air inside the body is lung, and what is
/// as bright as a liver under contrast medium, on the right, is liver. It is here so that everything around it can be
/// tried, and it is not good.
/// </summary>
internal static class Segmenter
{
    private const int LungHu = -450;
    private const int LiverHuLow = 85;
    private const int LiverHuHigh = 140;
    private const double BlurMm = 10;

    /// <summary>What it looks for. Numbers are AbdomenAtlas 1.1's: change Structures.cs for a challenge with others.</summary>
    public static IReadOnlyList<string> Found { get; } = ["liver", "lung_left", "lung_right"];

    /// <summary>Labels a CT.</summary>
    /// <param name="ct">A CT whose axes run to the patient's right, front and head.</param>
    /// <returns>One label per voxel, 0 for background.</returns>
    public static byte[] Segment(Volume ct)
    {
        var labels = new byte[ct.Hounsfield.Length];
        var smooth = Blurred(ct);
        var (first, last) = (0, ct.Nx - 1);
        var inside = Inside(ct, ref first, ref last);
        for (var n = 0; n < labels.Length; n++)
        {
            var isRight = n % ct.Nx > (first + last) / 2.0;
            labels[n] = smooth[n] switch
            {
                _ when !inside[n] => 0,
                < LungHu => Structures.Label(isRight ? "lung_right" : "lung_left"),
                > LiverHuLow and < LiverHuHigh when isRight => Structures.Label("liver"),
                _ => 0,
            };
        }

        return labels;
    }

    // Between the first and the last body voxel of the line from left to right; and the body's outermost columns.
    private static bool[] Inside(Volume ct, ref int first, ref int last)
    {
        var inside = new bool[ct.Hounsfield.Length];
        var (low, high) = (ct.Nx, -1);
        for (var line = 0; line < inside.Length; line += ct.Nx)
        {
            var row = ct.Hounsfield.AsSpan(line, ct.Nx);
            var (from, to) = (row.IndexOfAnyInRange((short)-300, short.MaxValue), row.LastIndexOfAnyInRange((short)-300, short.MaxValue));
            if (from >= 0)
            {
                inside.AsSpan(line + from, to - from + 1).Fill(true);
                (low, high) = (Math.Min(low, from), Math.Max(high, to));
            }
        }

        if (high >= 0)
        {
            (first, last) = (low, high);
        }

        return inside;
    }

    // Mean over a box of about BlurMm a side, one axis after another.
    private static float[] Blurred(Volume ct)
    {
        float[] volume = [.. ct.Hounsfield.Select(value => (float)value)];
        int[] counts = [ct.Nx, ct.Ny, ct.Nz];
        int[] strides = [1, ct.Nx, ct.Nx * ct.Ny];
        for (var axis = 0; axis < 3; axis++)
        {
            var reach = (int)(BlurMm / 2 / ct.Spacing[axis]);
            volume = reach == 0 ? volume : BlurredAlong(volume, counts[axis], strides[axis], reach);
        }

        return volume;
    }

    private static float[] BlurredAlong(float[] volume, int count, int stride, int reach)
    {
        var result = new float[volume.Length];
        for (var n = 0; n < volume.Length; n++)
        {
            if (n / stride % count != 0)
            {
                continue; // a line begins where its own coordinate is 0
            }

            double sum = 0;
            for (var k = -reach; k <= reach; k++)
            {
                sum += At(n, k);
            }

            for (var k = 0; k < count; k++)
            {
                result[n + (k * stride)] = (float)(sum / ((2 * reach) + 1));
                sum += At(n, k + reach + 1) - At(n, k - reach);
            }
        }

        return result;

        float At(int line, int k) => volume[line + (Math.Clamp(k, 0, count - 1) * stride)];
    }
}
