using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Transfer;

/// <summary>Studies with the executable and the real engine.</summary>
[Trait("Category", "Engine")]
[Collection(RoadsWithTheEngine.Name)]
public sealed class TransferRunTests(EngineFixture fixture)
{
    private const string Limits = """
        limits: { wall-seconds: 20, grace-seconds: 0.5, memory-mb: 64, cpus: 1, processes: 64, output-mb: 16, temporary-mb: 8, shared-memory-mb: 8 }
        """;

    private const string Whole = $$"""
        title: Tiny
        seed: 40
        trials: 2
        {{Limits}}
        backbones:
          net: { image: IMAGE, settings: { mode: copy } }
        pretrainings:
          scratch: { kind: scratch }
          supervised: { kind: trained, datasets: [source], structures: [liver, spleen], cases: 3 }
          downloaded: { kind: weights, weights: { net: weights } }
          published: { kind: imported, cases: 500, hours: 10 }
        tasks:
          organs: { structures: [liver, spleen], training: target, validation: 0.25, test: [test], cases: [1, 2] }
        imported:
          - { backbone: net, pretraining: published, task: organs, cases: 2, trials: [published] }
        """;

    [Fact]
    public async Task Run_WholeStudy_TrainsPassesModelsOnScoresImportsAndReports()
    {
        using var study = new TinyStudy(Whole);
        Directory.CreateDirectory(study.PathOf("weights/deep"));
        Directory.CreateDirectory(study.PathOf("published"));
        File.WriteAllText(study.PathOf("weights/deep/weights.bin"), "w");
        File.WriteAllText(study.PathOf("published/dsc.csv"), "case,liver,spleen\ntest1,0.9,0.8\ntest2,0.9,\ntest3,0.9,0.8\n");
        try
        {
            study.Run().Succeeded();

            AssertResults(study);
            Assert.All(study.States().Values, state => Assert.Equal("completed", state));
            Assert.Contains("14 had a result already", study.Run().Succeeded().Output, StringComparison.Ordinal);
            study.Report("--output", study.PathOf("report"), "--json", study.PathOf("report.json")).Succeeded();
            Assert.Equal(File.ReadAllText(study.PathOf("report.json")), File.ReadAllText(study.PathOf("report/data/report.json")));
            var page = File.ReadAllText(study.PathOf("report/index.html"));
            Assert.DoesNotContain("test1", page + File.ReadAllText(study.PathOf("report/data/scores.csv")), StringComparison.Ordinal);
            Assert.Contains("13 of 13", page, StringComparison.Ordinal);

            // Another definition of the same name is refused, whatever is asked for.
            study.Change("seed: 40", "seed: 41");
            Assert.Contains("other seed, training.", study.Report("--json", "-").Error, StringComparison.Ordinal);
            var refused = study.Run();
            Assert.Equal((1, true), (refused.ExitCode, refused.Error.Contains("another definition of study tiny", StringComparison.Ordinal)));
        }
        finally
        {
            await study.RemoveImageAsync(fixture.Engine);
        }
    }

    private static void AssertResults(TinyStudy study)
    {
        var pretraining = study.Result("net.supervised");
        var scratch = study.Result("net.scratch.organs.n2.t1");
        var fine = study.Result("net.supervised.organs.n2.t1");

        Assert.Equal((Ending.Completed, 40L, 3), (pretraining.Ending, pretraining.Run!.Seed, pretraining.Training.Count));
        Assert.Equal("deep/weights.bin", Assert.Single(pretraining.Model!.Files).Path);
        Assert.True(File.Exists(Path.Combine(study.Root, "models", pretraining.Model.Files[0].Sha256)));
        Assert.Equal(pretraining.Model.Sha256, fine.Initial!.Sha256);
        Assert.Null(scratch.Initial);
        Assert.Equal((41L, 41L), (scratch.Run!.Seed, fine.Run!.Seed));
        Assert.Equal(scratch.Training, fine.Training);
        Assert.All(fine.Training, one => Assert.StartsWith("target", one.Case, StringComparison.Ordinal));
        Assert.All(fine.Test, one => Assert.Null(one.Case.Case));
        Assert.Equal([1, 1], fine.Test[0].Scores.Select(score => score.Dsc));
        Assert.Equal([1, 0], scratch.Test[0].Scores.Select(score => score.Dsc));
        Assert.Equal([0.25, 0.75], scratch.Log.Select(point => point.ValidationDsc));
        Assert.True(scratch.Run.Timing.RunSeconds > 0);
        Assert.NotNull(study.Result("net.downloaded.organs.n1.t0").Initial);
        Assert.False(Directory.Exists(Path.Combine(study.Root, "jobs", "net.scratch.organs.n2.t1", "prediction", "model")));
        var import = study.Result("net.published.organs.n2.t0");
        Assert.Equal((JobKind.Imported, 4, Ending.OutputMissing), (import.Job.Kind, import.Test.Count, import.Test[3].Ending));
        Assert.Equal(0.9, import.Test[0].Scores[0].Dsc);
        Assert.Single(import.Test[1].Scores);
    }

