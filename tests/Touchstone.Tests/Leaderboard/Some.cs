using System.Globalization;
using Touchstone.Evaluators;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Leaderboard;

/// <summary>Makes valid contests and believable results, the same ones every time.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    /// <summary>As builds have it: with the whole name of the commit, which no line of a narrow page holds.</summary>
    public const string Version = "0.1.0+0123456789abcdef0123456789abcdef01234567";

    private static readonly string[] Structures =
    [
        "aorta", "gall_bladder", "kidney_left", "kidney_right", "liver", "pancreas", "postcava", "spleen", "stomach",
    ];

    /// <summary>Two hidden hospitals and a public one; the first is in distribution.</summary>
    public static Contest Contest(int casesEach = 8, int structures = 9) => new()
    {
        Id = "abdomen",
        Title = "Abdominal organs on CT",
        Description = "Segment the organs of the abdomen on contrast-enhanced CT from hospitals on three continents.",
        Structures = Structures[..structures],
        Protocol = "surface-distance",
        ToleranceMm = 1,
        Datasets =
        [
            Dataset("north", "North Hospital", isPublic: false, isInDistribution: true, casesEach),
            Dataset("coast", "Coast Clinic", isPublic: false, isInDistribution: false, casesEach),
            Dataset("open", "Open Collection", isPublic: true, isInDistribution: false, casesEach),
        ],
    };

    public static ContestDataset Dataset(string id, string title, bool isPublic, bool isInDistribution, int cases) =>
        new()
        {
            Id = id,
            Title = title,
            IsPublic = isPublic,
            TellsMetadata = true,
            Cases = [.. Enumerable.Range(1, cases).Select(i => Case(id, i, isInDistribution))],
        };

    public static ContestCase Case(string dataset, int number, bool isInDistribution = true) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{dataset.ToUpperInvariant()}_{number:D4}"),
        Pseudonym = string.Create(CultureInfo.InvariantCulture, $"{dataset}-{number * 37 % 101:D3}"),
        IsInDistribution = isInDistribution,
        Metadata = new Dictionary<string, string>
        {
            ["sex"] = number % 2 == 0 ? "F" : "M",
            ["age"] = (31 + number * 17 % 50).ToString(CultureInfo.InvariantCulture),
            ["manufacturer"] = (number % 3) switch { 0 => "Siemens", 1 => "GE", _ => "Philips" },
        },
    };

    public static Entry Entry(string id, string? team = null, string? name = null, bool isBaseline = false) => new()
    {
        Id = id,
        Team = team ?? $"Team {id}",
        Name = name ?? $"Method {id}",
        Challenge = "abdomen",
        IsBaseline = isBaseline,
        Image = "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(id))),
        Layout = "flat",
        Command = ["/bin/bash", "-c", "sh predict.sh"],
        ReceivedAt = Now.AddDays(-3),
    };

    /// <summary>One result with the same DSC for every structure, and NSD a little below.</summary>
    public static CaseResult Result(
        Contest contest, string entry, ContestDataset dataset, ContestCase one, double? dsc,
        Ending ending = Ending.Completed) => Result(
            Entry(entry), dataset, one, ending,
            [.. contest.Structures.Select(structure => Score(structure, ending == Ending.Completed ? dsc : null))]);

    public static CaseResult Result(
        Entry entry, ContestDataset dataset, ContestCase one, Ending ending, IReadOnlyList<StructureScore> scores,
        double seconds = 12.5) => new()
        {
            Entry = entry,
            Case = new CaseKey
            {
                Dataset = dataset.Id,
                Case = one.Id,
                Pseudonym = one.Pseudonym,
                CtSha256 = new string('c', 64),
            },
            Ending = ending,
            EndingDetail = Detail(ending),
            ExitCode = ending switch { Ending.Completed => 0, Ending.Crashed => 1, _ => null },
            Limits = new Limits(600, 16L << 30, 4, 256, 2L << 30, Gpu: false),
            Timing = new Timing
            {
                StartedAt = Now,
                RunSeconds = seconds,
                SetUpSeconds = 0.41,
                CollectSeconds = 0.17,
                ScoreSeconds = 1.03,
                CpuSeconds = seconds * 2.5,
                PeakMemoryBytes = 1_500_000_000 + (long)(seconds * 1e7),
            },
            Machine = new Machine("Docker 20.10.24", "Example CPU 3000", 16, 64L << 30, null, "Linux 6.1"),
            Outputs = ending == Ending.Completed
                ? [new OutputFile(one.Pseudonym + ".nii.gz", 123_456, new string('a', 64))] : [],
            Protocol = "surface-distance",
            ToleranceMm = 1,
            Scores = scores,
            UnknownLabelVoxels = 0,
            Provenance = new Provenance("0.1.0", new string('d', 64), new string('e', 64)),
        };

    public static StructureScore Score(string structure, double? dsc, double? nsd = null, long reference = 10_000) =>
        new()
        {
            Structure = structure,
            ReferenceVoxels = reference,
            PredictionVoxels = dsc is null ? 0 : 9_500,
            BothVoxels = dsc is null ? 0 : (long)(dsc * 9_750),
            Dsc = dsc,
            Nsd = nsd ?? dsc * 0.95,
            HdMm = dsc is null ? null : 30 * (1 - dsc),
            Hd95Mm = dsc is null ? null : 12 * (1 - dsc),
            AssdMm = dsc is null ? null : 4 * (1 - dsc),
            ReferenceMl = reference / 1000.0,
            PredictionMl = dsc is null ? 0 : 9.5,
        };

    /// <summary>The same result with voxels, volumes and distances that fit its DSC, as files of a workspace must have them.</summary>
    public static CaseResult Counted(CaseResult result) => result with
    {
        Scores = [.. result.Scores.Select(score => score switch
        {
            { Dsc: null } => score,
            { ReferenceVoxels: 0 } => score with { HdMm = null, Hd95Mm = null, AssdMm = null },
            _ => Overlapping(score, (long)Math.Round(score.Dsc.Value * 10_000)),
        })],
    };

    private static StructureScore Overlapping(StructureScore score, long both) => score with
    {
        ReferenceVoxels = 10_000,
        PredictionVoxels = 10_000,
        BothVoxels = both,
        Dsc = 2.0 * both / 20_000,
        ReferenceMl = 10,
        PredictionMl = 10,
    };

    /// <summary>Scores of a published method on a dataset, with the first structures of <see cref="Contest"/>.</summary>
    public static ImportedScores Import(string id, ContestDataset dataset, params ImportedCase[] cases) => new()
    {
        Entry = Entry(id) with { Origin = EntryOrigin.Imported, Image = "", Layout = "", Command = [] },
        Dataset = dataset.Id,
        Protocol = "surface-distance",
        ToleranceMm = 1,
        Sources = [],
        Structures = [.. Structures.Take(cases[0].Dsc.Count)],
        Cases = cases,
        Provenance = new Provenance("0.1.0", new string('d', 64), new string('e', 64)),
    };

    /// <summary>
    /// Seven entries of different quality, speed and reliability; one is a baseline, one lacks cases.
    /// </summary>
    public static IReadOnlyList<CaseResult> Results(Contest contest)
    {
        (Entry Entry, double Skill, double Drop, double Seconds, double Failing)[] entries =
        [
            (Entry("s-aurora", "Aurora Imaging Lab", "AuroraNet"), 0.95, 0.02, 41, 0),
            (Entry("s-basalt", "Université de l'Étang", "Basalt"), 0.93, 0.05, 18, 0.03),
            (Entry("s-cobalt", "Cobalt & Sons", "Cobalt <v2>"), 0.93, 0.11, 9, 0),
            (Entry("s-delta", "Delta Radiology Group of the Southern Districts", "DeltaSeg-XL-Ensemble"),
                0.90, 0.04, 240, 0.08),
            (Entry("b-atlas", "Touchstone", "Atlas prior", isBaseline: true), 0.74, 0.12, 3, 0),
            (Entry("s-ember", "Ember", "Ember"), 0.84, 0.08, 27, 0.25),
            (Entry("s-flint", "Flint", "Flint mini"), 0.71, 0.10, 2.2, 0),
        ];
        var random = new Random(7);
        var results = new List<CaseResult>();
        foreach (var (entry, skill, drop, seconds, failing) in entries)
        {
            foreach (var (dataset, one) in contest.Datasets.SelectMany(dataset => dataset.Cases, (d, c) => (d, c)))
            {
                var isMissing = entry.Id == "s-ember" && one == contest.Datasets[^1].Cases[^1];
                var ending = random.NextDouble() < failing ? Failure(random) : Ending.Completed;
                var ran = ending == Ending.TimedOut
                    ? 600.02
                    : Math.Round(seconds * (0.7 + 0.6 * random.NextDouble()), 3);
                var scores = Scores(contest, random, skill - (one.IsInDistribution ? 0 : drop), ending, one);
                if (!isMissing)
                {
                    results.Add(Result(entry, dataset, one, ending, scores, ran));
                }
            }
        }

        return results;
    }

    private static StructureScore[] Scores(
        Contest contest, Random random, double skill, Ending ending, ContestCase one) =>
    [
        .. contest.Structures.Select((structure, s) =>
        {
            var hard = structure is "pancreas" or "gall_bladder" or "postcava" ? 0.09 : 0;
            var dsc = Math.Round(Math.Clamp(skill - hard - Math.Pow(random.NextDouble(), 4) * 0.4, 0, 1), 6);
            var isAbsent = structure == "gall_bladder" && one.Id.EndsWith('3');
            var isFound = isAbsent && random.NextDouble() < 0.3;
            return ending != Ending.Completed ? Score(structure, null)
                : isFound ? Score(structure, 0, 0, reference: 0)
                : isAbsent ? Score(structure, null, reference: 0)
                : Score(structure, dsc, Math.Round(dsc * (0.9 + 0.08 * random.NextDouble()), 6));
        }),
    ];

    private static Ending Failure(Random random) => random.Next(4) switch
    {
        0 => Ending.TimedOut,
        1 => Ending.OutOfMemory,
        2 => Ending.Crashed,
        _ => Ending.OutputWrongGrid,
    };

    private static string Detail(Ending ending) => ending switch
    {
        Ending.Completed => "Completed.",
        Ending.TimedOut => "Killed after 600 s, the limit per case.",
        Ending.OutOfMemory => "Killed by the kernel at 16 GiB of memory, the limit per case.",
        Ending.Crashed => "The container exited with code 1.",
        _ => "The prediction has shape 512×512×90, the CT 512×512×180.",
    };

    /// <summary>Every case of a contest with its dataset, in order.</summary>
    public static (ContestDataset Dataset, ContestCase Case)[] Cases(Contest contest) =>
        [.. contest.Datasets.SelectMany(dataset => dataset.Cases, (dataset, one) => (dataset, one))];
}
