using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Runs;

public sealed class SubmissionKeepTests : IDisposable
{
    private static readonly ImageDigest Image = ImageDigest.Parse("sha256:" + new string('a', 64));
    private static readonly SubmissionDraft Draft = new() { Team = "Team A", Name = "U-Net", Challenge = "demo", TrainedOn = ["one"] };

    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace;

    public SubmissionKeepTests() => _workspace = Workspace.Open(_folder.File("workspace"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keep_SameStatementTwice_IsTheFirst()
    {
        var (first, isNew) = SubmissionFile.Keep(_workspace, Stated(Draft));
        var (second, isNewAgain) = SubmissionFile.Keep(_workspace, Stated(Draft) with { Source = "b.tar", ReceivedAt = DateTimeOffset.UnixEpoch.AddDays(1) });

        Assert.True(isNew);
        Assert.False(isNewAgain);
        Assert.Equal((first.Id, first.ReceivedAt), (second.Id, second.ReceivedAt));
    }

    [Fact]
    public void Keep_StatementOfAnEarlierBuild_IsFoundUnderItsShortId()
    {
        var earlier = Stated(Draft) with { Id = SubmissionDraft.EarlierId(Stated(Draft).Id) };
        Assert.Matches("^team-a-u-net-[0-9a-f]{8}$", earlier.Id);
        SubmissionFile.Write(_workspace, earlier);

        Assert.Equal((earlier.Id, false), Kept(Stated(Draft)));
    }

    [Fact]
    public void Keep_AnothersEntryUnderTheShortId_IsLeftAlone()
    {
        var victim = Stated(Draft with { Team = "team a" }) with { Id = SubmissionDraft.EarlierId(Stated(Draft).Id) };
        SubmissionFile.Write(_workspace, victim);

        Assert.Equal((Stated(Draft).Id, true), Kept(Stated(Draft)));
        Assert.Equal("team a", SubmissionFile.Find(_workspace, victim.Id)!.Team);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Keep_AnotherStatementUnderTheSameId_IsRefused(SubmissionDraft other)
    {
        SubmissionFile.Write(_workspace, Stated(other) with { Id = Stated(Draft).Id });

        var fault = Assert.Throws<SubmissionException>(() => SubmissionFile.Keep(_workspace, Stated(Draft)));

        Assert.Equal(SubmissionFault.Malformed, fault.Fault);
    }

    public static TheoryData<SubmissionDraft> Others() =>
    [
        Draft with { Team = "Team B" },
        Draft with { Name = "V-Net" },
        Draft with { Challenge = "other" },
        Draft with { Phase = "debug" },
        Draft with { Layout = SubmissionLayout.Folder },
        Draft with { Command = "sh other.sh" },
        Draft with { NeedsGpu = true },
        Draft with { NeedsRoot = true },
        Draft with { IsBaseline = true },
        Draft with { TrainedOn = null },
        Draft with { TrainedOn = ["two"] },
    ];

    private (string Id, bool IsNew) Kept(Submission submission)
    {
        var (kept, isNew) = SubmissionFile.Keep(_workspace, submission);
        return (kept.Id, isNew);
    }

    private static Submission Stated(SubmissionDraft draft) => draft.Accept(Image, "a.tar", DateTimeOffset.UnixEpoch);
}
