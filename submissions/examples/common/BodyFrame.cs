namespace Examples;

/// <summary>
/// Where a patient lies and how large: reference = (world − origin) / scale, in millimetres of a reference patient whose
/// skeleton is 300 mm wide. The skeleton gives width and left-right and front-back place, as fat does not change it; the
/// amount of lung and bone per slice, compared with a learnt profile, gives the height.
/// </summary>
/// <param name="X">Middle of the skeleton, in millimetres from the middle of the volume's first voxel.</param>
/// <param name="Y">Back of the skeleton, likewise.</param>
/// <param name="Z">Height of the reference's origin, likewise.</param>
/// <param name="Scale">This patient's size over the reference's.</param>
internal sealed record BodyFrame(float X, float Y, float Z, float Scale)
{
    private const float ReferenceWidthMm = 300;
    private const float StepMm = 2.5f;

    /// <summary>Finds place and size, all but the height.</summary>
    /// <param name="volume">The CT.</param>
    /// <param name="body">What thresholds found in it.</param>
    public static BodyFrame InPlane(Volume volume, Body body)
    {
        var across = new int[volume.Nx];
        var deep = new int[volume.Ny];
        for (var n = 0; n < body.Bone.Length; n++)
        {
            if (body.Bone[n])
            {
                across[n % volume.Nx]++;
                deep[n / volume.Nx % volume.Ny]++;
            }
        }

        var (left, right) = (Quantile(across, 0.004), Quantile(across, 0.996));
        var widthMm = (right - left) * volume.Spacing[0];

        // A skeleton that the field of view cuts, or a scan of next to no bone, says nothing about size.
        var isCut = left <= 1 || right >= volume.Nx - 2 || widthMm < 180;
        return new BodyFrame(
            (left + right) / 2 * volume.Spacing[0], Quantile(deep, 0.01) * volume.Spacing[1], 0, isCut ? 1 : widthMm / ReferenceWidthMm);
    }

    /// <summary>Finds place, size and height.</summary>
    /// <param name="volume">The CT.</param>
    /// <param name="body">What thresholds found in it.</param>
    /// <param name="profile">Lung and bone per slice of the reference patient.</param>
    public static BodyFrame Find(Volume volume, Body body, SliceProfile profile)
    {
        var frame = InPlane(volume, body);
        var own = SliceProfile.Of(volume, body);
        var (best, least) = (0f, double.PositiveInfinity);
        var heightMm = volume.Nz * volume.Spacing[2];
        for (var z = -profile.HighestMm * frame.Scale; z < heightMm - (profile.LowestMm * frame.Scale); z += StepMm)
        {
            var cost = profile.CostOf(own, volume.Spacing[2], z, frame.Scale);
            (best, least) = cost < least ? (z, cost) : (best, least);
        }

        return frame with { Z = best };
    }

    private static float Quantile(int[] histogram, double fraction)
    {
        var left = fraction * histogram.Sum(count => (long)count);
        for (var n = 0; n < histogram.Length; n++)
        {
            left -= histogram[n];
            if (left <= 0)
            {
                return n;
            }
        }

        return histogram.Length - 1;
    }
}
