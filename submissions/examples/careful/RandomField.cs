namespace Examples;

/// <summary>
/// Labels under a Potts model: a voxel's label costs what place and brightness say, less a bonus for every neighbour of
/// the same label. Found by iterated conditional modes, which takes the best label voxel by voxel until little changes.
/// </summary>
/// <param name="volume">Gives shape and spacing.</param>
/// <param name="owners">Who may own each voxel.</param>
/// <param name="likelihood">How likely each brightness is in each of them.</param>
internal sealed class RandomField(Volume volume, Candidates owners, Likelihood likelihood)
{
    private const int Sweeps = 6;

    // Overlap is what counts, and it gains more from a doubtful voxel of a thin structure than it loses.
    private const float NoneShare = 0.5f;
    private const float Bonus = 0.12f; // for a neighbour at 3 mm; farther neighbours count less

    private readonly int[] _steps = [1, volume.Nx, volume.Nx * volume.Ny];
    private readonly float[] _bonus = [.. volume.Spacing.Select(mm => Bonus * MathF.Min(3 / mm, 1.5f))];

    /// <summary>Finds the labels.</summary>
    /// <param name="labels">Label of each class but the last, which is none.</param>
    public byte[] Label(byte[] labels)
    {
        var none = (byte)labels.Length;
        var owner = new byte[volume.Hounsfield.Length];
        Array.Fill(owner, none);
        for (var sweep = 0; sweep <= Sweeps; sweep++)
        {
            var bonusFactor = sweep == 0 ? 0 : 1; // the first sweep has no neighbours to go by
            owners.ForEach((voxel, classes, weights) =>
            {
                likelihood.Weigh(voxel, classes, weights);
                owner[voxel] = Best(owner, voxel, classes, weights, bonusFactor);
            });
        }

        return [.. owner.Select(found => found == none ? (byte)0 : labels[found])];
    }

    private byte Best(byte[] owner, int voxel, ReadOnlySpan<byte> classes, ReadOnlySpan<float> weights, int bonusFactor)
    {
        var (best, highest) = (classes[0], float.NegativeInfinity);
        for (var c = 0; c < classes.Length; c++)
        {
            var share = c == classes.Length - 1 ? NoneShare : 1;
            var score = MathF.Log((share * weights[c]) + 1e-6f) + (bonusFactor * Agreement(owner, voxel, classes[c]));
            (best, highest) = score > highest ? (classes[c], score) : (best, highest);
        }

        return best;
    }

    private float Agreement(byte[] owner, int voxel, byte candidate)
    {
        var sum = 0f;
        for (var axis = 0; axis < 3; axis++)
        {
            var (before, after) = (voxel - _steps[axis], voxel + _steps[axis]);
            sum += before >= 0 && owner[before] == candidate ? _bonus[axis] : 0;
            sum += after < owner.Length && owner[after] == candidate ? _bonus[axis] : 0;
        }

        return sum;
    }
}
