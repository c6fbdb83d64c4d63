using System.Numerics;

namespace Examples;

/// <summary>
/// Where a patient lies and how large: reference = (world − origin) / scale, in millimetres of a reference patient. The
/// muscles' outline gives width, depth and place in the slice, as fat does not change it; the amount of lung and
/// bone per
/// slice, compared with a learnt profile, gives the height.
/// </summary>
/// <param name="Origin">Middle of the body, back of the muscles, reference height, in millimetres from the first
/// voxel.</param>
/// <param name="Scale">This patient's size over the reference's, per axis.</param>
internal sealed record BodyFrame(Vector3 Origin, Vector3 Scale)
{
    /// <summary>Width of the reference patient between the muscles' outer sides.</summary>
    public const float WidthMm = 280;

    /// <summary>Depth of the reference patient, likewise.</summary>
    public const float DepthMm = 190;

    private const float StepMm = 2.5f;

    /// <summary>Finds place and size, all but the height.</summary>
    /// <param name="volume">The CT.</param>
    /// <param name="body">What thresholds found in it.</param>
    public static BodyFrame InPlane(Volume volume, Body body)
    {
        var slices = Enumerable.Range(0, volume.Nz);
        var outlines = slices.Select(k => OutlineOf(volume, body, k)).OfType<Outline>().ToList();
        if (outlines.Count == 0)
        {
            return new BodyFrame(new(volume.Nx * volume.Spacing[0] / 2, 0, 0), Vector3.One);
        }

        var left = Median(outlines, outline => outline.Left) * volume.Spacing[0];
        var right = Median(outlines, outline => outline.Right) * volume.Spacing[0];
        var back = Median(outlines, outline => outline.Back) * volume.Spacing[1];
        var front = Median(outlines, outline => outline.Front) * volume.Spacing[1];

        // Where the field of view cuts the muscles, their extent says nothing about the patient's size.
        var x = IsSize(right - left, volume.Nx * volume.Spacing[0]) ? (right - left) / WidthMm : 1;
        var y = IsSize(front - back, volume.Ny * volume.Spacing[1]) ? (front - back) / DepthMm : x;
        return new BodyFrame(new((left + right) / 2, back, 0), new(x, y, (x + y) / 2));
    }

    /// <summary>Finds place, size and height.</summary>
    /// <param name="volume">The CT.</param>
    /// <param name="body">What thresholds found in it.</param>
    /// <param name="profile">Lung and bone per slice of the reference patient.</param>
    public static BodyFrame Find(Volume volume, Body body, SliceProfile profile)
    {
        var frame = InPlane(volume, body);
        var own = SliceProfile.Of(volume, body, frame);
        var (best, least) = (0f, double.PositiveInfinity);
        var end = (volume.Nz * volume.Spacing[2]) - (profile.LowestMm * frame.Scale.Z);
        for (var z = -profile.HighestMm * frame.Scale.Z; z < end; z += StepMm)
        {
            var cost = profile.CostOf(own, volume.Spacing[2], z, frame.Scale.Z);
            (best, least) = cost < least ? (z, cost) : (best, least);
        }

        return frame with { Origin = frame.Origin with { Z = best } };
    }

    /// <summary>The voxel's place in the reference patient, in millimetres.</summary>
    public Vector3 ToReference(Volume volume, int i, int j, int k) =>
        (new Vector3(i * volume.Spacing[0], j * volume.Spacing[1], k * volume.Spacing[2]) - Origin) / Scale;

    private static bool IsSize(float extentMm, float viewMm) =>
        extentMm is > 100 and < 500 && extentMm < 0.93f * viewMm;

    private static float Median(List<Outline> outlines, Func<Outline, int> edge) =>
        outlines.Select(edge).Order().ElementAt(outlines.Count / 2);

    private static Outline? OutlineOf(Volume volume, Body body, int k)
    {
        var (left, right, back, front) = (int.MaxValue, -1, int.MaxValue, -1);
        for (var n = 0; n < volume.Nx * volume.Ny; n++)
        {
            if (body.Lean[(k * volume.Nx * volume.Ny) + n])
            {
                var (i, j) = (n % volume.Nx, n / volume.Nx);
                (left, right, back, front) = (Math.Min(left, i), Math.Max(right, i), Math.Min(back, j), Math.Max(front, j));
            }
        }

        return right < 0 ? null : new Outline(left, right, back, front);
    }

    private sealed record Outline(int Left, int Right, int Back, int Front);
}
