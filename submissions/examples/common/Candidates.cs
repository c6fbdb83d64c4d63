namespace Examples;

/// <summary>
/// Which structures may own each voxel of the body, with their prior shares; the last class is none of them. Most
/// voxels
/// have one or two candidates, so only those are kept.
/// </summary>
internal sealed class Candidates
{
    private const byte LeastPrior = 4; // of 255

    private readonly int[] _voxels;
    private readonly int[] _starts;
    private readonly byte[] _classes;
    private readonly byte[] _priors;

    /// <summary>Collects the candidates.</summary>
    /// <param name="atlas">The atlas laid over the patient.</param>
    public Candidates(PatientAtlas atlas)
    {
        Classes = atlas.Priors.Length + 1;
        var (voxels, starts, classes, priors) = (new List<int>(), new List<int>(), new List<byte>(), new List<byte>());
        for (var n = 0; n < atlas.Body.Inside.Length; n++)
        {
            var (start, sum) = (classes.Count, 0);
            for (var s = 0; atlas.Body.Inside[n] && s < atlas.Priors.Length; s++)
            {
                if (atlas.Priors[s][n] >= LeastPrior)
                {
                    classes.Add((byte)s);
                    priors.Add(atlas.Priors[s][n]);
                    sum += atlas.Priors[s][n];
                }
            }

            if (classes.Count > start)
            {
                voxels.Add(n);
                starts.Add(start);
                classes.Add((byte)atlas.Priors.Length);
                priors.Add((byte)Math.Max(255 - sum, LeastPrior));
            }
        }

        starts.Add(classes.Count);
        (_voxels, _starts, _classes, _priors) = ([.. voxels], [.. starts], [.. classes], [.. priors]);
    }

    /// <summary>What to do with a voxel.</summary>
    /// <param name="voxel">Its index in the volume.</param>
    /// <param name="classes">Its candidates, in rising order; the last is none of the structures.</param>
    /// <param name="priors">Their prior shares, 0 to 1; may be overwritten.</param>
    public delegate void Visit(int voxel, ReadOnlySpan<byte> classes, Span<float> priors);

    /// <summary>Number of classes: structures and none.</summary>
    public int Classes { get; }

    /// <summary>Visits every voxel that any structure may own.</summary>
    /// <param name="visit">What to do.</param>
    public void ForEach(Visit visit)
    {
        Span<float> priors = stackalloc float[Classes];
        for (var v = 0; v < _voxels.Length; v++)
        {
            var (start, count) = (_starts[v], _starts[v + 1] - _starts[v]);
            for (var c = 0; c < count; c++)
            {
                priors[c] = _priors[start + c] / 255f;
            }

            visit(_voxels[v], _classes.AsSpan(start, count), priors[..count]);
        }
    }
}
