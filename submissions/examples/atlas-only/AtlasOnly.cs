namespace Examples;

/// <summary>
/// Every voxel gets the structure that most training patients had there. No organ's brightness is looked at.
/// </summary>
internal static class AtlasOnly
{
    /// <summary>Segments a CT.</summary>
    /// <param name="volume">The CT.</param>
    /// <returns>One AbdomenAtlas 1.1 label per voxel.</returns>
    public static byte[] Segment(Volume volume)
    {
        var atlas = PatientAtlas.Of(volume);
        var labels = new byte[volume.Hounsfield.Length];
        for (var n = 0; n < labels.Length; n++)
        {
            var (best, sum) = (0, 0);
            for (var s = 0; s < atlas.Priors.Length; s++)
            {
                var prior = atlas.Priors[s][n];
                sum += prior;
                if (prior > best)
                {
                    (best, labels[n]) = (prior, atlas.Labels[s]);
                }
            }

            // Nothing at all is one of the candidates.
            if (255 - sum > best || !atlas.Body.Inside[n])
            {
                labels[n] = 0;
            }
        }

        return labels;
    }
}
