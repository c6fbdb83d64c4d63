namespace Examples;

/// <summary>
/// Place times brightness: the atlas says where, and the patient's own voxels say how bright each structure is.
/// </summary>
internal static class AtlasIntensity
{
    private const int Rounds = 5;

    /// <summary>Segments a CT.</summary>
    /// <param name="volume">The CT.</param>
    /// <returns>One AbdomenAtlas 1.1 label per voxel.</returns>
    public static byte[] Segment(Volume volume)
    {
        var atlas = PatientAtlas.Of(volume);
        var owners = new Candidates(atlas);
        var likelihood = new Likelihood(Smoothing.InSlice(volume), owners);
        for (var round = 0; round < Rounds; round++)
        {
            likelihood.Improve(owners);
        }

        var labels = new byte[volume.Hounsfield.Length];
        owners.ForEach((voxel, classes, weights) =>
        {
            likelihood.Weigh(voxel, classes, weights);
            var best = classes[weights.IndexOf(Max(weights))];
            labels[voxel] = best < atlas.Labels.Length ? atlas.Labels[best] : (byte)0;
        });
        labels = Tidying.Vote(volume, labels);
        Tidying.KeepMain(volume, labels, atlas.Labels);
        return labels;
    }

    private static float Max(ReadOnlySpan<float> values)
    {
        var largest = values[0];
        foreach (var value in values)
        {
            largest = MathF.Max(largest, value);
        }

        return largest;
    }
}
