namespace Touchstone.Baselines.Training;

/// <summary>
/// A stream of random numbers (SplitMix64) that depends on its keys alone. Every step of training has a stream of its own, so there
/// is no state that a checkpoint could lose.
/// </summary>
internal sealed class SeededStream
{
    private ulong _state;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Of the job.</param>
    /// <param name="keys">What the numbers are for; other keys give other numbers.</param>
    public SeededStream(long seed, params ReadOnlySpan<long> keys)
    {
        _state = unchecked((ulong)seed);
        foreach (var key in keys)
        {
            _state = NextBits() ^ unchecked((ulong)key * 0xD1342543DE82EF95UL);
        }
    }

    /// <summary>A key made from a text.</summary>
    /// <param name="text">Any.</param>
    public static long KeyOf(string text) => unchecked((long)text.Aggregate(
        14695981039346656037UL, (hash, letter) => (hash ^ letter) * 1099511628211UL));

    /// <summary>Uniform from 0 (inclusive) to 1 (exclusive), 53 bits.</summary>
    public double Next() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform from 0 (inclusive) to a bound (exclusive).</summary>
    /// <param name="bound">At least 1.</param>
    public long Next(long bound) => (long)(Next() * bound);

    /// <summary>True with the given probability.</summary>
    /// <param name="probability">0 to 1.</param>
    public bool Chance(double probability) => Next() < probability;

    /// <summary>From a normal distribution with mean 0 and standard deviation 1 (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());

    /// <summary>The numbers from 0 to <paramref name="count"/> − 1 in random order.</summary>
    /// <param name="count">How many.</param>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var n = count - 1; n > 0; n--)
        {
            var other = (int)Next(n + 1);
            (order[n], order[other]) = (order[other], order[n]);
        }

        return order;
    }

    private ulong NextBits()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
