using System.Runtime.CompilerServices;

namespace Touchstone.Baselines.Inference;

/// <summary>How windows slide over a volume. Source of the rules: MONAI's <c>sliding_window_inference</c> with Gaussian weights.</summary>
internal sealed record SlidingWindow
{
    /// <summary>Voxels of a window along each axis. Default 96, as SuPreM trains.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1 or above 1024.</exception>
    public int Side { get; init => field = Between(value, 1, 1024); } = 96;

    /// <summary>Share of a window that its neighbour covers too, from 0 to 0.95. Default 0.5, SuPreM's for fine-tuned models.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside.</exception>
    public double Overlap { get; init => field = Between(value, 0, 0.95); } = 0.5;

    /// <summary>First voxels of the windows along an axis, ascending; the last window ends where the axis does.</summary>
    /// <param name="length">Voxels along the axis, at least <see cref="Side"/>.</param>
    public IReadOnlyList<int> Starts(int length)
    {
        var interval = Math.Max(1, (int)(Side * (1 - Overlap)));
        var starts = new List<int> { 0 };
        while (starts[^1] + Side < length)
        {
            starts.Add(Math.Min(starts[^1] + interval, length - Side));
        }

        return starts;
    }

    /// <summary>
    /// What each voxel of a window counts: a Gaussian of an eighth of the window's side around its centre, at least 0.001.
    /// </summary>
    /// <returns>Side³ numbers.</returns>
    public float[] Weights()
    {
        var sigma = 0.125 * Side;
        var line = new float[Side];
        for (var i = 0; i < Side; i++)
        {
            var distance = i - ((Side - 1) / 2.0);
            line[i] = (float)Math.Exp(-distance * distance / (2 * sigma * sigma));
        }

        var least = Math.Max(line[0] * line[0] * line[0], 1e-3f);
        var weights = new float[Side * Side * Side];
        for (var n = 0; n < weights.Length; n++)
        {
            weights[n] = Math.Max(least, line[n / (Side * Side)] * line[n / Side % Side] * line[n % Side]);
        }

        return weights;
    }

    private static T Between<T>(T value, T least, T most, [CallerMemberName] string name = "")
        where T : struct, IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"From {least} to {most}.");
}
