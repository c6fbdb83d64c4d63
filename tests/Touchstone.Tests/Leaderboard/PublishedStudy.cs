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

    /// <summary>A metadata column of a case; null where it is blank.</summary>
    public static string? Metadata(string name, string column) => Cells.Value[name].GetValueOrDefault(column);

    /// <summary>The study as a contest on the cases that every model has, and its entries as imports.</summary>
    public static (Contest Contest, IReadOnlyList<ImportedScores> Imports) CommonCases() => Cases(Common);

    /// <summary>The study as a contest on some of its cases.</summary>
    public static (Contest Contest, IReadOnlyList<ImportedScores> Imports) Cases(IEnumerable<string> names)
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
                    Cases = [.. names.Select(name => Some.Case("x", 1, isInDistribution: false) with
                    {
                        Id = name,
                        Pseudonym = name,
                        Metadata = Cells.Value[name],
                    })],
                },
            ],
        };
        return (contest, [.. Models.Select(Import)]);
    }

    /// <summary>Every case of the study.</summary>
    public static IReadOnlyList<string> AllNames => [.. Scores(Models[0], "dsc").Keys];

    /// <summary>The standings on the cases that every model has, made once.</summary>
    public static Standings CommonStandings => Ranked.Value;

    private static readonly Lazy<Standings> Ranked = new(() =>
    {
        var (contest, imports) = CommonCases();
        return Ranking.Rank(contest, [], imports: imports);
    });

    private static readonly Lazy<Dictionary<string, Dictionary<string, string>>> Cells = new(() =>
    {
        var lines = File.ReadAllLines(Repository.Shared("data", "touchstone_totalsegmentator", "metaTotalSeg.csv"));
        var header = lines[0].TrimStart('\ufeff').Split(';');
        return lines.Skip(1).Select(line => line.Split(';')).ToDictionary(cells => cells[0], cells => header.Zip(cells)
            .Skip(1).Where(cell => cell.Second.Length > 0).ToDictionary(cell => cell.First, cell => cell.Second));
    });

    private static ImportedScores Import(string model)
    {
        var (dsc, nsd) = (Scores(model, "dsc"), Scores(model, "nsd"));
        return new ImportedScores
        {
            Entry = Some.Entry(model) with { Origin = EntryOrigin.Imported },
            Dataset = "totalsegmentator",
            Protocol = "surface-distance",
            ToleranceMm = 1,
            Sources = [],
            Structures = Organs,
            Cases = [.. dsc.Keys.Order(StringComparer.Ordinal).Select(name => new ImportedCase(name, dsc[name], nsd[name]))],
            Provenance = new Provenance("0.1.0", "", ""),
        };
    }

    private static double? Number(string cell) =>
        cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];
}
