namespace Examples;

/// <summary>
/// Each structure is the largest connected part of what has its usual brightness where training patients had it. The
/// windows are those of the portal venous phase, so scans without contrast medium are its weak side.
/// </summary>
internal static class ThresholdComponents
{
    private const byte Gate = 28; // of 255: at least 11 % of training patients had it there

    // Lowest and highest brightness in Hounsfield units. Where windows overlap, the likelier place decides.
    private static readonly (string Structure, short LowHu, short HighHu)[] Windows =
    [
        ("aorta", 125, 260), ("gall_bladder", -15, 45), ("kidney_left", 130, 260), ("kidney_right", 130, 260),
        ("liver", 80, 150), ("pancreas", 65, 130), ("postcava", 110, 230), ("spleen", 95, 165), ("stomach", -1024, 90),
        ("adrenal_gland_left", 35, 130), ("adrenal_gland_right", 35, 130), ("bladder", -25, 45), ("colon", -1024, 110),
        ("duodenum", 30, 120), ("esophagus", 30, 120), ("femur_left", 150, 3071), ("femur_right", 150, 3071),
        ("lung_left", -1024, -500), ("lung_right", -1024, -500), ("portal_vein_and_splenic_vein", 140, 260),
        ("prostate", 50, 130), ("rectum", 20, 110),
    ];

    /// <summary>Segments a CT.</summary>
    /// <param name="volume">The CT.</param>
    /// <returns>One AbdomenAtlas 1.1 label per voxel.</returns>
    public static byte[] Segment(Volume volume)
    {
        var atlas = PatientAtlas.Of(volume);
        var candidates = Candidates(atlas, Smoothing.InSlice(volume));
        var labels = new byte[candidates.Length];
        foreach (var (structure, _, _) in Windows)
        {
            var label = Structures.Label(structure);
            var mask = Components.Largest(volume, [.. candidates.Select(candidate => candidate == label)]);
            Components.FillHoles(volume, mask);
            for (var n = 0; n < labels.Length; n++)
            {
                labels[n] = mask[n] && (labels[n] == 0 || candidates[n] == label) ? label : labels[n];
            }
        }

        return labels;
    }

    private static byte[] Candidates(PatientAtlas atlas, float[] smooth)
    {
        var candidates = new byte[smooth.Length];
        var best = new byte[smooth.Length];
        foreach (var (structure, lowHu, highHu) in Windows)
        {
            var label = Structures.Label(structure);
            var prior = atlas.PriorOf(label);
            for (var n = 0; n < candidates.Length; n++)
            {
                if (prior[n] > Math.Max(best[n], Gate) && smooth[n] >= lowHu && smooth[n] <= highHu && atlas.Body.Inside[n])
                {
                    (best[n], candidates[n]) = (prior[n], label);
                }
            }
        }

        return candidates;
    }
}
