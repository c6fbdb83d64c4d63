using System.Net;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Boards;
using Touchstone.Harness.Server.Work;
using Touchstone.Leaderboard.Site;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Server;

/// <summary>What readers get of a board while its editions follow each other.</summary>
public sealed class BoardEditionTests
{
    private const string Old = "20260101T000000000-a";
    private const string New = "20260102T000000000-b";
    private static readonly (string Path, string Text) Page = ("index.html", "page");

    [Theory]
    [InlineData("figures/speed.svg?edition=" + Old, "old speed")]
    [InlineData("figures/heat.svg?edition=" + Old, "old heat")]
    [InlineData("figures/heat.svg?edition=" + New, "new heat")]
    [InlineData("figures/heat.svg", "new heat")]
    [InlineData("figures/heat.svg?edition=long-gone", "new heat")]
    [InlineData("figures/heat.svg?edition=..", "new heat")]
    [InlineData("figures/heat.svg?edition=.new-half", "new heat")]
    [InlineData("index.html?edition=" + Old, "new page")]
    [InlineData("figures/speed.svg", null)]
    [InlineData("figures/speed.svg?edition=" + New, null)]
    [InlineData("volumes/case.nii.gz?edition=" + Old, null)]
    public async Task File_WhenAnEditionHasBeenReplaced_IsTheCurrentOneButForDrawingsOfPagesReadBefore(string address, string? expected)
    {
        await using var server = await LiveServer.StartAsync();
        var board = FolderOf(server, "debug");
        Write(
            board, Old, ("index.html", "old page"), ("figures/speed.svg", "old speed"), ("figures/heat.svg", "old heat"),
            ("volumes/case.nii.gz", "voxels"));
        Write(board, New, ("index.html", "new page"), ("figures/heat.svg", "new heat"));
        Directory.CreateDirectory(Path.Combine(board, ".new-half"));
        using var reader = server.Client();

        var answer = await reader.GetAsync("/boards/tiny/debug/" + address);

        Assert.Equal(expected is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, expected is null ? null : await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Drawing_OfAnEditionKeptBack_IsNotGivenToStrangers()
    {
        await using var server = await LiveServer.StartAsync();
        Write(FolderOf(server, "test"), Old, ("figures/heat.svg", "old heat"));
        Write(FolderOf(server, "test"), New, ("figures/heat.svg", "new heat"));
        using var stranger = server.Client();
        using var organiser = server.Client(server.Organiser());
        const string Address = "/boards/tiny/test/figures/heat.svg?edition=" + Old;

        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync(Address)).StatusCode);
        Assert.Equal("old heat", await organiser.GetStringAsync(Address));
    }

    [Fact]
    public async Task Edition_ThatStoodForLong_StaysForAWhileAfterItsSuccessor()
    {
        await using var server = await LiveServer.StartAsync();
        var board = FolderOf(server, "debug");
        Write(board, "1", Page);
        Write(board, "2", Page);
        Age("1", minutes: 60);
        Age("2", minutes: 9);

        Write(board, "3", Page);
        Assert.Equal(["1", "2", "3"], Names());

        Age("2", minutes: 11);
        Write(board, "4", Page);
        Assert.Equal(["2", "3", "4"], Names());

        void Age(string name, double minutes) =>
            Directory.SetLastWriteTimeUtc(Path.Combine(board, name), DateTime.UtcNow.AddMinutes(-minutes));

        IEnumerable<string?> Names() => BoardFolder.Editions(board).Select(Path.GetFileName);
    }

    [Fact]
    public async Task Edition_MadeAfterTheClockWentBack_IsTheLastOne()
    {
        await using var server = await LiveServer.StartAsync();
        var board = FolderOf(server, "debug");
        Write(board, "20300101T000000000-0123456789abcdef", Page);
        foreach (var year in new[] { 2031, 2026, 2029 })
        {
            Write(board, EditionFolder.NextName(board, new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero), "a"), Page);
        }

