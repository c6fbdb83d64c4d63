using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Sandbox;

/// <summary>What is told of an output folder that holds something else than what was expected.</summary>
public sealed class OtherOutputsTests
{
    [Theory]
    [InlineData(SubmissionLayout.Flat, "prediction.nii.gz", "Found: prediction.nii.gz. Take the case's name from the input.")]
    [InlineData(SubmissionLayout.Flat, "case_1.nii", "Found: case_1.nii. case_1.nii is there, but not compressed: write case_1.nii.gz.")]
    [InlineData(SubmissionLayout.Flat, "case_1/segmentations/liver.nii.gz", "That is the folder layout: submit it with --layout folder.")]
    [InlineData(SubmissionLayout.Flat, "out/case_1.nii.gz", "out/case_1.nii.gz lies in a folder of its own: write it to /workspace/outputs itself.")]
    [InlineData(SubmissionLayout.Flat, "case_1.nii.gz\r", "Found: case_1.nii.gz\\r. A name ends in a carriage return (\\r): the script that wrote it has Windows line ends.")]
    [InlineData(SubmissionLayout.Flat, "log.txt", "Found: log.txt.")]
    [InlineData(SubmissionLayout.Folder, "case_1.nii.gz", "That is the flat layout: submit it with --layout flat.")]
    [InlineData(SubmissionLayout.Folder, "case_1/liver.nii.gz", "The masks belong into the folder segmentations of the case.")]
    [InlineData(SubmissionLayout.Folder, "case_1/segmentations/liver.nii", "liver.nii is there, but not compressed: write liver.nii.gz.")]
    [InlineData(SubmissionLayout.Folder, "case_1/segmentations/Leber.nii.gz", "No name there is that of one of the challenge's structures.")]
    [InlineData(SubmissionLayout.Folder, "case_2/segmentations/liver.nii.gz", "Take the case's name from the input.")]
    public void Judge_OtherName_IsToldWithAGuess_AndNeverInAPrivatePhase(SubmissionLayout layout, string name, string words)
    {
        var verdict = Judge(layout, name);

        Assert.Equal(Ending.OutputMissing, verdict.Ending);
        Assert.EndsWith(words, verdict.DetailFor(LogPolicy.Open), StringComparison.Ordinal);
        Assert.Equal(Judge(layout).DetailFor(LogPolicy.Private), verdict.DetailFor(LogPolicy.Private));
    }

    [Fact]
    public void Judge_ManyOtherFiles_NamesTenAndCountsTheRest()
    {
        string[] names = [.. Enumerable.Range(0, 11).Select(n => $"{n}.txt")];

        Assert.EndsWith("8.txt, 9.txt and 1 other file.", Judge(SubmissionLayout.Flat, names).Remark, StringComparison.Ordinal);
        Assert.EndsWith("9.txt and 2 other files.", Judge(SubmissionLayout.Flat, [.. names, "x"]).Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_NothingAtAll_SaysSo() => Assert.Equal("Found: no file at all.", Judge(SubmissionLayout.Flat).Remark);

    [Fact]
    public void Printable_SignsThatSteer_AreGone()
    {
        Assert.Equal("a?[31mb\\nc?", OtherOutputs.Printable("a\u001b[31mb\nc\u202e"));
        Assert.Equal(81, OtherOutputs.Printable(new string('x', 4000)).Length);
    }

    [Fact]
    public void Printable_SignOfTwoHalvesWhereItIsCut_IsNotHalved() =>
        Assert.Equal($"{new string('a', 79)}…", OtherOutputs.Printable($"{new string('a', 79)}\U0001F600b.nii.gz"));

    private static Verdict Judge(SubmissionLayout layout, params string[] names) => EndingRules.Judge(
        new ContainerEnd(0, WasOutOfMemory: false, TimeSpan.FromSeconds(1)),
        new CollectedOutput([], names.Length, null, IsFull: false)
        {
            OtherNames = [.. names.Take(CollectedOutput.MostNames).Select(OtherOutputs.Printable)],
        },
        new ExpectedOutputs(layout, "case_1", ["liver"]),
        ["/bin/bash"],
        new SandboxLimits());
}
