using System.Text;
using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Tests.Networks;

/// <summary>Weights and inputs by a formula, the same as in <c>tests/golden/baselines/make_networks.py</c>.</summary>
internal static class Formula
{
    /// <summary>Numbers from −0.5 (inclusive) to 0.5 (exclusive) that look random and depend on a name.</summary>
    public static double[] Numbers(string name, long count)
    {
        var seed = Encoding.UTF8.GetBytes(name).Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619));
        var numbers = new double[count];
        for (var i = 0; i < numbers.Length; i++)
        {
            var h = unchecked(seed + ((uint)i * 2654435769u));
            h ^= h >> 16;
            h = unchecked(h * 0x85EBCA6Bu);
            h ^= h >> 13;
            h = unchecked(h * 0xC2B2AE35u);
            h ^= h >> 16;
            numbers[i] = (h / 4294967296.0) - 0.5;
        }

        return numbers;
    }

    /// <summary>A tensor of weights.</summary>
    public static float[] Weights(string name, IReadOnlyList<long> shape)
    {
        var numbers = Numbers(name, shape.Aggregate(1L, (product, length) => product * length));
        var bound = 2 * Math.Sqrt(6.0 / shape.Skip(1).Aggregate(1L, (product, length) => product * length));
        return Array.ConvertAll(numbers, number => (float)(
            shape.Count >= 2 ? number * bound
            : name.EndsWith("weight", StringComparison.Ordinal) ? 1 + (0.4 * number)
            : 0.2 * number));
    }

    /// <summary>Gives a network the formula's weights.</summary>
    public static void Fill(ScriptModule network)
    {
        foreach (var name in network.Parameters.Concat(network.Buffers.Where(buffer => buffer == "organ_embedding")))
        {
            using var state = network.State(name);
            using var weights = Tensor.Over(Weights(name, state.Shape), [.. state.Shape]);
            state.Assign(weights);
        }
    }

    /// <summary>The window that the golden answers belong to.</summary>
    public static Tensor Input(int window) => Tensor.Over(
        Array.ConvertAll(Numbers("input", (long)window * window * window), number => (float)(number + 0.5)), 1, 1, window, window, window);
}
