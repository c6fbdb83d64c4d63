namespace Examples;

/// <summary>What plain thresholds find in any CT: the body, its air and its bones.</summary>
internal sealed class Body
{
    private const short SkinHu = -300;
    private const short LungHu = -500;
    private const short BoneHu = 210;
    private const short LeanHu = -20;
    private const float SkinMm = 3;

    private Body(bool[] inside, bool[] lung, bool[] bone, bool[] lean) =>
        (Inside, Lung, Bone, Lean) = (inside, lung, bone, lean);

    /// <summary>The patient without table and clothes, lungs and bowel gas included.</summary>
    public bool[] Inside { get; }

    /// <summary>Air in the body in parts of 40 mL and more: lungs, and now and then a full bowel.</summary>
    public bool[] Lung { get; }

    /// <summary>Dense voxels of the body in parts of 1 mL and more.</summary>
    public bool[] Bone { get; }

    /// <summary>Muscle, organs and bone without the skin, less a rim.</summary>
    public bool[] Lean { get; }

    /// <summary>Finds the body in a CT.</summary>
    /// <param name="volume">The CT.</param>
    public static Body Of(Volume volume)
    {
        var inside = Components.Largest(volume, Where(volume, hu => hu > SkinHu));
        Components.FillHoles(volume, inside);
        var lung = Components.Above(volume, Where(volume, inside, hu => hu < LungHu), 40);
        var bone = Components.Above(volume, Where(volume, inside, hu => hu > BoneHu), 1);
        var lean = Where(volume, inside, hu => hu > LeanHu);
        for (var rim = volume.Spacing[0] / 2; rim < SkinMm; rim += volume.Spacing[0])
        {
            lean = Eroded(volume, lean);
        }

        return new Body(inside, lung, bone, Components.Largest(volume, lean));
    }

    // Keeps what has all four neighbours in its slice.
    private static bool[] Eroded(Volume volume, bool[] mask)
    {
        var eroded = new bool[mask.Length];
        for (var n = volume.Nx; n < mask.Length - volume.Nx; n++)
        {
            eroded[n] = mask[n] && mask[n - 1] && mask[n + 1] && mask[n - volume.Nx] && mask[n + volume.Nx];
        }

        return eroded;
    }

    private static bool[] Where(Volume volume, Predicate<short> test) => [.. volume.Hounsfield.Select(hu => test(hu))];

    private static bool[] Where(Volume volume, bool[] inside, Predicate<short> test) =>
        [.. volume.Hounsfield.Select((hu, n) => inside[n] && test(hu))];
}
