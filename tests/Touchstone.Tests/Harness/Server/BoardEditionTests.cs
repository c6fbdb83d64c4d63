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
    private const string Board = "/boards/tiny/debug/";

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
        Write(server, Old, ("index.html", "old page"), ("figures/speed.svg", "old speed"), ("figures/heat.svg", "old heat"), ("volumes/case.nii.gz", "voxels"));
        Write(server, New, ("index.html", "new page"), ("figures/heat.svg", "new heat"));
        Directory.CreateDirectory(Path.Combine(FolderOf(server), ".new-half"));
        using var reader = server.Client();

        var answer = await reader.GetAsync(Board + address);

        Assert.Equal(expected is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, expected is null ? null : await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Drawing_OfAnEditionKeptBack_IsNotGivenToStrangers()
    {
        await using var server = await LiveServer.StartAsync();
        var board = new BoardFolder(server.Workspace).FolderOf(server.Rules("test"));
        foreach (var name in new[] { Old, New })
        {
            EditionFolder.Write(board, name, [SiteFile.OfText("figures/heat.svg", name)], [], CancellationToken.None);
        }

        using var stranger = server.Client();
        using var organiser = server.Client(server.Organiser());
        const string Address = "/boards/tiny/test/figures/heat.svg?edition=" + Old;

        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync(Address)).StatusCode);
        Assert.Equal(Old, await organiser.GetStringAsync(Address));
    }

    [Fact]
    public async Task Edition_ThatStoodForLong_StaysForAWhileAfterItsSuccessor()
    {
        await using var server = await LiveServer.StartAsync();
        Write(server, "1");
        Write(server, "2");
        Age("1", minutes: 60);
        Age("2", minutes: 9);

        Write(server, "3");
        Assert.Equal(["1", "2", "3"], Names());

        Age("2", minutes: 11);
        Write(server, "4");
        Assert.Equal(["2", "3", "4"], Names());

        void Age(string name, double minutes) =>
            Directory.SetLastWriteTimeUtc(Path.Combine(FolderOf(server), name), DateTime.UtcNow.AddMinutes(-minutes));

        IEnumerable<string?> Names() => BoardFolder.Editions(FolderOf(server)).Select(Path.GetFileName);
    }

    private static string FolderOf(LiveServer server) => new BoardFolder(server.Workspace).FolderOf(server.Rules("debug"));

    private static void Write(LiveServer server, string name, params (string Path, string Text)[] files) => EditionFolder.Write(
        FolderOf(server), name, [.. files.Append(("style.css", "")).Select(file => SiteFile.OfText(file.Item1, file.Item2))], [],
        CancellationToken.None);
}
