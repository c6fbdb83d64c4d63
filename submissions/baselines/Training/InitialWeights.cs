using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Training;

/// <summary>
/// The random weights that a network begins with, distributed as PyTorch's layers have them: convolutions and matrices uniform within one
/// over the root of their inputs, biases likewise, Swin's tables of positions normal with 0.02, cut at 2. What a definition
/// gives (ones and zeros of normalisations) stays.
/// </summary>
/// <remarks>Drawn in C#, so that a seed gives the same weights on every machine, device and libtorch.</remarks>
internal static class InitialWeights
{
    /// <summary>Fills a network.</summary>
    /// <param name="network">Built from <paramref name="definition"/>.</param>
    /// <param name="definition">The network.</param>
    /// <param name="seed">Every tensor has a stream of its own from it and its name.</param>
    public static void Fill(ScriptModule network, ModuleDefinition definition, long seed)
    {
        var state = definition.State().ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var tensor in state.Values.Where(tensor => !tensor.IsBuffer && tensor.Initial is null))
        {
            if (Distribution(tensor, state) is { } draw)
            {
                var random = new SeededStream(seed, SeededStream.KeyOf(tensor.Name));
                var numbers = new float[tensor.Count];
                for (var n = 0; n < numbers.Length; n++)
                {
                    numbers[n] = (float)draw(random);
                }

                using var weights = Tensor.Over(numbers, [.. tensor.Shape]);
                using var target = network.State(tensor.Name);
                target.Assign(weights);
            }
        }
    }

    /// <summary>Null for zeros.</summary>
    private static Func<SeededStream, double>? Distribution(StateTensor tensor, Dictionary<string, StateTensor> state)
    {
        if (tensor.Name.EndsWith("relative_position_bias_table", StringComparison.Ordinal))
        {
            return random => 0.02 * CutNormal(random);
        }

        var weight = tensor.Shape.Count > 1
            ? tensor
            : state.GetValueOrDefault(tensor.Name[..(tensor.Name.LastIndexOf('.') + 1)] + "weight");
        if (weight is null || weight.Shape.Count < 2)
        {
            return null;
        }

        var bound = 1 / Math.Sqrt(weight.Shape.Skip(1).Aggregate(1L, (product, length) => product * length));
        return random => bound * ((2 * random.Next()) - 1);
    }

    private static double CutNormal(SeededStream random)
    {
        double drawn;
        do
        {
            drawn = random.Normal();
        }
        while (Math.Abs(drawn) > 2);

        return drawn;
    }
}
