using System.Text.Json;

namespace Touchstone.Tests.Leaderboard;

/// <summary>Tails of distributions computed in 40 digits, rows of arguments and the tail: <c>tests/golden/distribution-tails.json</c>.</summary>
internal static class DistributionTails
{
    private static readonly JsonElement File = JsonDocument.Parse(
        System.IO.File.ReadAllBytes(Repository.File("tests", "golden", "distribution-tails.json"))).RootElement;

    public static IEnumerable<JsonElement> Of(string distribution) => File.GetProperty(distribution).EnumerateArray();
}
