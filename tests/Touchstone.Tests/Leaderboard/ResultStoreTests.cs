using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Store;

namespace Touchstone.Tests.Leaderboard;

public sealed partial class ResultStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_WhatWasAdded_IsEqualToTheByte()
    {
        var contest = Some.Contest();
        var results = Some.Results(contest);
        using var store = ResultStore.Open(Path("a.db"));

        foreach (var result in results.Reverse())
        {
            Assert.True(store.Add(result));
        }

        Assert.Equal(Canonical(results), Texts(store.Read(contest)));
    }

    [Fact]
    public void Read_ResultWithEveryOptionalValue_IsEqualToTheByte()
    {
        var contest = Some.Contest();
        var plain = Some.Results(contest)[0];
        var rare = plain with
        {
            Entry = plain.Entry with { Team = "Ünïcode 'quoted'; DROP TABLE entry", Command = ["a b", "\"", ""], TrainedOn = ["chaos", "lits"] },
            ExitCode = -1,
            Limits = plain.Limits with { Gpu = true, AsRoot = true, Cpus = 0.1 },
            Timing = plain.Timing with
            {
                CpuSeconds = null,
                PeakMemoryBytes = null,
                RunSeconds = 0.1 + 0.2,
                StartedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1),
                PeakAnonymousBytes = 1,
                DiskReadBytes = 2,
                CreateSeconds = 0.3,
                StartSeconds = 0.4,
                Protocol = "batch",
                BatchCases = 5,
                WarmUpSeconds = 0.6,
            },
            Machine = plain.Machine with { Gpu = "Example GPU", GpuDriver = "550.54", Cuda = "12.4", CpuSet = "0-3" },
            Gpu = new GpuUse
            {
                Source = GpuSource.Device,
                Note = "shared",
                Samples = 2,
                LargestGapSeconds = 0.1,
                PeakBytes = long.MaxValue,
                AreaMibSeconds = 0.1 + 0.2,
                AreaAboveToleranceMibSeconds = 0.1 + 0.7,
                UtilizationPercent = 50,
                Curve = [new GpuPoint(0, 1), new GpuPoint(0.1, 2)],
            },
            Outputs = [new OutputFile("z", 1, "1"), new OutputFile("a", 2, "2")],
            Scores = [.. plain.Scores.Reverse()],
            UnknownLabelVoxels = long.MaxValue,
        };
        using var store = ResultStore.Open(Path("a.db"));

        store.Add(rare);

        Assert.Equal(Texts([rare]), Texts(store.Read(contest)));
    }

    [Fact]
    public void Result_OfAnOlderBuild_IsReadAndWrittenBackToTheByte()
    {
        var old = File.ReadAllBytes(Repository.File("tests", "golden", "result-without-timing-details.json"));

        var result = ResultJson.Read(old);

        Assert.Null(result.Timing.CreateSeconds);
        Assert.Null(result.Gpu);
        Assert.Equal(old, ResultJson.Write(result));
    }

    [Fact]
    public void Read_ScoreWithEveryMeasure_IsEqual()
    {
        var contest = Some.Contest();
        var plain = Some.Results(contest)[0];
        object full = plain.Scores[0] with { };
        foreach (var (index, measure) in typeof(StructureScore).GetProperties().Index())
        {
            measure.SetValue(full, Type.GetTypeCode(Nullable.GetUnderlyingType(measure.PropertyType) ?? measure.PropertyType) switch
            {
                TypeCode.Double => 1.0 / (index + 2),
                TypeCode.Int32 => index,
                TypeCode.Int64 => (long)index,
                TypeCode.Boolean => true,
                _ => measure.GetValue(full),
            });
        }

        using var store = ResultStore.Open(Path("a.db"));
        store.Add(plain with { Scores = [(StructureScore)full] });

        Assert.Equal(full, Assert.Single(Assert.Single(store.Read(contest)).Scores));
    }

    [Fact]
    public void Add_SameResultTwice_ChangesNothing()
    {
        var contest = Some.Contest();
        var result = Some.Results(contest)[0];
        using var store = ResultStore.Open(Path("a.db"));

        Assert.True(store.Add(result));
        Assert.False(store.Add(result));

        Assert.Single(store.Read(contest));
    }

    [Fact]
    public void Add_DifferentResultOfTheSameCase_ThrowsAndKeepsTheFirst()
    {
        var contest = Some.Contest();
        var result = Some.Results(contest)[0];
        using var store = ResultStore.Open(Path("a.db"));
        store.Add(result);

        var thrown = Assert.Throws<InvalidOperationException>(() =>
            store.Add(result with { Timing = result.Timing with { RunSeconds = 1 } }));

        Assert.Contains(result.Entry.Id, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(Texts([result]), Texts(store.Read(contest)));
    }

    [Fact]
    public void Add_OtherEntryByTheSameId_Throws()
    {
        var results = Some.Results(Some.Contest());
        using var store = ResultStore.Open(Path("a.db"));
        store.Add(results[0]);

        var other = results[1] with { Entry = results[1].Entry with { Team = "Another team" } };

        Assert.Throws<InvalidDataException>(() => store.Add(other));
    }

    [Fact]
    public void Add_StructureTwice_LeavesNothingOfTheCase()
    {
        var contest = Some.Contest();
        var result = Some.Results(contest)[0];
        using var store = ResultStore.Open(Path("a.db"));

        Assert.ThrowsAny<Exception>(() => store.Add(result with { Scores = [result.Scores[0], result.Scores[0]] }));

        Assert.Empty(store.Read(contest));
        Assert.True(store.Add(result));
    }

    [Fact]
    public void Add_ScoreOutsideItsRange_Throws()
    {
        var result = Some.Results(Some.Contest())[0];
        using var store = ResultStore.Open(Path("a.db"));

        Assert.ThrowsAny<Exception>(() =>
            store.Add(result with { Scores = [result.Scores[0] with { Dsc = 1.01 }] }));
    }

    [Fact]
    public void Add_FromManyThreads_KeepsEverything()
    {
        var contest = Some.Contest();
        var results = Some.Results(contest);
        using var store = ResultStore.Open(Path("a.db"));

        Parallel.ForEach(results, result => store.Add(result));

        Assert.Equal(results.Count, store.Read(contest).Count);
    }

    [Fact]
    public void Open_AgainAfterClosing_HasTheResults()
    {
        var contest = Some.Contest();
        using (var store = ResultStore.Open(Path("a.db")))
        {
            store.Add(Some.Results(contest)[0]);
        }

        using var again = ResultStore.Open(Path("a.db"));

        Assert.Single(again.Read(contest));
    }

    [Fact]
    public void Open_AnotherDatabase_IsRefused()
    {
        ResultStore.Open(Path("a.db")).Dispose();
        var bytes = File.ReadAllBytes(Path("a.db"));
        bytes[63] = 99;
        File.WriteAllBytes(Path("b.db"), bytes);

        var thrown = Assert.Throws<InvalidDataException>(() => ResultStore.Open(Path("b.db")));

        Assert.Contains("reindex", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CasesAndChallengesOutsideTheContest_AreLeftOut()
    {
        var contest = Some.Contest();
        var results = Some.Results(contest);
        using var store = ResultStore.Open(Path("a.db"));
        foreach (var result in results)
        {
            store.Add(result);
        }

        var smaller = contest with { Datasets = [contest.Datasets[0]] };

        Assert.All(store.Read(smaller), result => Assert.Equal("north", result.Case.Dataset));
        Assert.Empty(store.Read(contest with { Id = "another" }));
        Assert.Equal(results.Count, store.ReadChallenge("abdomen").Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Add_PartsOfAStudyAcceptedOneAfterAnother_AreOneEntryAsOldAsTheFirst(int first, int second)
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        ImportedScores Part(int number) => Some.Import(
            "a", contest.Datasets[number], new ImportedCase(contest.Datasets[number].Cases[0].Id, [0.5], [0.5]));
        var later = Part(1).Entry with { ReceivedAt = Some.Now.AddMinutes(7) };
        ImportedScores[] parts = [Part(0), Part(1) with { Entry = later }];
        using var store = ResultStore.Open(Path("a.db"));

        store.Add(parts[first]);
        store.Add(parts[second]);

        using var read = Touchstone.Leaderboard.Store.StoreSnapshot.Open(Path("a.db"), contest.Id);
        Assert.Equal(parts[0].Entry.ReceivedAt, read.Entries.Single().ReceivedAt);
        Assert.Throws<InvalidDataException>(() => store.Add(
            Part(2) with { Entry = later with { TrainedOn = ["elsewhere"] } }));
    }

    [Fact]
    public void Add_Import_IsReadBackForItsContestOnly()
    {
        var (contest, imports) = StudyWithGolden.Of(StudyWithGolden.MadeUp).CommonCases();
        using var store = ResultStore.Open(Path("a.db"));

        Assert.True(store.Add(imports[0]));
        Assert.False(store.Add(imports[0]));

        Assert.Equal(ImportedJson.Write(imports[0]), ImportedJson.Write(store.ReadImports(contest).Single()));
        Assert.Empty(store.ReadImports(contest with { Datasets = [] }));
        Assert.Throws<InvalidOperationException>(() => store.Add(imports[0] with { Cases = [] }));
    }

    [Fact]
    public void Forget_File_TakesAwayWhatItToldAndNothingElse()
    {
        var (contest, results) = (Some.Contest(), Some.Results(Some.Contest()));
        var (study, imports) = StudyWithGolden.Of(StudyWithGolden.MadeUp).CommonCases();
        using var store = ResultStore.Open(Path("a.db"));
        store.Add(results[0], new SourceFile("runs/1", 10, 1));
        store.Add(results[1], new SourceFile("runs/2", 20, 2));
        store.Add(imports[0], new SourceFile("imports/1", 30, 3));

        store.Forget("runs/1");
        store.Forget("imports/1");
        store.Forget("runs/none");

        Assert.Equal([new SourceFile("runs/2", 20, 2)], store.ReadFiles());
        Assert.Equal(Texts([results[1]]), Texts(store.Read(contest)));
        Assert.Empty(store.ReadImports(study));
        Assert.True(store.Add(results[0] with { EndingDetail = "run again" }));
    }

    private static IEnumerable<(CaseResult, SourceFile?)> Unfiled(IEnumerable<CaseResult> results) =>
        results.Select(result => (result, (SourceFile?)null));

    private static string[] Texts(IEnumerable<CaseResult> results) =>
        [.. results.Select(result => System.Text.Encoding.UTF8.GetString(ResultJson.Write(result)))];

    private static string[] Canonical(IEnumerable<CaseResult> results) => Texts(results
        .OrderBy(result => result.Entry.Id, StringComparer.Ordinal)
        .ThenBy(result => result.Case.Dataset, StringComparer.Ordinal)
        .ThenBy(result => result.Case.Case, StringComparer.Ordinal));

    private string Path(string name) => System.IO.Path.Combine(_folder, name);
}