    [Theory]
    [InlineData("crash", "crashed", "Exited with code 1.")]
    [InlineData("nothing", "outputMissing", "Exited with 0, but left no outputs/model/….")]
    [InlineData("flood", "outputTooLarge", "The output folder is full: it takes 16 MiB and 1024 files and folders.")]
    [InlineData("symlink", "outputForbidden", "The output folder holds something other than regular files and folders.")]
    public async Task Run_PretrainingThatFails_IsAnEndingAndBlocksWhatBuildsOnIt(string mode, string state, string detail)
    {
        using var study = new TinyStudy(Failing(mode, pretrainingFails: true));
        try
        {
            var run = study.Run().Succeeded();

            Assert.Contains("2 jobs done, 0 had a result already, 0 left without one, 1 blocked", run.Output, StringComparison.Ordinal);
            Assert.Equal(
                new Dictionary<string, string>
                {
                    ["net.supervised"] = state,
                    ["net.scratch.organs.n1.t0"] = "completed",
                    ["net.supervised.organs.n1.t0"] = "blocked",
                },
                study.States());
            Assert.Equal(detail, study.Result("net.supervised").EndingDetail);
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(study.Root, "jobs", "net.supervised", "prediction")));
            Assert.Contains("Its pre-training failed", study.Report("--json", "-").Succeeded().Output, StringComparison.Ordinal);
        }
        finally
        {
            await study.RemoveImageAsync(fixture.Engine);
        }
    }

    [Theory]
    [InlineData("pipe", "outputForbidden")]
    [InlineData("nothing", "outputMissing")]
    [InlineData("memory", "outOfMemory")]
    [InlineData("sleep", "timedOut")]
    [InlineData("odd-names", "completed")]
    [InlineData("wrong-grid", "completed")]
    public async Task Run_CellThatFails_CountsWithTheWorstValue(string mode, string state)
    {
        var seconds = mode == "sleep" ? 4 : 20;
        using var study = new TinyStudy(
            Failing(mode, pretrainingFails: false).Replace("wall-seconds: 20", $"wall-seconds: {seconds}", StringComparison.Ordinal));
        try
        {
            study.Run().Succeeded();

            Assert.Equal(state, study.States()["net.scratch.organs.n1.t0"]);
            var result = study.Result("net.scratch.organs.n1.t0");
            Assert.Equal(mode == "odd-names" ? Ending.Completed : mode == "wrong-grid" ? Ending.OutputWrongGrid : result.Ending, result.Test[0].Ending);
            Assert.All(result.Test, one => Assert.Equal(2, one.Scores.Count));
            Assert.Equal(mode == "odd-names" ? 1.0 : null, result.Test[0].Scores[0].Dsc);
        }
        finally
        {
            await study.RemoveImageAsync(fixture.Engine);
        }
    }

    [Fact]
    public async Task Run_KilledAgainAndAgain_LosesTheJobInFlightOnly()
    {
        using var study = new TinyStudy(Whole.Replace("trials: 2", "trials: 3", StringComparison.Ordinal)
            .Replace("  downloaded: { kind: weights, weights: { net: weights } }\n", "", StringComparison.Ordinal));
        Directory.CreateDirectory(study.PathOf("published"));
        File.WriteAllText(study.PathOf("published/dsc.csv"), "case,liver,spleen\ntest1,0.9,0.8\n");
        var random = new Random(20261126);
        try
        {
            for (var kill = 0; kill < 6; kill++)
            {
                var before = Finished(study);
                using var process = CommandRun.StartTouchstone(["transfer", "run", study.StudyPath, .. study.Options]);
                process.WaitForExit(random.Next(500, 3500));
                process.Kill();
                process.WaitForExit();
                Assert.Equal(before, Finished(study).Intersect(before).Order());
            }

            var kept = Finished(study).ToDictionary(job => job, job => File.GetLastWriteTimeUtc(Path.Combine(study.Root, "jobs", job, "result.json")));
            study.Run().Succeeded();
            Assert.All(study.States().Values, state => Assert.Equal("completed", state));
            Assert.All(kept, one => Assert.Equal(one.Value, File.GetLastWriteTimeUtc(Path.Combine(study.Root, "jobs", one.Key, "result.json"))));
            var label = $"label=touchstone.workspace={Workspace.Open(study.PathOf("workspace")).Id}";
            Assert.Empty(CommandRun.Of("docker", "ps", "-aq", "--filter", label).Succeeded().Output);
            Assert.Empty(CommandRun.Of("docker", "volume", "ls", "-q", "--filter", label).Succeeded().Output);
        }
        finally
        {
            await study.RemoveImageAsync(fixture.Engine);
        }
    }

    private static IReadOnlyList<string> Finished(TinyStudy study) => Directory.Exists(Path.Combine(study.Root, "jobs"))
        ? [.. Directory.GetDirectories(Path.Combine(study.Root, "jobs"))
            .Where(folder => File.Exists(Path.Combine(folder, "result.json"))).Select(folder => Path.GetFileName(folder)!).Order()]
        : [];

    private static string Failing(string mode, bool pretrainingFails) => $$"""
        title: Failing
        {{Limits}}
        backbones:
          net: { image: IMAGE }
        pretrainings:
          scratch: { kind: scratch }
          supervised: { kind: trained, datasets: [source], structures: [liver], settings: { mode: {{(pretrainingFails ? mode : "copy")}} } }
        tasks:
          organs:
            { structures: [liver, spleen], training: target, test: [test], cases: 1, settings: { mode: {{(pretrainingFails ? "copy" : mode)}} } }
        """;
}
