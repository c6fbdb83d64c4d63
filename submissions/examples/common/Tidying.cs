namespace Examples;

/// <summary>Makes labels look like organs: no salt and pepper, few parts each, no holes.</summary>
internal static class Tidying
{
    private const double LeastShare = 0.25;

    /// <summary>Gives each voxel the commonest label among itself (counting twice) and its six neighbours.</summary>
    /// <param name="volume">Gives the shape.</param>
    /// <param name="labels">One per voxel.</param>
    public static byte[] Vote(Volume volume, byte[] labels)
    {
        var result = (byte[])labels.Clone();
        int[] steps = [1, volume.Nx, volume.Nx * volume.Ny];
        Span<byte> votes = stackalloc byte[8];
        for (var n = steps[2]; n < labels.Length - steps[2]; n++)
        {
            votes[0] = votes[1] = labels[n];
            for (var axis = 0; axis < 3; axis++)
            {
                votes[2 + (2 * axis)] = labels[n - steps[axis]];
                votes[3 + (2 * axis)] = labels[n + steps[axis]];
            }

            result[n] = Commonest(votes);
        }

        return result;
    }

    /// <summary>Keeps the main parts of each structure and fills their holes.</summary>
    /// <param name="volume">Gives the shape.</param>
    /// <param name="labels">One per voxel; changed in place.</param>
    /// <param name="structures">The labels to tidy.</param>
    public static void KeepMain(Volume volume, byte[] labels, IEnumerable<byte> structures)
    {
        foreach (var label in structures)
        {
            var mask = Components.MainParts(volume, [.. labels.Select(found => found == label)], LeastShare);
            Components.FillHoles(volume, mask);
            for (var n = 0; n < labels.Length; n++)
            {
                labels[n] = mask[n] && labels[n] == 0 ? label : !mask[n] && labels[n] == label ? (byte)0 : labels[n];
            }
        }
    }

    // The first of equals wins, and the voxel's own label comes first.
    private static byte Commonest(ReadOnlySpan<byte> votes)
    {
        var (commonest, most) = (votes[0], 0);
        foreach (var vote in votes)
        {
            if (votes.Count(vote) is var count && count > most)
            {
                (commonest, most) = (vote, count);
            }
        }

        return commonest;
    }
}
