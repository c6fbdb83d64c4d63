using Touchstone.Harness.Checks;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Harness.Checks;

/// <summary>Valid facts of a check, to vary with <c>with</c>.</summary>
internal static class SomeCheck
{
    public static CheckFacts Facts { get; } = new()
    {
        Image = new CheckedImage("mine.tar", $"sha256:{new string('1', 64)}", 300L << 20, 4L << 30),
        Rules = new CheckedRules("demo", "Touchstone demonstration", "flat", "abdomenatlas-1.1", "sh predict.sh", Gpu: false)
        {
            Limits = new CheckedLimits(60, 1L << 30, 2, 256, 64L << 20, 64L << 20, 64L << 20, 4L << 30),
        },
        Start = Start,
        Cases = [Case("sample-1", "RAS", 0.82), Case("sample-2", "LPS", 0.78)],
        Repeat = new CheckedRepeat("sample-1", Sameness.Identical, Ending.Completed, 1.3, null, null),
        Replay = ["docker load --input mine.tar", "sh kept/replay/sample-1.sh kept/cases/sample-1/ct.nii.gz kept/replayed"],
    };

    public static CheckedStart Start => new()
    {
        Seconds = 0.42,
        HasBash = true,
        HasShell = true,
        HasEntry = true,
        Unreadable = [],
        Detail = "Exited with 0, but left no outputs/case_12345678.nii.gz.",
    };

    public static CheckedCase Case(string name, string axes = "RAS", double dsc = 0.8) => new()
    {
        Case = name,
        Pseudonym = $"case_{name[^1]}2345678",
        HasReference = true,
        Voxels = [128, 104, 90],
        SpacingMm = [3, 3, 4],
        Axes = axes,
        Ending = Ending.Completed,
        Detail = "Exited with 0. It ran for 1.2 s.",
        ExitCode = 0,
        Seconds = 1.23,
        LimitSeconds = 60,
        PeakMemoryBytes = 120L << 20,
        LimitMemoryBytes = 1L << 30,
        LimitPeakBytes = (1L << 30) + (64L << 20),
        Structures =
        [
            new CheckedStructure("liver", 5, 40_000, 41_000, dsc, dsc - 0.1),
            new CheckedStructure("spleen", 8, 9_000, 8_000, dsc, dsc - 0.1),
            new CheckedStructure("celiac_trunk", 13, 0, null, null, null),
        ],
        Log = "128x104x90 voxels in 1.1 s\n",
    };

    public static CheckedCase Failed(string name, Ending ending, string detail, string log = "") => Case(name) with
    {
        Ending = ending,
        Detail = detail,
        ExitCode = ending == Ending.TimedOut ? null : ending == Ending.Crashed ? 3 : 0,
        Structures = [.. Case(name).Structures.Select(one => one with { PredictionVoxels = null, Dsc = null, Nsd = null })],
        Log = log,
    };

    /// <summary>Facts of an image with nearly everything wrong that can be wrong at once.</summary>
    public static CheckFacts Bad { get; } = Facts with
    {
        Start = Start with { Unreadable = ["/workspace/model.pt"] },
        Cases =
        [
            Failed("sample-1", Ending.Crashed, "Exited with code 3. It ran for 0.2 s.", "Traceback\n  File \"predict.py\"\nOSError: read-only\n"),
            Failed("sample-2", Ending.OutputWrongGrid, "The prediction has another shape than the CT. It has 127×104×90 voxels."),
            Case("sample-3") with
            {
                Seconds = 55,
                PeakMemoryBytes = 1000L << 20,
                UnknownLabels = [new UnknownLabel(26, 12), new UnknownLabel(99, 3456)],
                Structures =
                [
                    new CheckedStructure("liver", 5, 10, 41_000, 0.001, 0),
                    new CheckedStructure("spleen", 8, 0, 8_000, 0, 0),
                ],
            },
            Failed("sample-4", Ending.TimedOut, "Killed at the time limit of 60 s."),
            CheckedNotRun("sample-5"),
        ],
        Repeat = new CheckedRepeat("sample-3", Sameness.Different, Ending.Completed, 54, 0.61, "liver"),
    };

    private static CheckedCase CheckedNotRun(string name) => new()
    {
        Case = name,
        HasReference = false,
        Voxels = [512, 512, 300],
        SpacingMm = [0.7, 0.7, 1.25],
        Axes = "LPS",
        Detail = "Not run: 2 of 5 cases of this entry exceeded the time allowance, more than 20 %.",
    };
}
