using System.Text;
using Touchstone.Harness.Runs;
using Touchstone.Tests.Harness.Boards;

namespace Touchstone.Tests.Harness.Runs;

/// <summary>A decision that is lost or changed shows, wherever a machine stopped and whichever file is gone.</summary>
public sealed class DecisionJournalTests : IDisposable
{
    private readonly PhasedWorkspace _ours = new();
    private readonly string _alpha;
    private readonly string _beta;

    public DecisionJournalTests() => (_alpha, _beta) = (_ours.Enter("Alpha", "test").Id, _ours.Enter("Beta", "test", from: 3).Id);

    private string Journal => _ours.File("workspace", "decisions.journal");

    public void Dispose() => _ours.Dispose();

    [Theory]
    [InlineData("file", "is lost: it is a decision, and line 2")]
    [InlineData("changed", "is not what was decided: line 2")]
    [InlineData("first", "is lost")]
    [InlineData("journal", "decisions.journal is lost or empty")]
    [InlineData("emptied", "decisions.journal is lost or empty")]
    [InlineData("truncated", "is not in")]
    [InlineData("cut", "is not in")]
    [InlineData("middle", "line 1: It does not follow")]
    [InlineData("edited", "line 2: It does not follow")]
    [InlineData("folder", "is a folder")]
    [InlineData("fifo", "is a FIFO")]
    public void Demand_DecisionLostOrChanged_IsNamedAndNoBoardIsMade(string change, string reason)
    {
        Disqualify(_alpha);
        Disqualify(_beta);
        var second = PathOf(_beta);
        var lines = File.ReadAllLines(Journal);
        switch (change)
        {
            case "file":
                File.Delete(second);
                break;
            case "changed":
                File.WriteAllText(second, File.ReadAllText(second).Replace("disqualified", "withdrawn", StringComparison.Ordinal));
                break;
            case "first":
                File.Delete(PathOf(_alpha));
                break;
            case "journal":
                File.Delete(Journal);
                break;
            case "emptied":
                File.WriteAllText(Journal, "");
                break;
            case "truncated":
                File.WriteAllText(Journal, lines[0] + "\n");
                break;
            case "cut":
                File.WriteAllText(Journal, lines[0] + "\n" + lines[1][..40]);
                break;
            case "middle":
                File.WriteAllText(Journal, lines[1] + "\n");
                break;
            case "edited":
                File.WriteAllText(Journal, lines[0] + "\n" + lines[1].Replace("isqualified", "isQualified", StringComparison.Ordinal) + " \n");
                break;
            case "folder":
                File.Delete(second);
                Directory.CreateDirectory(second);
                break;
            default:
                File.Delete(Journal);
                System.Diagnostics.Process.Start("mkfifo", Journal).WaitForExit();
                break;
        }

        Assert.Contains(reason, Assert.Single(_ours.Problems().Take(1)), StringComparison.Ordinal);
        var rank = _ours.Touchstone("rank", "--challenge", "ours");
        var verify = _ours.Touchstone("verify");
        Assert.Equal((1, 1), (rank.ExitCode, verify.ExitCode));
        Assert.Contains(reason, rank.Error, StringComparison.Ordinal);
        Assert.Contains(reason, verify.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StoppedBeforeTheDecisionGotItsName_IsEnded()
    {
        Disqualify(_alpha);
        Disqualify(_beta);
        File.Move(PathOf(_beta), Path.Combine(Path.GetDirectoryName(PathOf(_beta))!, $".1.json.{Guid.NewGuid():N}"));

        Assert.Empty(_ours.Problems());
        Assert.Equal(DecisionKind.Disqualified, EntryDecision.InForce(DecisionFile.ReadAll(_ours.Workspace, _beta))?.Kind);
    }

    [Fact]
    public void Keep_StoppedInTheMiddleOfALine_NothingWasDecidedAndTheNextFollows()
    {
        Disqualify(_alpha);
        File.AppendAllText(Journal, "{\"number\":2,\"previous\":\"0");

        Assert.Empty(_ours.Problems());
        Assert.Contains("broken off", _ours.Touchstone("verify").Succeeded().Output, StringComparison.Ordinal);
        Disqualify(_beta);

        Assert.Empty(_ours.Problems());
        Assert.Equal(2, File.ReadAllLines(Journal).Length);
        Assert.Contains("Nothing is wrong.", _ours.Touchstone("verify").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void BeginIfAbsent_WorkspaceOfAnOlderBuild_BeginsFromWhatIsThere()
    {
        Disqualify(_alpha);
        var path = PathOf(_alpha);
        File.WriteAllText(path, File.ReadAllText(path).Replace(",\n  \"journalled\": true", "", StringComparison.Ordinal));
        File.Delete(Journal);

        Assert.Contains("in no journal yet", _ours.Touchstone("verify").Succeeded().Output, StringComparison.Ordinal);
        _ours.Touchstone("rank", "--challenge", "ours").Succeeded();
        Disqualify(_beta);

        Assert.Equal(2, File.ReadAllLines(Journal).Length);
        File.Delete(path);
        Assert.Contains(path, Assert.Single(_ours.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Restart_WhatCannotBeRestored_GoesOnFromWhatIsThereAndKeepsTheOld()
    {
        Disqualify(_alpha);
        Disqualify(_beta);
        File.Delete(PathOf(_beta));

        EndToEnd.CommandRun.Here("reindex", "--restart-journal", "--workspace", _ours.Workspace.Root).Succeeded();

        Assert.Empty(_ours.Problems());
        Assert.Equal(2, Directory.GetFiles(_ours.Workspace.Root, "decisions.journal*").Length);
        _ours.Touchstone("rank", "--challenge", "ours").Succeeded();
    }

    [Fact]
    public async Task Keep_ManyAtOnce_AllStandInOneChain()
    {
        string[] ids = [.. Enumerable.Range(0, 8).Select(number => _ours.Enter($"Team{number}", "test").Id)];

        await Task.WhenAll(ids.Select(id => Task.Run(() => Disqualify(id))));

        Assert.Equal(8, File.ReadAllLines(Journal).Length);
        Assert.Empty(_ours.Problems());
    }

    [Fact]
    public void Release_Lost_IsNamed()
    {
        ReleaseFile.Write(_ours.Workspace, "ours", "test", new BoardRelease(PhasedWorkspace.Now, "somebody"));
        File.Delete(_ours.Workspace.ReleasePath("ours", "test"));

        Assert.Contains("releases/ours/test.json is lost", Assert.Single(_ours.Problems()), StringComparison.Ordinal);
        Assert.Contains("releases/ours/test.json", Encoding.UTF8.GetString(File.ReadAllBytes(Journal)), StringComparison.Ordinal);
    }

    private string PathOf(string entry) =>
        Path.Combine(Path.GetDirectoryName(_ours.Workspace.SubmissionPath(entry))!, "decisions", "1.json");

    private void Disqualify(string entry) => DecisionFile.Add(_ours.Workspace, entry, new EntryDecision
    {
        Kind = DecisionKind.Disqualified,
        Reason = "Trained on the test cases.",
        By = "somebody",
        At = PhasedWorkspace.Now,
    });
}
