namespace Examples;

/// <summary>
/// How likely each brightness is in each structure of this one patient, found from the patient's own voxels by
/// expectation
/// maximisation: guess who owns each voxel from place and brightness, count brightness per owner, repeat. So no
/// phase of
/// contrast medium has to be known beforehand. The last class is everything that is no structure.
/// </summary>
internal sealed class Likelihood
{
    private const int BinHu = 10;
    private const int LowestHu = -1024;
    private const int Bins = (1024 + 1400) / BinHu;

    private readonly byte[] _bin;
    private readonly float[][] _shares;

    /// <summary>Counts brightness where the atlas is surest.</summary>
    /// <param name="smooth">Brightness per voxel in Hounsfield units.</param>
    /// <param name="owners">Who may own each voxel.</param>
    public Likelihood(float[] smooth, Candidates owners)
    {
        _bin = [.. smooth.Select(hu => (byte)Math.Clamp((int)((hu - LowestHu) / BinHu), 0, Bins - 1))];
        _shares = [.. Enumerable.Range(0, owners.Classes).Select(_ => new float[Bins])];
        owners.ForEach((voxel, classes, priors) =>
        {
            for (var c = 0; c < classes.Length; c++)
            {
                // Squares favour the middle of an organ over its rim, where it is mixed with its neighbours.
                _shares[classes[c]][_bin[voxel]] += priors[c] * priors[c];
            }
        });
        Normalise();
    }

    /// <summary>Multiplies priors by likelihoods and scales them to sum to 1.</summary>
    /// <param name="voxel">Whose brightness counts.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="weights">Priors in, posteriors out.</param>
    public void Weigh(int voxel, ReadOnlySpan<byte> classes, Span<float> weights)
    {
        var sum = 1e-12f;
        for (var c = 0; c < classes.Length; c++)
        {
            sum += weights[c] *= _shares[classes[c]][_bin[voxel]];
        }

        for (var c = 0; c < classes.Length; c++)
        {
            weights[c] /= sum;
        }
    }

    /// <summary>One round of expectation and maximisation.</summary>
    /// <param name="owners">Who may own each voxel.</param>
    public void Improve(Candidates owners)
    {
        var counts = _shares.Select(_ => new float[Bins]).ToArray();
        owners.ForEach((voxel, classes, weights) =>
        {
            Weigh(voxel, classes, weights);
            for (var c = 0; c < classes.Length; c++)
            {
                counts[classes[c]][_bin[voxel]] += weights[c];
            }
        });
        counts.CopyTo(_shares, 0);
        Normalise();
    }

    // Blurs by a few bins, as small organs fill few, and adds a trace everywhere, so that nothing is impossible.
    private void Normalise()
    {
        foreach (var shares in _shares)
        {
            for (var pass = 0; pass < 2; pass++)
            {
                var last = shares[0];
                for (var b = 1; b < Bins - 1; b++)
                {
                    (last, shares[b]) = (shares[b], (last + (2 * shares[b]) + shares[b + 1]) / 4);
                }
            }

            var sum = shares.Sum() + 1e-6f;
            for (var b = 0; b < Bins; b++)
            {
                shares[b] = (0.995f * shares[b] / sum) + (0.005f / Bins);
            }
        }
    }
}
