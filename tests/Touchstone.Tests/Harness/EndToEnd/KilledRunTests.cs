using System.Globalization;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary>
/// The executable killed with SIGKILL in the middle of real runs, at moments drawn from a seed, and started again each
/// time. TOUCHSTONE_LONG=1 in the environment makes it 250 times.
/// </summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class KilledRunTests(EngineFixture fixture)
{
    private const int Seed = 20261121;
    private const int LatestKillMs = 1200;

    private static readonly int Kills = Environment.GetEnvironmentVariable("TOUCHSTONE_LONG") == "1" ? 250 : 12;

    private static readonly string[] Participants =
    [
        "daemon", "log-flooder", "memory-bomb", "output-filler", "temporary-filler", "well-behaved", "well-behaved-folder",
    ];

    [Fact]
    public void Run_KilledAgainAndAgain_ComesToTheSameResultsAndLeavesNothing()
    {
        using var calmFolder = new TemporaryFolder();
        using var killedFolder = new TemporaryFolder();
        var calm = new TinyContest(fixture, calmFolder.Path).Make(Participants, cases: 2);
        calm.Touchstone("run").Succeeded();
        var killed = new TinyContest(fixture, killedFolder.Path).Make([], cases: 2);
        CopyEntries(calm, killed);
        var random = new Random(Seed);

        for (var kills = 0; kills < Kills;)
        {
            kills += KillOnce(killed, random.Next(LatestKillMs)) ? 1 : 0;
            if (Results(killed).Count > Participants.Length)
            {
                ForgetHalf(killed, random);
            }
        }

        killed.Touchstone("run").Succeeded();
        Assert.Equal(Results(calm), Results(killed));
        Assert.Equal(Files(calm), Files(killed));
        AssertNothingLeft(killed.Workspace.Id);
    }

    /// <summary>The key makes the pseudonyms, which are names of files.</summary>
    private static void CopyEntries(TinyContest from, TinyContest to)
    {
        foreach (var file in Directory.EnumerateFiles(from.WorkspacePath, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(from.Workspace.RunsPath, StringComparison.Ordinal))
            .Where(file => Path.GetFileName(file) is "workspace.key" or "submission.json"))
        {
            var target = Path.Combine(to.WorkspacePath, Path.GetRelativePath(from.WorkspacePath, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    /// <summary>True when it was killed while it worked, not after it had finished.</summary>
    private static bool KillOnce(TinyContest contest, int milliseconds)
    {
        using var process = CommandRun.StartTouchstone(["run", .. contest.Options]);
        Assert.Contains("cases", process.StandardError.ReadLine() ?? "", StringComparison.Ordinal);
        var isFinished = process.WaitForExit(milliseconds);
        process.Kill();
        process.WaitForExit();
        return !isFinished && process.ExitCode == 128 + 9;
    }

    /// <summary>Takes results away again, so that there is always work to be killed at.</summary>
    private static void ForgetHalf(TinyContest contest, Random random)
    {
        var all = Directory.GetFiles(contest.Workspace.RunsPath, ResultFile.Name, SearchOption.AllDirectories);
        Array.Sort(all, StringComparer.Ordinal);
        foreach (var path in all.Where(_ => random.Next(2) == 0))
        {
            File.Delete(path);
        }

        foreach (var store in Directory.GetFiles(contest.WorkspacePath, "store.sqlite*"))
        {
            File.Delete(store);
        }
    }

    private static IReadOnlyList<string> Results(TinyContest contest) =>
        [.. ResultFile.ReadAll(contest.Workspace).Select(Text)];

    private static string Text(CaseResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Entry.Id}/{result.Case.Case}/{result.Case.Pseudonym}: {result.Ending} ({result.EndingDetail}) {result.ExitCode} "
        + $"{string.Join(' ', result.Scores)} {string.Join(' ', result.Outputs)}");

    private static IReadOnlyList<string> Files(TinyContest contest) =>
    [
        .. Directory.EnumerateFileSystemEntries(contest.WorkspacePath, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(contest.WorkspacePath, path))
            .Order(StringComparer.Ordinal),
    ];

    private static void AssertNothingLeft(string workspaceId)
    {
        var label = $"label=touchstone.workspace={workspaceId}";
        Assert.Empty(Docker("ps", "-aq", "--filter", label));
        Assert.Empty(Docker("volume", "ls", "-q", "--filter", label));
        Assert.True(SpinWait.SpinUntil(() => !MountsWithoutVolume().Any(), TimeSpan.FromSeconds(15)), "A volume is gone, its mount is not.");
        Assert.Empty(Directory.EnumerateDirectories("/sys/fs/cgroup", $"touchstone-{workspaceId}-*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = 2,
        }));
    }

    /// <summary>Ours have no volume any more; those that have one belong to others who use the engine at this moment.</summary>
    private static IEnumerable<string> MountsWithoutVolume()
    {
        var mounts = File.ReadAllLines("/proc/mounts").Select(line => line.Split(' ')[1])
            .Where(path => path.Contains("/volumes/touchstone-", StringComparison.Ordinal)).ToList();
        var volumes = Docker("volume", "ls", "-q").Split('\n').ToHashSet();
        return mounts.Where(path => !volumes.Contains(path.Split('/')[^2]));
    }

    private static string Docker(params string[] arguments) => CommandRun.Of("docker", arguments).Succeeded().Output;
}
