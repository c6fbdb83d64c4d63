using System.Text.Json;
using Touchstone.Harness.Meters;
using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary>What <c>touchstone run</c> offers for times that can be believed, from outside.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class TimedRunTests(EngineFixture fixture) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_Repeated_ShowsMedianSpreadAndWhetherPredictionsAreTheSame()
    {
        var contest = Contest(cases: 2);

        var run = contest.Touchstone("run", "well-behaved", "--repeat", "3", "--cpu-set", "0", "--json").Succeeded();
        var table = contest.Touchstone("run", "well-behaved", "--repeat", "3").Succeeded();

        using var json = JsonDocument.Parse(run.Output);
        var cases = json.RootElement.EnumerateArray().ToList();
        Assert.Equal(["case1", "case2"], cases.Select(one => one.GetProperty("case").GetString()));
        Assert.All(cases, one => Assert.Equal((3, "identical"), (one.GetProperty("runs").GetInt32(), one.GetProperty("predictions").GetString())));
        Assert.All(cases, one => Assert.True(one.GetProperty("leastSeconds").GetDouble() <= one.GetProperty("medianSeconds").GetDouble()));
        Assert.All(["Median s", "s.d. s", "case2", "identical"], text => Assert.Contains(text, table.Output, StringComparison.Ordinal));
        var result = ResultFile.Read(contest.Workspace.ResultPath("well-behaved", "phantom", "case1"));
        Assert.Equal("0", result.Machine.CpuSet);
    }

    [Fact]
    public async Task Run_WhileAnotherTimedRunHoldsACore_WaitsAndSaysSo()
    {
        var contest = Contest(cases: 1);
        using var other = await MachineLock.TakeAsync(
            MachineLock.DefaultFolder, ["core-0"], _ => { }, TimeProvider.System, CancellationToken.None);
        using var run = CommandRun.StartTouchstone(["run", "--all", .. contest.Options]);
        var line = "";
        while (!line.Contains("Waiting", StringComparison.Ordinal))
        {
            line = await run.StandardError.ReadLineAsync() ?? throw new InvalidOperationException("It ended without waiting.");
        }

        Assert.Contains("core-0", line, StringComparison.Ordinal);
        Assert.False(File.Exists(contest.Workspace.ResultPath("well-behaved", "phantom", "case1")));
        other.Dispose();

        await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Run_BatchByTheChallengeFile_TimesCasesInOneContainer()
    {
        var contest = new TinyContest(fixture, _folder.Path).Make(
            ["batch-worker"], cases: 3, rules => $"{rules}timing:\n  protocol: batch\n  batch-cases: 3\n  warm-up: yes\n");

        contest.Touchstone("run", "--all").Succeeded();

        var results = ResultFile.ReadAll(contest.Workspace).ToList();
        Assert.Equal(3, results.Count);
        Assert.All(results, result => Assert.Equal(("batch", 3), (result.Timing.Protocol, result.Timing.BatchCases)));
        Assert.All(results, result => Assert.NotNull(result.Timing.WarmUpSeconds));
        Assert.Single(results.Select(result => result.Timing.StartedAt).Distinct());
    }

    [Theory]
    [InlineData("--cpu-set", "0-9999")]
    [InlineData("--cpu-set", "some")]
    [InlineData("--repeat", "0")]
    public void Run_TimingOptionsWrong_ExitsWith2(string option, string value)
    {
        var run = Contest(cases: 1).Touchstone("run", "--all", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private TinyContest Contest(int cases) => new TinyContest(fixture, _folder.Path).Make(["well-behaved"], cases);
}
