using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Bundles;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Harness.Boards;

public sealed class DecisionTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("D", DecisionKind.Disqualified)]
    [InlineData("DR", null)]
    [InlineData("DRD", DecisionKind.Disqualified)]
    [InlineData("W", DecisionKind.Withdrawn)]
    [InlineData("WB", null)]
    [InlineData("DW", DecisionKind.Disqualified)]
    [InlineData("DWB", DecisionKind.Disqualified)]
    [InlineData("WDR", DecisionKind.Withdrawn)]
    [InlineData("WB W DR", DecisionKind.Withdrawn)]
    public void InForce_History_IsTheLastThatWasNotLifted(string history, DecisionKind? expected) =>
        Assert.Equal(expected, EntryDecision.InForce([.. history.Where(char.IsLetter).Select(letter => Decision(letter switch
        {
            'D' => DecisionKind.Disqualified,
            'R' => DecisionKind.Reinstated,
            'W' => DecisionKind.Withdrawn,
            _ => DecisionKind.Returned,
        }))])?.Kind);

    [Fact]
    public void Add_Twice_KeepsBothInOrderAndNeverChangesTheFirst()
    {
        using var ours = new PhasedWorkspace();
        var id = ours.Enter("Beta", "test").Id;

        DecisionFile.Add(ours.Workspace, id, Decision(DecisionKind.Withdrawn));
        var path = Path.Combine(ours.Workspace.SubmissionsPath, id, "decisions", "1.json");
        var first = File.ReadAllBytes(path);
        DecisionFile.Add(ours.Workspace, id, Decision(DecisionKind.Returned));

        Assert.Equal(
            [DecisionKind.Withdrawn, DecisionKind.Returned], DecisionFile.ReadAll(ours.Workspace, id).Select(one => one.Kind));
        Assert.Equal(first, File.ReadAllBytes(path));
    }

    [Fact]
    public void Add_DisqualificationWithoutReason_IsRefused()
    {
        using var ours = new PhasedWorkspace();
        var id = ours.Enter("Beta", "test").Id;

        Assert.Throws<ArgumentException>(
            () => DecisionFile.Add(ours.Workspace, id, Decision(DecisionKind.Disqualified) with { Reason = " " }));
        Assert.Empty(DecisionFile.ReadAll(ours.Workspace, id));
    }

    [Fact]
    public void Disqualify_Entry_IsNamedApartWithItsReasonAndCountsInNothing()
    {
        using var ours = new PhasedWorkspace();
        ours.Enter("Alpha", "test", from: 4);
        ours.Enter("Beta", "test", from: 3);
        var without = ours.Content("test").ToBoard().Standings;
        var cheat = ours.Enter("Gamma", "test");

        var refused = ours.Touchstone("disqualify", cheat.Id);
        var done = CommandDecision(ours, "disqualify", cheat.Id, "--reason", "Trained on <test> cases.").Succeeded();

        Assert.Equal((2, $"{cheat.Id}: disqualified.\n"), (refused.ExitCode, done.Output));
        var board = ours.Content("test").ToBoard();
        Assert.Equal(
            RankJson.Write(without), RankJson.Write(board.Standings with { SetApart = null })); // as if it had never been there
        Assert.Equal("Trained on <test> cases.", Assert.Single(board.Standings.SetApart!).Reason);
        Assert.Equal(2, CommandDecision(ours, "disqualify", cheat.Id, "--reason", "Again.").ExitCode);
    }

    [Fact]
    public void Site_DisqualifiedEntry_HasTheReasonOnTheBoardAndNothingElseOfIt()
    {
        using var ours = new PhasedWorkspace();
        ours.Enter("Alpha", "test");
        var cheat = ours.Enter("Gamma", "test");
        DecisionFile.Add(ours.Workspace, cheat.Id, Decision(DecisionKind.Disqualified) with { Reason = "Trained on <test> cases." });

        var site = ours.Site();

        var page = site.First(file => file.Path == "index.html").Text;
        Assert.Contains("Trained on &lt;test&gt; cases.", page, StringComparison.Ordinal);
        Assert.Contains("disqualified", page, StringComparison.Ordinal);
        Assert.DoesNotContain(site, file => file.Path.Contains(cheat.Id, StringComparison.Ordinal));
        Assert.DoesNotContain(
            site.Where(file => file.Path.StartsWith("data/", StringComparison.Ordinal) && file.Path != "data/standings.json"),
            file => file.Text.Contains(cheat.Id, StringComparison.Ordinal));
        var bundle = ResultsBundle.Read(site.First(file => file.Path == ResultsBundle.FileName).Content.Span);
        Assert.Equal(
            site.Select(file => (file.Path, file.Text)),
            StaticSite.Build(bundle.ToBoards(), bundle.Info).Select(file => (file.Path, file.Text)));
    }

    [Fact]
    public void Undo_Disqualification_BringsTheEntryBack()
    {
        using var ours = new PhasedWorkspace();
        var id = ours.Enter("Beta", "test").Id;

        Assert.Equal(2, CommandDecision(ours, "withdraw", id, "--undo").ExitCode);
        CommandDecision(ours, "withdraw", id).Succeeded();
        Assert.Empty(ours.Content("test").Results);
        CommandDecision(ours, "withdraw", id, "--undo").Succeeded();

        Assert.Equal(4, ours.Content("test").Results.Count());
    }

    private static EndToEnd.CommandRun CommandDecision(PhasedWorkspace ours, params string[] arguments) =>
        EndToEnd.CommandRun.Here([.. arguments, "--workspace", ours.Workspace.Root]);

    private static EntryDecision Decision(DecisionKind kind) =>
        new() { Kind = kind, Reason = "Because.", By = "tests", At = PhasedWorkspace.Now };
}
