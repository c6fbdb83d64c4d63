using System.Text;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Commands;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Bundles;
using Touchstone.Leaderboard.Site;
using Touchstone.Submissions;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Boards;

public sealed class PhaseBoardTests
{
    [Fact]
    public void Contest_OfASchemeThatIsUnknown_IsRefusedInsteadOfRankedByAnother()
    {
        using var place = new PhasedWorkspace();

        var fault = Assert.Throws<InvalidDataException>(() => ContestBuilder.Build(
            place.Rules("test") with { Scheme = "best-first" }, place.Manifest, place.Workspace));

        Assert.Contains("ranks by \"best-first\", which this build does not know. It knows mean-then-rank,", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_EntryOfDebug_IsRunOnThatPhasesDatasetsAlone()
    {
        using var ours = new PhasedWorkspace();
        var (debug, test) = (ours.Enter("Alpha", "debug"), ours.Enter("Beta", "test"));

        string[] Datasets(Submission one) => [.. RunCommand
            .Plan(ours.Workspace, ours.Manifest, [one]).Select(planned => planned.Case.Dataset).Distinct()];

        Assert.Equal(["easy"], Datasets(debug));
        Assert.Equal(["easy", "hard"], Datasets(test));
        Assert.NotEqual(debug.Id, ours.Enter("Alpha", "test").Id);
    }

    [Fact]
    public void Boards_EntryOfDebug_StandsOnItsOwnBoardAlone()
    {
        using var ours = new PhasedWorkspace();
        var (debug, test) = (ours.Enter("Alpha", "debug"), ours.Enter("Beta", "test"));

        string[] Entries(string phase) => [.. ours.Content(phase).ToBoard().Standings.Entries.Select(one => one.Entry.Id)];

        Assert.Equal([debug.Id], Entries("debug"));
        Assert.Equal([test.Id], Entries("test"));
        var site = ours.Site();
        Assert.Contains(site, file => file.Path == "ours/index.html");
        Assert.Contains("<h1>Ours: debug</h1>", site.First(file => file.Path == "ours.debug/index.html").Text, StringComparison.Ordinal);
        Assert.Contains("href=\"ours.debug/index.html\"", site.First(file => file.Path == "index.html").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("    embargo: until-released")]
    [InlineData("    embargo: until 2027-03-01T00:00Z")]
    [InlineData("    board: hidden")]
    public void Site_PhaseUnderEmbargo_LeavesNoTraceInAnyFile(string rule)
    {
        using var ours = new PhasedWorkspace(rule);
        ours.Enter("Alpha", "debug");
        var secret = ours.Enter("Betelgeuse", "test");

        var open = ours.Site(forOrganisers: true);
        var site = ours.Site();

        foreach (var word in new[] { "Betelgeuse", secret.Id, "Hospital hard", "\"hard\"", ours.Workspace.Pseudonym("hard", "hard1") })
        {
            Assert.Contains(open, file => Text(file).Contains(word, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(site, file => (Text(file) + file.Path).Contains(word, StringComparison.OrdinalIgnoreCase));
        }

        Assert.Contains(open, file => Text(file).Contains("(not public)", StringComparison.Ordinal));
        Assert.Contains(site, file => file.Path == ResultsBundle.FileName);
        Assert.Contains(StaticSite.Figures(Boards(ours, true)), figure => figure.Folder == "ours/");
        Assert.All(StaticSite.Figures(Boards(ours, false)), figure => Assert.Equal("", figure.Folder)); // debug is the only board
    }

    [Fact]
    public void Site_EmbargoOver_ShowsTheBoard()
    {
        using var ours = new PhasedWorkspace("    embargo: until 2027-03-01T00:00Z");
        ours.Enter("Beta", "test");
        var end = new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.DoesNotContain(ours.Site(now: end.AddTicks(-1)), file => Text(file).Contains("Beta", StringComparison.Ordinal));
        Assert.Contains(ours.Site(now: end), file => Text(file).Contains("Beta", StringComparison.Ordinal));
    }

    [Fact]
    public void Release_BoardUnderEmbargo_IsPublishedFromThenOn()
    {
        using var ours = new PhasedWorkspace("    embargo: until-released");
        ours.Enter("Beta", "test");
        var site = ours.File("site");

        var before = ours.Touchstone("publish", "--output", site);
        CommandRun.Here("release", "--challenge", "ours", "--workspace", ours.Workspace.Root).Succeeded();
        ours.Touchstone("publish", "--output", site).Succeeded();

        Assert.Equal(1, before.ExitCode);
        Assert.Contains("the board of ours, phase test, is for organisers only until it is released", before.Error, StringComparison.Ordinal);
        Assert.Contains("Beta", File.ReadAllText(Path.Combine(site, "index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_Phase_ShowsItsEntriesAlone()
    {
        using var ours = new PhasedWorkspace();
        ours.Enter("Alpha", "debug");
        ours.Enter("Beta", "test");

        var debug = ours.Touchstone("rank", "--challenge", "ours", "--phase", "debug").Succeeded().Output;
        var test = ours.Touchstone("rank", "--challenge", "ours").Succeeded().Output;
        var unknown = ours.Touchstone("rank", "--challenge", "ours", "--phase", "final");

        Assert.Equal((true, false), (debug.Contains("Alpha", StringComparison.Ordinal), debug.Contains("Beta", StringComparison.Ordinal)));
        Assert.Equal((false, true), (test.Contains("Alpha", StringComparison.Ordinal), test.Contains("Beta", StringComparison.Ordinal)));
        Assert.Equal((2, "ours has no phase \"final\". Known: debug, test.\n"), (unknown.ExitCode, unknown.Error));
    }

    [Fact]
    public void Submit_PhaseClosed_IsRefusedBeforeAnythingIsDone()
    {
        using var ours = new PhasedWorkspace("    closes: 2025-01-31T12:00Z");
        using var folder = new TemporaryFolder();
        var image = folder.Write("image.tar", "not looked at");

        var run = ours.Touchstone("submit", image, "--team", "T", "--name", "N", "--challenge", "ours");

        Assert.Equal(
            (2, "The phase \"test\" takes no entries any more: it closed 2025-01-31 12:00 UTC.\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("baselines: yes", 2)]
    [InlineData("baselines: no", 1)]
    public void Boards_Baselines_AreShownAsTheChallengeSays(string rule, int entries)
    {
        using var ours = new PhasedWorkspace(more: rule);
        ours.Enter("House", "test", isBaseline: true);
        ours.Enter("Beta", "test");

        Assert.Equal(entries, ours.Content("test").ToBoard().Standings.Entries.Count);
    }

    private static IReadOnlyList<Board> Boards(PhasedWorkspace ours, bool forOrganisers)
    {
        using var store = ResultIndex.OpenCurrent(ours.Workspace);
        return BoardList.Make(
            BoardList.Entered(ours.Workspace, []), ours.Manifest, ours.Workspace, store, PhasedWorkspace.Now, forOrganisers, _ => { });
    }

    private static string Text(SiteFile file) => Encoding.UTF8.GetString(file.Content.Span);
}