        Assert.Equal(
            ["20300101T000000000-0123456789abcdef", "e00000001-20310101T000000000-a", "e00000002-20260101T000000000-a", "e00000003-20290101T000000000-a"],
            BoardFolder.Editions(board).Select(Path.GetFileName));
        Assert.Equal("e00000003-20290101T000000000-a", new BoardFolder(server.Workspace).Current(server.Rules("debug"))!.Name);
    }

    [Fact]
    public async Task Release_OfAnEditionOlderThanADecision_OpensTheNextOneOnly()
    {
        await using var server = await LiveServer.StartAsync();
        Enter(server, "red");
        Enter(server, "blue");
        var board = FolderOf(server, "test");
        using var stranger = server.Client();
        using var organiser = server.Client(server.Organiser());
        Write(board, "e00000001-a", ("index.html", "red leads"), ("figures/heat.svg", "red leads"));

        DecisionFile.Add(server.Workspace, "red", Disqualified(server));
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync("/boards/tiny/test/index.html")).StatusCode);
        ReleaseFile.Write(server.Workspace, "tiny", "test", new BoardRelease(server.Clock.GetUtcNow(), "test"));
        var kept = await stranger.GetAsync("/boards/tiny/test/index.html");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, kept.StatusCode);
        Assert.Equal("board-renewing", await LiveServer.CodeOfAsync(kept));
        Assert.DoesNotContain("/boards/tiny/test/index.html", await stranger.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Equal("red leads", await organiser.GetStringAsync("/boards/tiny/test/index.html"));
    }

    [Fact]
    public async Task Edition_MadeForEverybody_StaysUntilItsSuccessorHasCome()
    {
        await using var server = await LiveServer.StartAsync();
        Enter(server, "red");
        Enter(server, "blue");
        var board = FolderOf(server, "test");
        using var stranger = server.Client();
        Write(board, "e00000001-a", ("index.html", "red leads"), ("figures/heat.svg", "red leads"));
        DecisionFile.Add(server.Workspace, "red", Disqualified(server));
        ReleaseFile.Write(server.Workspace, "tiny", "test", new BoardRelease(server.Clock.GetUtcNow(), "test"));
        var present = EditionDecisions.Of(server.Workspace, server.Rules("test"), new HashSet<string>(), server.Clock.GetUtcNow());
        WriteWith(board, "e00000002-b", present, ("index.html", "blue leads"));

        Assert.Equal("blue leads", await stranger.GetStringAsync("/boards/tiny/test/index.html"));
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable, (await stranger.GetAsync("/boards/tiny/test/figures/heat.svg?edition=e00000001-a")).StatusCode);
        DecisionFile.Add(server.Workspace, "blue", Disqualified(server));
        DecisionFile.Add(server.Workspace, "blue", Disqualified(server));
        Assert.Equal("blue leads", await stranger.GetStringAsync("/boards/tiny/test/index.html"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EmbargoThatEnds_OpensTheEditionUnlessADecisionCameSince(bool isDecided)
    {
        await using var server = await LiveServer.StartAsync();
        Enter(server, "red");
        using var stranger = server.Client();
        Write(FolderOf(server, "test"), "e00000001-a", Page);
        if (isDecided)
        {
            DecisionFile.Add(server.Workspace, "red", Disqualified(server));
        }

        server.Clock.Pass(TimeSpan.FromDays(20));

        Assert.Equal(
            isDecided ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK,
            (await stranger.GetAsync("/boards/tiny/test/index.html")).StatusCode);
    }

    [Theory]
    [InlineData(-1, HttpStatusCode.OK)]
    [InlineData(1, HttpStatusCode.ServiceUnavailable)]
    public async Task Edition_OfAnEarlierBuild_OpensUnlessADecisionIsLater(int hours, HttpStatusCode expected)
    {
        await using var server = await LiveServer.StartAsync();
        Enter(server, "red");
        using var stranger = server.Client();
        var board = FolderOf(server, "debug");
        Write(board, Old, Page);
        File.Delete(Path.Combine(board, Old, ".decisions"));
        Directory.SetLastWriteTimeUtc(Path.Combine(board, Old), server.Clock.GetUtcNow().UtcDateTime);
        Enter(server, "green", "debug");
        DecisionFile.Add(server.Workspace, "green", Disqualified(server) with { At = server.Clock.GetUtcNow().AddHours(hours) });

        Assert.Equal(expected, (await stranger.GetAsync("/boards/tiny/debug/index.html")).StatusCode);
    }

    private static void Enter(LiveServer server, string id, string phase = "test") => SubmissionFile.Write(server.Workspace, new Submission
    {
        Id = id,
        Team = id,
        Name = id,
        Challenge = "tiny",
        Phase = phase,
        Image = ImageDigest.Parse("sha256:" + new string('a', 64)),
        Source = "a.tar",
        Layout = SubmissionLayout.Flat,
        ReceivedAt = server.Clock.GetUtcNow(),
    });

    private static EntryDecision Disqualified(LiveServer server) =>
        new() { Kind = DecisionKind.Disqualified, Reason = "Trained on it.", By = "test", At = server.Clock.GetUtcNow() };

    private static string FolderOf(LiveServer server, string phase) => new BoardFolder(server.Workspace).FolderOf(server.Rules(phase));

    /// <summary>An edition that was made while the board was kept back, before anything was decided.</summary>
    private static void Write(string board, string name, params (string Path, string Text)[] files) => WriteWith(
        board, name,
        new EditionDecisions(IsForEverybody: false, new Dictionary<string, int> { ["red"] = 0, ["blue"] = 0 }), files);

    private static void WriteWith(
        string board, string name, EditionDecisions decisions, params (string Path, string Text)[] files) => EditionFolder.Write(
            board, name, [.. files.Select(file => SiteFile.OfText(file.Path, file.Text))], [], decisions, CancellationToken.None);
}
