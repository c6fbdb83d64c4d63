using Touchstone.Evaluators;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Sandbox;

public sealed class EndingRulesTests
{
    private static readonly CollectedOutput Good = new([new OutputFile("case_1.nii.gz", 1, "00")], 0, null, IsFull: false);
    private static readonly CollectedOutput Nothing = new([], 2, null, IsFull: false);
    private static readonly CollectedOutput Link = Good with { Forbidden = "a symbolic link" };
    private static readonly CollectedOutput Full = Good with { IsFull = true };
    private static readonly bool[] Either = [false, true];

    public static TheoryData<int?, bool, string, Ending, string> Cases => new()
    {
        { null, false, "nothing", Ending.TimedOut, "Killed at the time limit of 600 s." },
        { null, true, "good", Ending.TimedOut, "600 s" },
        { 0, false, "good", Ending.Completed, "Exited with 0. It ran for 1.5 s." },
        { 0, true, "good", Ending.Completed, "Exited with 0" },
        { 0, true, "nothing", Ending.OutOfMemory, "16 GiB" },
        { 0, false, "nothing", Ending.OutputMissing, "left no outputs/case_1.nii.gz. Found: 2 other files." },
        { 0, false, "link", Ending.OutputForbidden, "a symbolic link" },
        { 0, false, "full", Ending.OutputTooLarge, "256 MiB" },
        { 1, false, "full", Ending.OutputTooLarge, "256 MiB" },
        { 1, false, "good", Ending.Crashed, "Exited with code 1. It ran for 1.5 s." },
        { 1, false, "link", Ending.Crashed, "code 1" },
        { 137, true, "nothing", Ending.OutOfMemory, "16 GiB" },
        { 137, false, "nothing", Ending.Crashed, "signal 9" },
        { 127, false, "nothing", Ending.Crashed, "no program \"/bin/bash\"" },
        { 126, false, "nothing", Ending.Crashed, "cannot be executed" },
    };

    [Fact]
    public void Judge_CommandWithSignsThatSteerATerminal_IsNamedWithoutThem() => Assert.Contains(
        "no program \"/bin/x\"",
        EndingRules.Judge(
            new ContainerEnd(127, false, default), Nothing, new ExpectedOutputs(SubmissionLayout.Flat, "case_1", ["liver"]),
            ["/bin/\u001b[2J\u202e\u200bx"], new SandboxLimits()).Detail,
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Judge_EveryWayToEnd_HasItsCodeAndNumbers(int? exitCode, bool oom, string left, Ending ending, string words)
    {
        var output = left switch { "good" => Good, "link" => Link, "full" => Full, _ => Nothing };

        var verdict = EndingRules.Judge(
            new ContainerEnd(exitCode, oom, TimeSpan.FromSeconds(1.5)),
            output,
            new ExpectedOutputs(SubmissionLayout.Flat, "case_1", ["liver"]),
            ["/bin/bash"],
            new SandboxLimits());

        Assert.Equal(ending, verdict.Ending);
        Assert.Contains(words, verdict.DetailFor(LogPolicy.Open), StringComparison.Ordinal);
    }

    /// <summary>What README.md promises of private phases: less than ten bits a case.</summary>
    [Fact]
    public void Judge_PrivatePhase_LeavesAContainer779WordsToSay()
    {
        var ends = from code in Enumerable.Range(0, 256).Select(code => (int?)code).Append(null)
                   from oom in Either
                   from output in new[] { Good, Nothing, Link, Full }
                   select (code, verdict: EndingRules.Judge(
                       new ContainerEnd(code, oom, TimeSpan.FromSeconds(code ?? 600)), output,
                       new ExpectedOutputs(SubmissionLayout.Flat, "case_1", ["liver"]), ["/bin/bash"], new SandboxLimits()));
        var scored = from fault in Enum.GetValues<VolumeFault>()
                     from oom in Either
                     select (code: (int?)0, verdict: EndingRules.Judge(new VolumeException(fault, $"{fault}"), oom, new SandboxLimits()));

        var words = ends.Concat(scored).Select(one => (one.code, one.verdict.Ending, one.verdict.DetailFor(LogPolicy.Private)));

        Assert.Equal(779, words.Distinct().Count());
    }

    [Fact]
    public void Judge_EveryVolumeFault_HasAnEnding()
    {
        foreach (var fault in Enum.GetValues<VolumeFault>())
        {
            var verdict = EndingRules.Judge(new VolumeException(fault, "words"), wasOutOfMemory: false, new SandboxLimits());

            Assert.NotEqual(Ending.Completed, verdict.Ending);
            Assert.EndsWith(". words", verdict.DetailFor(LogPolicy.Open), StringComparison.Ordinal);
            Assert.DoesNotContain("words", verdict.DetailFor(LogPolicy.Private), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Judge_InAPrivatePhase_SaysNothingThatTheContainerChoseButItsExitCode()
    {
        int?[] codes = [null, 0, 1, 126, 127, 137];
        CollectedOutput[] outputs = [Good, Nothing, Nothing with { OtherFiles = 3 }, Link, Link with { Forbidden = "a hard link" }, Full];
        var texts =
            from code in codes
            from oom in (bool[])[false, true]
            from seconds in (double[])[1.5, 2.5]
            from output in outputs
            let verdict = EndingRules.Judge(
                new ContainerEnd(code, oom, TimeSpan.FromSeconds(seconds)),
                output,
                new ExpectedOutputs(SubmissionLayout.Flat, "case_1", ["liver"]),
                ["/bin/bash"],
                new SandboxLimits())
            group verdict.DetailFor(LogPolicy.Private) by (code, verdict.Ending);

        Assert.All(texts, text => Assert.Single(text.Distinct()));
    }

    [Fact]
    public void Judge_DamagedPredictionAfterAnOutOfMemory_IsOutOfMemory() =>
        Assert.Equal(
            Ending.OutOfMemory,
            EndingRules.Judge(new VolumeException(VolumeFault.Damaged, ""), wasOutOfMemory: true, new SandboxLimits()).Ending);

    [Theory]
    [InlineData("case_1/segmentations/liver.nii.gz", "case_1/segmentations/liver.nii.gz")]
    [InlineData("case_1/segmentations/gallbladder.nii.gz", "case_1/segmentations/gall_bladder.nii.gz")]
    [InlineData("case_1/segmentations/heart.nii.gz", null)]
    [InlineData("case_1/segmentations/../../../etc/liver.nii.gz", null)]
    [InlineData("case_2/segmentations/liver.nii.gz", null)]
    [InlineData("case_1/segmentations/liver.nii", null)]
    public void Accept_FolderLayout_TakesKnownStructuresOnly(string path, string? place) =>
        Assert.Equal(place, new ExpectedOutputs(SubmissionLayout.Folder, "case_1", ["liver", "gall_bladder"]).Accept(path));
}
