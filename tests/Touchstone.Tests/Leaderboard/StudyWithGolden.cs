using System.Globalization;
using System.Text.Json;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Leaderboard;

/// <summary>
/// Per-case scores in the published form and the numbers that other programs computed from them: made up, in
/// <c>tests/golden/published-like</c>, or the published scores of 19 models, which are extra data.
/// </summary>
internal sealed class StudyWithGolden
{
    /// <summary>Name of the study that is in the repository.</summary>
    public const string MadeUp = "made-up";

    /// <summary>Name of the study that is beside the repository, where it is.</summary>
    public const string Published = "published";

    private static readonly Lazy<StudyWithGolden> OfTheRepository = new(() => new StudyWithGolden(
        Repository.File("tests", "golden", "published-like", "study"), "meta.csv",
        Repository.File("tests", "golden", "published-like", "expected.json"), common: 138));

    private static readonly Lazy<StudyWithGolden> OfThePaper = new(() => new StudyWithGolden(
        Repository.Shared("data", "touchstone_totalsegmentator"), "metaTotalSeg.csv",
        Repository.Shared("golden", "stats", "expected.json"), common: 656));

    private readonly Dictionary<(string, string), Dictionary<string, double?[]>> _files = [];
    private readonly Dictionary<string, Dictionary<string, string>> _cells;
    private readonly Lazy<Standings> _ranked;

    private StudyWithGolden(string folder, string metadata, string expected, int common)
    {
        (Folder, CommonScope) = (folder, $"common_{common}");
        Expected = JsonDocument.Parse(File.ReadAllBytes(expected)).RootElement;
        Models = Texts(Expected.GetProperty("models"));
        Organs = Texts(Expected.GetProperty("organs"));
        Common = Texts(Expected.GetProperty("case_lists").GetProperty(CommonScope));
        _cells = ReadMetadata(Path.Combine(folder, metadata));
        _ranked = new Lazy<Standings>(() =>
        {
            var (contest, imports) = CommonCases();
            return Ranking.Rank(contest, [], imports: imports);
        });
    }

    /// <summary>The study by one of the two names.</summary>
    public static StudyWithGolden Of(string name) => name == Published ? OfThePaper.Value : OfTheRepository.Value;

    /// <summary>The folder with a folder per model.</summary>
    public string Folder { get; }

    public JsonElement Expected { get; }

    public string[] Models { get; }

    public string[] Organs { get; }

    /// <summary>What the golden numbers call the cases that every model has.</summary>
    public string CommonScope { get; }

    /// <summary>The cases that every model has.</summary>
    public string[] Common { get; }

    /// <summary>Every case of the study.</summary>
    public IReadOnlyList<string> AllNames => [.. Scores(Models[0], "dsc").Keys];

    /// <summary>The model that lacks cases which the others have.</summary>
    public string Partial => Models.First(model => Scores(model, "dsc").Count < AllNames.Count);

    /// <summary>The standings on the cases that every model has, made once.</summary>
    public Standings CommonStandings => _ranked.Value;

    /// <summary>Per case name, one score per organ; null where the organ is not annotated.</summary>
    public Dictionary<string, double?[]> Scores(string model, string metric)
    {
        lock (_files)
        {
            if (!_files.TryGetValue((model, metric), out var scores))
            {
                scores = File.ReadLines(Path.Combine(Folder, model, metric + ".csv")).Skip(1).Select(line => line.Split(','))
                    .ToDictionary(cells => cells[0], cells => cells[1..].Select(Number).ToArray());
                _files.Add((model, metric), scores);
            }

            return scores;
        }
    }

    /// <summary>The scores of one target by case name, cases without it left out.</summary>
    public Dictionary<string, double> Target(string model, string metric, string target)
    {
        var organ = Array.IndexOf(Organs, target);
        return Scores(model, metric)
            .Select(pair => (pair.Key, Values: organ < 0 ? [.. pair.Value.OfType<double>()]
                : pair.Value[organ] is { } value ? new[] { value } : []))
            .Where(pair => pair.Values.Length > 0)
            .ToDictionary(pair => pair.Key, pair => pair.Values.Average());
    }

    /// <summary>A metadata column of a case; null where it is blank.</summary>
    public string? Metadata(string name, string column) => _cells[name].GetValueOrDefault(column);

    /// <summary>The study as a contest on the cases that every model has, and its entries as imports.</summary>
    public (Contest Contest, IReadOnlyList<ImportedScores> Imports) CommonCases() => Cases(Common);

    /// <summary>The study as a contest on some of its cases.</summary>
    public (Contest Contest, IReadOnlyList<ImportedScores> Imports) Cases(IEnumerable<string> names)
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
                        Metadata = _cells[name],
                    })],
                },
            ],
        };
        return (contest, [.. Models.Select(Import)]);
    }

    private static Dictionary<string, Dictionary<string, string>> ReadMetadata(string path)
    {
        var lines = File.ReadAllLines(path);
        var header = lines[0].TrimStart('\ufeff').Split(';');
        return lines.Skip(1).Select(line => line.Split(';')).ToDictionary(cells => cells[0], cells => header.Zip(cells)
            .Skip(1).Where(cell => cell.Second.Length > 0).ToDictionary(cell => cell.First, cell => cell.Second));
    }

    private ImportedScores Import(string model)
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
