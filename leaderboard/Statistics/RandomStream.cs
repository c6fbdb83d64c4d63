using System.Numerics;

namespace Touchstone.Leaderboard.Statistics;

/// <summary>
/// Random numbers that are the same on every machine and in every version of .NET. Many independent streams come from
/// one seed, so that work can be cut into blocks whose numbers do not depend on who does which block.
/// </summary>
/// <remarks>
/// xoshiro256** of Blackman and Vigna (2021), https://doi.org/10.1145/3460772, its state filled by SplitMix64 of
/// Steele, Lea and Flood (2014), https://doi.org/10.1145/2714064.
/// </remarks>
internal struct RandomStream
{
    private ulong _a, _b, _c, _d;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Shared by all streams of one purpose.</param>
    /// <param name="stream">What the numbers are for; other values give unrelated numbers.</param>
    /// <param name="block">Which block of them.</param>
    public RandomStream(int seed, int stream, int block)
    {
        var state = (ulong)(uint)seed;
        state = Mix(ref state) ^ (uint)stream;
        state = Mix(ref state) ^ (uint)block;
        (_a, _b, _c, _d) = (Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state));
    }

    /// <summary>A number in [0, <paramref name="below"/>).</summary>
    /// <param name="below">At least 1. The bias of a number below 10^6 is under 10^-13.</param>
    public int Next(int below) => (int)Math.BigMul(NextBits(), (ulong)below, out _);

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
