using System.Text.Json;

namespace Touchstone.Baselines.Tests.Inference;

/// <summary>What MONAI's transforms and sliding window gave; see tests/golden/baselines/make_inference.py.</summary>
internal static class GoldenInference
{
    private static readonly JsonElement Root = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests", "golden", "baselines", "inference.json"))).RootElement;

    /// <summary>The cases of one part.</summary>
    public static IReadOnlyList<JsonElement> Cases(string part) => [.. Root.GetProperty(part).EnumerateArray()];

    /// <summary>Three integers.</summary>
    public static (int X, int Y, int Z) Three(JsonElement array) => (array[0].GetInt32(), array[1].GetInt32(), array[2].GetInt32());

    /// <summary>Compares sampled values and the mean.</summary>
    public static void AssertSampled(JsonElement expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Aggregate(1, (product, n) => product * n.GetInt32()), actual.Length);
        Assert.All(
            expected.GetProperty("at").EnumerateArray().Zip(expected.GetProperty("values").EnumerateArray()),
            pair => Close(pair.Second.GetDouble(), actual[pair.First.GetInt32()]));
        Close(expected.GetProperty("mean").GetDouble(), actual.Average(value => (double)value));

        void Close(double golden, double ours) => Assert.InRange(ours, golden - tolerance, golden + tolerance);
    }
}
