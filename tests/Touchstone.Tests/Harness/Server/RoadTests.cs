using System.Diagnostics;
using System.Text;
using Dapper;
using Touchstone.Evaluators;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Store;
using Touchstone.Tests.Harness.EndToEnd;
using Touchstone.Tests.Harness.Images;

namespace Touchstone.Tests.Harness.Server;

/// <summary>The whole road with the processes that a user has: server, its worker, and the command line of a participant.</summary>
[Collection(RoadsWithTheEngine.Name)]
[Trait("Category", "Engine")]
public sealed class RoadTests(EngineFixture fixture) : IAsyncLifetime, IDisposable
{
    /// <summary>Other processes are at work; nothing but looking tells how far they are.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly TinyWorkspace _workspace = new();

    public Task InitializeAsync()
    {
        _workspace.Fill(fixture.NewCase("case1"));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var submission in SubmissionFile.ReadAll(_workspace.Workspace).DistinctBy(one => one.Image))
        {
            await fixture.Engine.RemoveImageAsync(submission.Image.Value);
        }
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Submission_ThroughAServer_IsRunScoredAndPublished()
    {
        var token = KilledServerTests.Register(_workspace);
        using var server = await ServerProcess.StartAsync(_workspace);

        var run = Submit(server, token, Archive("good.tar", "cp /workspace/masks/truth.nii.gz /workspace/outputs/$name.nii.gz"), "Good");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("Uploaded 100 %", run.Error, StringComparison.Ordinal);
        Assert.Contains("Finished: 1 case has its ending.", run.Error, StringComparison.Ordinal);
        using var client = KilledServerTests.Client(server, token);
        var id = run.Output.Trim();
        var scores = await LiveServer.ReadAsync(await client.GetAsync($"/api/v1/attempts/{id}/scores"));
        Assert.All(scores.GetProperty("structures").EnumerateArray(), one => Assert.Equal(1, one.GetProperty("dsc").GetDouble()));
        var cases = await client.GetStringAsync($"/api/v1/attempts/{id}/cases");
        Assert.Contains("\"ending\":\"completed\"", cases, StringComparison.Ordinal);
        Assert.DoesNotContain("case1", cases, StringComparison.Ordinal);
        await PublishedAsync("Team A");
        Assert.Equal(0, (await server.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task FailingContainerAndArchiveThatIsNone_AreExplained()
    {
        var token = KilledServerTests.Register(_workspace);
        using var server = await ServerProcess.StartAsync(_workspace);
        var junk = _workspace.Beside("junk.tar");
        File.WriteAllText(junk, "no archive");

        var failing = Submit(server, token, Archive("failing.tar", "echo no weights found; exit 3"), "Failing");
        var rejected = Submit(server, token, junk, "Junk");
        var circle = _workspace.Beside("circle.tar");
        File.WriteAllBytes(circle, HostileImages.Named("shell in a circle of links").Image.Build());
        var untriable = Submit(server, token, circle, "Circle");

        Assert.Equal(0, failing.ExitCode);
        using var client = KilledServerTests.Client(server, token);
        var cases = await client.GetStringAsync($"/api/v1/attempts/{failing.Output.Trim()}/cases");
        Assert.Contains("\"exitCode\":3", cases, StringComparison.Ordinal);
        Assert.Contains("no weights found", cases, StringComparison.Ordinal);
        Assert.Equal(1, rejected.ExitCode);
        Assert.Contains("Rejected: \"junk.tar\" is not an archive", rejected.Error, StringComparison.Ordinal);
        Assert.Equal(1, untriable.ExitCode);
        Assert.Contains("Rejected: The image cannot be started, says the engine: ", untriable.Error, StringComparison.Ordinal);
        Assert.Equal(AttemptState.Rejected, Attempt(untriable.Output.Trim()).State); // which quotas count
        Assert.DoesNotContain(_workspace.WorkspacePath, rejected.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerToldToEnd_LetsTheRunGo_AndTheNextFinishesIt()
    {
        var token = KilledServerTests.Register(_workspace);
        var archive = Archive(
            "slow.tar", "sleep 4; cp /workspace/masks/truth.nii.gz /workspace/outputs/$name.nii.gz");
        string id;
        using (var server = await ServerProcess.StartAsync(_workspace))
        {
            var run = Submit(server, token, archive, "Slow", "--no-wait");
            Assert.True(run.ExitCode == 0, run.Error);
            id = run.Output.Trim();
            await ReachedAsync(id, AttemptState.Running);
            Assert.Equal(0, (await server.EndAsync()).ExitCode);
        }

        Assert.Equal(AttemptState.Running, Attempt(id).State);
        using (await ServerProcess.StartAsync(_workspace))
        {
            await ReachedAsync(id, AttemptState.Finished);
        }

        Assert.Single(ResultFile.ReadAll(_workspace.Workspace));
    }

    [Fact]
    public async Task WorkerKilledInTheMiddleOfARun_LosesItsHold_AndAnotherFinishesIt()
    {
        var token = KilledServerTests.Register(_workspace);
        using var server = await ServerProcess.StartAsync(_workspace, "--no-worker");
        var run = Submit(
            server, token, Archive("slow.tar", "sleep 4; cp /workspace/masks/truth.nii.gz /workspace/outputs/$name.nii.gz"), "Slow",
            "--no-wait");
        Assert.True(run.ExitCode == 0, run.Error);
        var id = run.Output.Trim();
        using (var first = StartWorker())
        {
            await ReachedAsync(id, AttemptState.Running);
            first.Kill();
            await first.WaitForExitAsync();
        }

        Assert.Empty(ResultFile.ReadAll(_workspace.Workspace));
        Assert.Equal((0, 1), LeasesOf(id));
        using var second = StartWorker();
        LetAMinutePass(id);
        await ReachedAsync(id, AttemptState.Finished);

        Assert.Equal("completed", $"{Assert.Single(ResultFile.ReadAll(_workspace.Workspace)).Ending}", ignoreCase: true);
        Assert.Equal((1, 2), LeasesOf(id)); // taken up twice, lost once
        CommandRun.Of("kill", "-TERM", $"{second.Id}").Succeeded();
        await second.WaitForExitAsync();
        Assert.Equal(0, second.ExitCode);
    }

    private Process StartWorker()
    {
        var worker = CommandRun.StartTouchstone(["work", "--least-free-mb", "1", .. _workspace.Options]);
        _ = worker.StandardError.ReadToEndAsync();
        return worker;
    }

    /// <summary>How often an attempt's holder died, and how often it was taken up.</summary>
    private (long Lost, long TakenUp) LeasesOf(string id)
    {
        using var connection = Sqlite.Open(_workspace.Workspace.IntakePath);
        return connection.QuerySingle<(long, long)>("SELECT lost, fence FROM attempt WHERE id = @id", new { id });
    }

    /// <summary>What waiting for a lease to run out would come to.</summary>
    private void LetAMinutePass(string id)
    {
        using var connection = Sqlite.Open(_workspace.Workspace.IntakePath);
        var past = UtcText.Of(DateTimeOffset.UnixEpoch);
        Assert.Equal(1, connection.Execute("UPDATE attempt SET lease_until = @past WHERE id = @id", new { id, past }));
    }

    private CommandRun Submit(ServerProcess server, string token, string archive, string name, params string[] options)
    {
        var tokenFile = _workspace.Beside("token");
        File.WriteAllText(tokenFile, token);
        return CommandRun.Touchstone(
            ["submit", archive, "--server", $"{server.Address}", "--token-file", tokenFile, "--name", name, "--challenge", "tiny",
                "--phase", "debug", .. options]);
    }

    private string Archive(string file, string script)
    {
        var truth = _workspace.Beside("truth.nii.gz");
        NiftiWriter.Write(truth, EngineFixture.Geometry, EngineFixture.Truth());
        var image = new TestImage
        {
            Files = new Dictionary<string, byte[]>
            {
                ["bin/bash"] = Encoding.UTF8.GetBytes("#!/bin/sh\nexec /bin/sh \"$@\"\n"),
                ["workspace/predict.sh"] = Encoding.UTF8.GetBytes(
                    $"for f in /workspace/inputs/*; do name=$(basename \"$f\" .nii.gz); done\n{script}\n"),
                ["workspace/masks/truth.nii.gz"] = File.ReadAllBytes(truth),
            },
        };
        var path = _workspace.Beside(file);
        File.WriteAllBytes(path, image.Build());
        return path;
    }

    private Attempt Attempt(string id)
    {
        using var store = IntakeStore.Open(_workspace.Workspace.IntakePath, TimeProvider.System);
        return store.GetAttempt(null, id);
    }

    private async Task ReachedAsync(string id, AttemptState state)
    {
        while (Attempt(id) is var attempt && attempt.State != state)
        {
            Assert.False(attempt.HasEnded, $"{attempt.State}: {attempt.FaultText} {attempt.OperatorText}");
            await Task.Delay(LookEvery);
        }
    }

    /// <summary>Waits for another process to publish a page with a text on it.</summary>
    private async Task PublishedAsync(string text)
    {
        while (!Editions().Any(page => File.ReadAllText(page).Contains(text, StringComparison.Ordinal)))
        {
            await Task.Delay(LookEvery);
        }
    }

    /// <summary>First pages of whole editions: one that is being written has another folder's name, and may move at any time.</summary>
    private IEnumerable<string> Editions()
    {
        var boards = Path.Combine(_workspace.WorkspacePath, "boards");
        return !Directory.Exists(boards) ? [] :
            from challenge in Directory.GetDirectories(boards)
            from phase in Directory.GetDirectories(challenge)
            from edition in Directory.GetDirectories(phase)
            where !Path.GetFileName(edition).StartsWith('.')
            select Path.Combine(edition, "index.html");
    }
}
