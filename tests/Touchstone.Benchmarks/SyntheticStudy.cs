using System.Globalization;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Benchmarks;

/// <summary>
/// A study of the size of the largest published one: 19 methods × 743 cases × 9 structures × 2 metrics, where half of
/// the structures are not annotated, two methods lack 87 cases, and every case has metadata. The same numbers every time.
/// </summary>
internal static class SyntheticStudy
{
    private static readonly string[] Structures =
        ["aorta", "gall_bladder", "kidney_left", "kidney_right", "liver", "pancreas", "postcava", "spleen", "stomach"];

    /// <summary>The contest: a third of the cases are in distribution.</summary>
    public static Contest Contest { get; } = new()
    {
        Id = "synthetic",
        Title = "Synthetic study",
        Description = "For measuring time and memory.",
        Structures = Structures,
        Protocol = "surface-distance",
        ToleranceMm = 1,
        Datasets = [Dataset("iid", 0, 248), Dataset("ood", 248, 495)],
    };

    /// <summary>The scores of all methods.</summary>
    public static IReadOnlyList<ImportedScores> Imports { get; } =
        [.. from method in Enumerable.Range(0, 19) from dataset in Contest.Datasets select Import(method, dataset)];

    private static ContestDataset Dataset(string id, int first, int count) => new()
    {
        Id = id,
        Title = id,
        IsPublic = true,
        Cases = [.. Enumerable.Range(first, count).Select(i => new ContestCase
        {
            Id = Text($"s{i:D4}"),
            Pseudonym = Text($"s{i:D4}"),
            IsInDistribution = id == "iid",
            Metadata = new Dictionary<string, string>
            {
                ["sex"] = i % 2 == 0 ? "f" : "m",
                ["age"] = Text($"{18 + (i * 37 % 75)}"),
                ["institute"] = Text($"{(char)('A' + (i % 7))}"),
                ["manufacturer"] = (i % 5) switch { 0 => "ge", 1 => "philips", _ => "siemens" },
            },
        })],
    };

    private static ImportedScores Import(int method, ContestDataset dataset)
    {
        var cases = method is 7 or 8 ? dataset.Cases.Where((_, i) => i % 9 != 4) : dataset.Cases;
        return new ImportedScores
        {
            Entry = new Entry
            {
                Id = Text($"method-{method:D2}"),
                Team = "Team",
                Name = Text($"Method {method}"),
                Challenge = Contest.Id,
                IsBaseline = false,
                Image = "",
                Layout = "",
                Command = [],
                ReceivedAt = DateTimeOffset.UnixEpoch,
                Origin = EntryOrigin.Imported,
            },
            Dataset = dataset.Id,
            Protocol = Contest.Protocol,
            ToleranceMm = Contest.ToleranceMm,
            Sources = [],
            Structures = Structures,
            Cases = [.. cases.Select(one => Scores(method, one))],
            Provenance = new Provenance("", "", ""),
        };
    }

    private static ImportedCase Scores(int method, ContestCase one)
    {
        // What is annotated depends on the case alone, the scores on the method too.
        var number = int.Parse(one.Id.AsSpan(1), CultureInfo.InvariantCulture);
        var (pattern, random) = (new Random(number), new Random((number * 19) + method));
        bool[] isThere = [.. Structures.Select(_ => pattern.Next(2) == 0)];
        double?[] Draw() => [.. isThere.Select(there => there ? 1 - (Math.Pow(random.NextDouble(), 3) * (0.5 + (method * 0.02))) : (double?)null)];
        return new ImportedCase(one.Id, Draw(), Draw());
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
