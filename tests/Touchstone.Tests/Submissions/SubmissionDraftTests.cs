using Touchstone.Submissions;

namespace Touchstone.Tests.Submissions;

public sealed class SubmissionDraftTests
{
    private static readonly ImageDigest Image = ImageDigest.Parse("sha256:" + new string('a', 64));
    private static readonly SubmissionDraft Draft = new() { Team = "Équipe <1>", Name = "U-Net ++", Challenge = "demo" };

    [Fact]
    public void Accept_SameDraftTwice_HasTheSameIdSafeAsAFileName()
    {
        var first = Draft.Accept(Image, "a.tar", DateTimeOffset.UnixEpoch);
        var second = Draft.Accept(Image, "b.tar", DateTimeOffset.UnixEpoch.AddDays(1));

        Assert.Equal(first.Id, second.Id);
        Assert.Matches("^quipe-1-u-net-[0-9a-f]{32}$", first.Id);
    }

    [Fact]
    public void Accept_AnythingThatChangesTheRun_ChangesTheId()
    {
        SubmissionDraft[] others =
        [
            Draft with { Layout = SubmissionLayout.Folder },
            Draft with { Command = "python run.py" },
            Draft with { NeedsGpu = true },
            Draft with { Challenge = "other" },
            Draft with { Phase = "debug" },
        ];

        var ids = others.Append(Draft).Select(draft => draft.Accept(Image, "", DateTimeOffset.UnixEpoch).Id);

        Assert.Equal(6, ids.Distinct().Count());
    }

    [Fact]
    public void EarlierId_PhaseTest_IsTheIdFromBeforeThereWerePhases() =>
        Assert.Equal("quipe-1-u-net-d6834564", SubmissionDraft.EarlierId(Draft.Accept(Image, "", DateTimeOffset.UnixEpoch).Id));

    [Fact]
    public void Accept_DefaultCommand_IsThePublishedContract() =>
        Assert.Equal(["/bin/bash", "-c", "sh predict.sh"], Draft.Accept(Image, "", DateTimeOffset.UnixEpoch).Command);

    [Theory]
    [InlineData("")]
    [InlineData(" padded")]
    [InlineData("two\nlines")]
    [InlineData("esc\u001b[31m")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890")]
    public void Check_UnusableTeam_IsMalformed(string team)
    {
        var fault = Assert.Throws<SubmissionException>(() => (Draft with { Team = team }).Check());

        Assert.Equal(SubmissionFault.Malformed, fault.Fault);
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("team/unet:latest")]
    [InlineData("sha256:1234")]
    [InlineData("sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Parse_ImageNamedOtherwise_ThrowsImageNotPinned(string text)
    {
        var fault = Assert.Throws<SubmissionException>(() => ImageDigest.Parse(text));

        Assert.Equal(SubmissionFault.ImageNotPinned, fault.Fault);
    }
}
