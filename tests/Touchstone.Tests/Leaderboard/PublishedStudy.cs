using System.Globalization;
using System.Text.Json;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Leaderboard;

/// <summary>
/// The published per-case scores of 19 models (<c>data/touchstone_totalsegmentator</c>) and the numbers computed from
/// them by other programs (<c>golden/stats/expected.json</c>; its README defines every one).
/// </summary>
internal static class PublishedStudy
{
    private static readonly Lazy<JsonElement> Parsed = new(() => JsonDocument.Parse(
        File.ReadAllBytes(Repository.Shared("golden", "stats", "expected.json"))).RootElement);

    private static readonly Dictionary<(string, string), Dictionary<string, double?[]>> Files = [];

    public static JsonElement Expected => Parsed.Value;

    public static string[] Models { get; } = Texts(Expected.GetProperty("models"));

    public static string[] Organs { get; } = Texts(Expected.GetProperty("organs"));

    public static string[] Common { get; } = Texts(Expected.GetProperty("case_lists").GetProperty("common_656"));

    /// <summary>Per case name, one score per organ; null where the organ is not annotated.</summary>
    public static Dictionary<string, double?[]> Scores(string model, string metric)
    {
        lock (Files)
        {
            if (!Files.TryGetValue((model, metric), out var scores))
            {
                var path = Repository.Shared("data", "touchstone_totalsegmentator", model, metric + ".csv");
                scores = File.ReadLines(path).Skip(1).Select(line => line.Split(','))
                    .ToDictionary(cells => cells[0], cells => cells[1..].Select(Number).ToArray());
                Files.Add((model, metric), scores);
            }

            return scores;
        }
    }

    /// <summary>The scores of one target by case name, cases without it left out.</summary>
    public static Dictionary<string, double> Target(string model, string metric, string target)
    {
        var organ = Array.IndexOf(Organs, target);
        return Scores(model, metric)
            .Select(pair => (pair.Key, Values: organ < 0 ? [.. pair.Value.OfType<double>()]
                : pair.Value[organ] is { } value ? new[] { value } : []))
            .Where(pair => pair.Values.Length > 0)
            .ToDictionary(pair => pair.Key, pair => pair.Values.Average());
    }

    /// <summary>The study as a contest on the cases that every model has.</summary>
    public static (Contest Contest, IReadOnlyList<CaseResult> Results) CommonCases()
    {
        var contest = Some.Contest() with
        {
            Structures = Organs,
            Datasets =
            [
                new ContestDataset
                {
                    Id = "totalsegmentator",
                    Title = "TotalSegmentator",
                    IsPublic = true,
                    Cases = [.. Common.Select(name => Some.Case("x", 1) with { Id = name, Pseudonym = name })],
                },
            ],
        };
        var results = from model in Models
                      from one in contest.Datasets[0].Cases
                      select Some.Result(
                          Some.Entry(model), contest.Datasets[0], one, Ending.Completed, Rows(model, one.Id));
        return (contest, [.. results]);
    }

    private static Touchstone.Evaluators.StructureScore[] Rows(string model, string name)
    {
        var (dsc, nsd) = (Scores(model, "dsc")[name], Scores(model, "nsd")[name]);
        return [.. Enumerable.Range(0, Organs.Length).Where(organ => dsc[organ] is not null)
            .Select(organ => Some.Score(Organs[organ], dsc[organ], nsd[organ]))];
    }

    private static double? Number(string cell) =>
        cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];
}
