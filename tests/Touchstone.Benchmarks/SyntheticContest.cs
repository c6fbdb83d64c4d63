using System.Globalization;
using System.Text;
using Touchstone.Evaluators;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Store;
using Touchstone.Submissions;

namespace Touchstone.Benchmarks;

/// <summary>
/// A contest of any size as a workspace: manifest, case lists, challenge, entries, and a store with a result of every
/// entry on every case. The same numbers every time. Results go into the store directly: a million folders with a
/// <c>result.json</c> each would tell of the file system, and the store is what boards are made of. The first entries go
/// in through <see cref="ResultStore"/>; the others are made from them by <see cref="SyntheticCopies"/>.
/// </summary>
/// <param name="Entries">Submissions.</param>
/// <param name="Cases">Cases, spread over five datasets of which two are public and two in distribution.</param>
/// <param name="Structures">Structures, at most the 25 of AbdomenAtlas 1.1; all are annotated on every case.</param>
internal sealed record SyntheticContest(int Entries, int Cases, int Structures)
{
    public const string Challenge = "large";

    private const int Originals = 2;

    private static readonly string[] Datasets = ["north", "south", "east", "west", "coast"];

    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    private IReadOnlyList<string> Names => [.. LabelMaps.AbdomenAtlas11.Structures.OrderBy(pair => pair.Key).Select(pair => pair.Value).Take(Structures)];

    /// <summary>Makes everything but the results.</summary>
    /// <param name="root">The folder.</param>
    public Workspace Lay(string root)
    {
        var manifest = new StringBuilder("version: 1\ndatasets:\n");
        for (var d = 0; d < Datasets.Length; d++)
        {
            var list = new StringBuilder("case,sex,age,manufacturer,institute\n");
            foreach (var c in CasesOf(d))
            {
                list.Append(Text($"{CaseId(c)},{(c % 2 == 0 ? "f" : "m")},{18 + (c * 37 % 75)},{Manufacturer(c)},{(char)('A' + (c % 7))}\n"));
            }

            File.WriteAllText(Path.Combine(root, $"{Datasets[d]}.csv"), list.ToString());
            manifest.Append(Text($$"""
                  - id: {{Datasets[d]}}
                    title: {{Datasets[d]}} hospital
                    purpose: demonstration
                    access: {{(d < 2 ? "public" : "private")}}
                    volumes: { original: {{CasesOf(d).Length}}, accessible: {{CasesOf(d).Length}} }
                    structures: {{Structures}}
                    hospitals: 1
                    distribution: {{(d is 0 or 2 ? "iid" : "ood")}}
                    source: made for a measurement
                    files: { root: {{Datasets[d]}}, case-list: {{Datasets[d]}}.csv }

                """));
        }

        File.WriteAllText(Path.Combine(root, "datasets.manifest"), manifest.ToString());
        var workspace = Workspace.Open(Path.Combine(root, "workspace"));
        Directory.CreateDirectory(Path.Combine(workspace.Root, "challenges"));
        File.WriteAllText(Path.Combine(workspace.Root, "challenges", $"{Challenge}.yaml"), $$"""
            title: A large contest
            description: For measuring how large a board may be.
            labels: abdomenatlas-1.1
            structures: [{{string.Join(", ", Names)}}]
            datasets: [{{string.Join(", ", Datasets)}}]
            limits: { wall-seconds: 600, memory-mb: 32768, cpus: 8 }
            """);
        return workspace;
    }

    /// <summary>Enters everybody and fills the store.</summary>
    /// <param name="workspace">As <see cref="Lay"/> made it.</param>
    /// <param name="told">Told of every entry that is in.</param>
    public void Fill(Workspace workspace, Action<int> told)
    {
        var entries = Enumerable.Range(0, Entries).Select(e => Enter(workspace, e)).ToArray();
        using (var store = ResultStore.Open(workspace.StorePath))
        {
            foreach (var (e, d) in from e in Enumerable.Range(0, Math.Min(Originals, Entries))
                                   from d in Enumerable.Range(0, Datasets.Length)
                                   select (e, d))
            {
                foreach (var c in CasesOf(d))
                {
                    store.Add(Result(workspace, entries[e], e, Datasets[d], c));
                }
            }
        }

        told(Originals);
        using var copies = new SyntheticCopies(workspace.StorePath);
        for (var e = Originals; e < Entries; e++)
        {
            copies.Add(entries[e % Originals], entries[e], e);
            told(e + 1);
        }
    }

