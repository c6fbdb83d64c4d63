namespace Touchstone.Harness.Phantoms;

/// <summary>
/// A seeded stream of random numbers (SplitMix64) that is the same on every machine and in every version of .NET,
/// so that a phantom's voxels depend on its seed alone.
/// </summary>
public sealed class SeededRandom
{
    private ulong _state;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Equal seeds give equal streams.</param>
    public SeededRandom(ulong seed) => _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">Inclusive.</param>
    /// <param name="high">Exclusive.</param>
    public float Between(float low, float high) => low + ((high - low) * ((NextBits() >> 40) / 16777216f));

    /// <summary>Close to a normal distribution with mean 0 and standard deviation 1; never beyond ±4.9.</summary>
    /// <remarks>The sum of eight uniform bytes: only integer arithmetic, so no mathematics library can change
    /// it.</remarks>
    public float Normal()
    {
        var bits = NextBits();
        var pairs = (bits & 0x00FF00FF00FF00FFUL) + ((bits >> 8) & 0x00FF00FF00FF00FFUL);
        var sum = (int)((pairs & 0xFFFF) + ((pairs >> 16) & 0xFFFF) + ((pairs >> 32) & 0xFFFF) + (pairs >> 48));
        return (sum - 1020) * (1f / 209.02f);
    }

    /// <summary>True with the given probability.</summary>
    /// <param name="probability">A fraction, 0 to 1.</param>
    public bool Chance(float probability) => Between(0, 1) < probability;
}
