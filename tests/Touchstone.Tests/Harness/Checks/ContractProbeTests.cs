using Touchstone.Harness.Checks;
using Touchstone.Leaderboard.Results;
using Touchstone.Tests.Leaderboard;

namespace Touchstone.Tests.Harness.Checks;

public sealed class ContractProbeTests
{
    [Fact]
    public void Read_WholeImage_IsGood()
    {
        var start = Read("touchstone-probe bash\ntouchstone-probe sh\ntouchstone-probe entry\n");

        Assert.True(start.IsGood);
        Assert.Empty(start.Unreadable);
    }

    [Fact]
    public void Read_OtherLines_AreNoAnswers()
    {
        var start = Read("bash\nsome banner touchstone-probe sh\ntouchstone-probe bash\n");

        Assert.Equal((true, false, false), (start.HasBash, start.HasShell, start.HasEntry));
    }

    [Fact]
    public void Read_OwnCommand_NeedsNoEntryScript() => Assert.Null(Read("touchstone-probe bash\n", needsEntry: false).HasEntry);

    [Fact]
    public void Read_ManyUnreadableFiles_ListsTwenty()
    {
        var log = string.Concat(Enumerable.Range(1, 30).Select(n => $"touchstone-probe unreadable /workspace/{n}\n"));

        var start = Read(log);

        Assert.Equal(20, start.Unreadable.Count);
        Assert.Equal("/workspace/1", start.Unreadable[0]);
    }

    private static CheckedStart Read(string log, bool needsEntry = true)
    {
        var dataset = Some.Dataset("check", "Check", isPublic: true, isInDistribution: true, cases: 1);
        return ContractProbe.Read(
            Some.Result(Some.Entry("a"), dataset, dataset.Cases[0], Ending.OutputMissing, []), log, needsEntry);
    }
}