    private static Entry Enter(Workspace workspace, int e)
    {
        var draft = new SubmissionDraft
        {
            Team = Text($"Team {e:D3}"),
            Name = Text($"Method {e:D3}"),
            Challenge = Challenge,
            IsBaseline = e % 20 == 19,
        };
        var digest = ImageDigest.Parse("sha256:" + Text($"{e:x64}"));
        var submission = draft.Accept(digest, "image.tar", Start.AddHours(e));
        SubmissionFile.Write(workspace, submission);
        return CaseRunner.EntryOf(submission);
    }

    private CaseResult Result(Workspace workspace, Entry entry, int e, string dataset, int c)
    {
        var random = new Random((c * 1009) + e);
        var ending = random.Next(200) switch { 0 => Ending.TimedOut, 1 => Ending.Crashed, _ => Ending.Completed };
        var seconds = ending == Ending.TimedOut ? 600 : 5 + (e * 0.3) + (random.NextDouble() * 20);
        return new CaseResult
        {
            Entry = entry,
            Case = new CaseKey
            {
                Dataset = dataset,
                Case = CaseId(c),
                Pseudonym = workspace.Pseudonym(dataset, CaseId(c)),
                CtSha256 = Text($"{c:x64}"),
            },
            Ending = ending,
            EndingDetail = ending switch
            {
                Ending.TimedOut => "Stopped after 600 s.",
                Ending.Crashed => "Exited with code 1.",
                _ => "Completed.",
            },
            ExitCode = ending switch { Ending.Completed => 0, Ending.Crashed => 1, _ => null },
            Limits = new Limits(600, 32L << 30, 8, 256, 1L << 30, Gpu: false),
            Timing = new Timing
            {
                StartedAt = Start.AddSeconds((e * 100_000L) + (c * 10)),
                RunSeconds = seconds,
                SetUpSeconds = 0.4,
                CollectSeconds = 0.2,
                ScoreSeconds = 1.1,
                CpuSeconds = seconds * 6,
                PeakMemoryBytes = 2_000_000_000 + random.Next(),
            },
            Machine = new Machine("Docker 20.10.24", "Example CPU 3000", 16, 64L << 30, null, "Linux 6.1"),
            Outputs = ending == Ending.Completed ? [new OutputFile("case.nii.gz", random.Next(), Text($"{random.NextInt64():x64}"))] : [],
            Protocol = "surface-distance",
            ToleranceMm = 1,
            Scores = [.. Names.Select((name, s) => Score(name, random, e, c, s, ending == Ending.Completed))],
            UnknownLabelVoxels = 0,
            Provenance = new Provenance("0.1.0", new string('d', 64), new string('e', 64)),
        };
    }

    /// <summary>Hard structures and cases are hard for everybody; later entries are worse; a hundredth is absent.</summary>
    private static StructureScore Score(string name, Random random, int e, int c, int s, bool isValid)
    {
        var isAbsent = ((c * 31) + (s * 17)) % 100 == 0;
        var size = isAbsent ? 0 : 2_000 + (s * 20_000) + random.Next(10_000);
        var found = !isValid ? 0 : isAbsent ? (random.Next(4) == 0 ? 500 : 0) : size + random.Next(-500, 500);
        var hardness = 0.05 + (s * 0.01) + (c % 97 * 0.002) + (e * 0.001);
        double? dsc = !isValid || (isAbsent && found == 0) ? null
            : isAbsent ? 0 : Math.Max(0, 1 - (hardness * -Math.Log(1 - (random.NextDouble() * 0.999))));
        return new StructureScore
        {
            Structure = name,
            ReferenceVoxels = size,
            PredictionVoxels = found,
            BothVoxels = (long)((dsc ?? 0) * (size + found) / 2),
            Dsc = dsc,
            Nsd = dsc * (0.9 + (random.NextDouble() * 0.1)),
            HdMm = dsc is > 0 ? 3 + (random.NextDouble() * 40) : null,
            Hd95Mm = dsc is > 0 ? 1 + (random.NextDouble() * 10) : null,
            AssdMm = dsc is > 0 ? random.NextDouble() * 3 : null,
            ReferenceMl = size * 0.0015,
            PredictionMl = found * 0.0015,
        };
    }

    private int[] CasesOf(int dataset) => [.. Enumerable.Range(0, Cases).Where(c => c % Datasets.Length == dataset)];

    private static string CaseId(int number) => Text($"case{number:D6}");

    private static string Manufacturer(int number) => (number % 5) switch { 0 => "ge", 1 => "philips", _ => "siemens" };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
