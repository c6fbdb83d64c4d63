using System.Net;
using Touchstone.Harness.Server.Boards;
using Touchstone.Harness.Server.Work;
using Touchstone.Leaderboard.Site;

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

    private static string FolderOf(LiveServer server, string phase) => new BoardFolder(server.Workspace).FolderOf(server.Rules(phase));

    private static void Write(string board, string name, params (string Path, string Text)[] files) => EditionFolder.Write(
        board, name, [.. files.Select(file => SiteFile.OfText(file.Path, file.Text))], [], CancellationToken.None);
}
