using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary>What a full disk stops, and what it does not; and what of images stays on it.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class DiskTests(EngineFixture fixture)
{
    [Fact]
    public void Submit_BelowTheFloor_IsRefusedWhileRunsGoOn()
    {
        using var folder = new TemporaryFolder();
        using var disk = new SmallDisk(megabytes: 64);
        var contest = new TinyContest(fixture, folder.Path, Path.Combine(disk.Path, "workspace")).Make(["well-behaved"], cases: 1);
        var archive = folder.File("team.tar");
        File.WriteAllBytes(archive, Image("a").Build());

        var refused = Submit(contest, archive, "100");
        var run = contest.Touchstone("run").Succeeded();
        var accepted = Submit(contest, archive, "10").Succeeded();

        Assert.Equal(1, refused.ExitCode);
        Assert.Matches(@"^Intake is closed: \d+ MiB are free on the disk of the workspace, and 100 MiB are needed", refused.Error);
        Assert.DoesNotContain(disk.Path, refused.Error, StringComparison.Ordinal);
        Assert.StartsWith("1 case run", run.Output, StringComparison.Ordinal);
        Remove(contest, accepted.Output.Trim());
    }

    [Fact]
    public void Check_ImageThatWouldLeaveTooLittle_IsRefusedBeforeItIsLoaded()
    {
        using var disk = new SmallDisk(megabytes: 64);
        var watch = new DiskWatch(10 << 20, [(disk.Path, "engine"), ("/nowhere/at/all", "other machine")]);

        watch.Check(imageBytes: 20 << 20);

        var fault = Assert.Throws<IntakeClosedException>(() => watch.Check(imageBytes: 40 << 20));
        Assert.Contains("90 MiB are needed (10 MiB of them stay free)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DiskFull_IsTriedAgainNeverScoredAndFinishedWhenThereIsRoom()
    {
        using var disk = new SmallDisk(megabytes: 8);
        var workspace = Workspace.Open(Path.Combine(disk.Path, "workspace"));
        var plan = PlannedCase.Of(
            fixture.Submission(Participant.Named("well-behaved")), EngineFixture.Challenge, [fixture.NewCase("one"), fixture.NewCase("two")]);
        List<RunEvent> events = [];
        var loop = new RunLoop(workspace, fixture.Engine, new RunSettings
        {
            ManifestSha256 = new string('a', 64),
            RetryDelays = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)],
        });
        Directory.CreateDirectory(workspace.RunsPath);
        await File.WriteAllTextAsync(Path.Combine(workspace.Root, "run.lock"), "0\n");
        disk.Fill();

        await Assert.ThrowsAnyAsync<IOException>(() => loop.RunAsync(plan, events.Add));
        var whileFull = ResultFile.ReadAll(workspace).Count();
        disk.Empty();
        var summary = await loop.RunAsync(plan, _ => { });

        Assert.Equal(0, whileFull);
        Assert.Equal(2, events.OfType<RunEvent.CaseRetried>().Count());
        Assert.Contains("The disk is full", events.OfType<RunEvent.CaseAbandoned>().Single().Reason, StringComparison.Ordinal);
        Assert.Equal(new RunSummary(2, 0, 0), summary);
        Assert.All(ResultFile.ReadAll(workspace), result => Assert.Equal(Ending.Completed, result.Ending));
        await fixture.AssertNothingLeftAsync(workspace);
    }

    [Fact]
    public async Task Accept_TwoImagesOnOneLayer_KeepsThatLayerOnce()
    {
        var intake = new ImageIntake(fixture.Engine);
        using var folder = new TemporaryFolder();
        var layer = Image(Guid.NewGuid().ToString());
        File.WriteAllBytes(folder.File("one.tar"), (layer with { Environment = ["A=1"] }).Build());
        File.WriteAllBytes(folder.File("two.tar"), (layer with { Environment = ["A=2"] }).Build());

        var one = await intake.AcceptAsync(folder.File("one.tar"), 1L << 30);
        var two = await intake.AcceptAsync(folder.File("two.tar"), 1L << 30);

        Assert.NotEqual(one.Digest, two.Digest);
        Assert.Equal(PlaceOnDisk(one), PlaceOnDisk(two));
        await ImageRemoval.RemoveAsync(fixture.Engine, [one.Digest], default);
        Assert.Null(await fixture.Engine.FindImageAsync(one.Digest.Value));
        Assert.True(Directory.Exists(PlaceOnDisk(two)));
        await ImageRemoval.RemoveAsync(fixture.Engine, [two.Digest], default);
    }

    [Fact]
    public async Task Run_RemoveImages_TakesThemOnceAllTheirEntriesAreDone()
    {
        using var folder = new TemporaryFolder();
        var contest = new TinyContest(fixture, folder.Path).Make([], cases: 1);
        var archive = folder.File("team.tar");
        File.WriteAllBytes(archive, Image(Guid.NewGuid().ToString()).Build());
        var first = Submit(contest, archive, "1").Succeeded().Output.Trim();
        var second = Submit(contest, archive, "1", "Second").Succeeded().Output.Trim();
        var digest = SubmissionFile.Find(contest.Workspace, first)!.Image;

        contest.Touchstone("run", first, "--remove-images").Succeeded();
        var afterOne = await fixture.Engine.FindImageAsync(digest.Value);
        contest.Touchstone("run", "--all", "--remove-images").Succeeded();
        var afterAll = await fixture.Engine.FindImageAsync(digest.Value);

        Assert.NotNull(afterOne);
        Assert.Null(afterAll);
        Assert.True(File.Exists(contest.Workspace.ResultPath(second, "phantom", "case1")));
    }

    private static TestImage Image(string mark) => new()
    {
        Files = new Dictionary<string, byte[]> { ["workspace/mark"] = System.Text.Encoding.ASCII.GetBytes(mark) },
    };

    private static CommandRun Submit(TinyContest contest, string archive, string leastFreeMb, string name = "First") =>
        CommandRun.Touchstone(
            "submit", archive, "--team", "T", "--name", name, "--challenge", "tiny", "--least-free-mb", leastFreeMb,
            "--workspace", contest.WorkspacePath);

    private void Remove(TinyContest contest, string submission) => fixture.Engine
        .RemoveImageAsync(SubmissionFile.Find(contest.Workspace, submission)!.Image.Value).GetAwaiter().GetResult();

    private static string PlaceOnDisk(AcceptedImage image) => CommandRun.Of(
        "docker", "image", "inspect", "--format", "{{.GraphDriver.Data.UpperDir}}", image.Digest.Value).Succeeded().Output.Trim();
}
