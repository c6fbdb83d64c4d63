using System.Globalization;
using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>How a participant's container stopped.</summary>
/// <param name="ExitCode">Exit code; null when it was killed at the time limit.</param>
/// <param name="WasOutOfMemory">What the engine's flag or its events say; an exit code of 137 proves nothing.</param>
/// <param name="Run">From start to end.</param>
public readonly record struct ContainerEnd(int? ExitCode, bool WasOutOfMemory, TimeSpan Run);

/// <summary>An ending and its words, which never name anything of this machine.</summary>
/// <param name="Ending">The code.</param>
/// <param name="Detail">
/// Fixed text with limits and the exit code: a participant may read it in any phase, because nothing else in it is the
/// container's choice and no patient's data can leave through it.
/// </param>
/// <param name="Remark">
/// What was found in particular, such as the shape of a prediction: for operators and open phases; null for nothing.
/// </param>
public readonly record struct Verdict(Ending Ending, string Detail, string? Remark = null)
{
    /// <summary>The words that a participant reads.</summary>
    /// <param name="logs">What the phase lets participants learn.</param>
    public string DetailFor(LogPolicy logs) => logs == LogPolicy.Open && Remark is not null ? $"{Detail} {Remark}" : Detail;
}

/// <summary>Which ending it was. Pure.</summary>
public static class EndingRules
{
    /// <summary>Judges a run by how it stopped and what it left.</summary>
    /// <param name="end">How it stopped.</param>
    /// <param name="output">What it left.</param>
    /// <param name="expected">What it should have left.</param>
    /// <param name="command">What was run.</param>
    /// <param name="limits">What it might use.</param>
    public static Verdict Judge(
        ContainerEnd end,
        CollectedOutput output,
        ExpectedOutputs expected,
        IReadOnlyList<string> command,
        SandboxLimits limits) => Judge(
            end, output, expected.Description, OtherOutputs.Guess(output, expected), SandboxProfile.OutputInodes, command, limits);

    /// <summary>Judges a training job by how it stopped and what it left.</summary>
    /// <param name="end">How it stopped.</param>
    /// <param name="output">What it left.</param>
    /// <param name="files">What it should have left.</param>
    /// <param name="command">What was run.</param>
    /// <param name="limits">What it might use.</param>
    public static Verdict Judge(
        ContainerEnd end, CollectedOutput output, JobFiles files, IReadOnlyList<string> command, SandboxLimits limits)
    {
        OutputFile[] counting = [.. output.Files.Where(file => files.Counts(file.Path))];
        string[] others = [.. output.Files.Except(counting).Select(file => OtherOutputs.Printable(file.Path))];
        var left = output with
        {
            Files = counting,
            OtherFiles = output.OtherFiles + others.Length,
            OtherNames = [.. output.OtherNames.Concat(others).Take(CollectedOutput.MostNames)],
        };
        return Judge(end, left, files.Description, guess: null, files.OutputInodes, command, limits);
    }

    private static Verdict Judge(
        ContainerEnd end,
        CollectedOutput output,
        string expected,
        string? guess,
        int inodes,
        IReadOnlyList<string> command,
        SandboxLimits limits) => end switch
        {
            { ExitCode: null } => new(Ending.TimedOut, Words($"Killed at the time limit of {limits.WallTime.TotalSeconds:0.###} s.")),
            { ExitCode: not 0, WasOutOfMemory: true } => OutOfMemory(limits),
            { ExitCode: 0 } when output.Forbidden is not null => new(
                Ending.OutputForbidden,
                "The output folder holds something other than regular files and folders.",
                $"Found: {output.Forbidden}."),
            _ when output.IsFull => TooLarge(limits, inodes),
            { ExitCode: 127 } => new(
                Ending.Crashed,
                $"Exited with code 127: the image has no program \"{Printable(command[0])}\", or its script calls one that is absent."),
            { ExitCode: 126 } => new(
                Ending.Crashed, $"Exited with code 126: \"{Printable(command[0])}\" cannot be executed by a user without rights."),
            { ExitCode: > 128 and < 160 } => new(
                Ending.Crashed, Words($"Exited with code {end.ExitCode} (signal {Signal(end.ExitCode.Value - 128)})."), Took(end)),
            { ExitCode: not 0 } => new(Ending.Crashed, Words($"Exited with code {end.ExitCode}."), Took(end)),
            _ when output.Files.Count > 0 => new(Ending.Completed, "Exited with 0.", Took(end)),
            { WasOutOfMemory: true } => OutOfMemory(limits),
            _ => new(
                Ending.OutputMissing,
                $"Exited with 0, but left no {expected}.",
                guess is null ? OtherOutputs.Listed(output) : $"{OtherOutputs.Listed(output)} {guess}")
        };

    /// <summary>Judges a completed run whose prediction turned out to be no valid one.</summary>
    /// <param name="fault">What is wrong with the prediction.</param>
    /// <param name="wasOutOfMemory">Whether the kernel killed a process of the run for memory.</param>
    /// <param name="limits">What it might use.</param>
    public static Verdict Judge(VolumeException fault, bool wasOutOfMemory, SandboxLimits limits) => wasOutOfMemory
        ? OutOfMemory(limits)
        : new(EndingOf(fault.Fault), Fixed(fault.Fault), fault.Message);

    private static string Fixed(VolumeFault fault) => fault switch
    {
        VolumeFault.Unreadable => "The prediction is no NIfTI volume that can be read.",
        VolumeFault.Damaged => "The prediction is damaged: it ends early, goes on too long, or its checksum is wrong.",
        VolumeFault.TooLarge => "The prediction is larger, or has more surface, than any anatomy has.",
        VolumeFault.NotLabels => "The prediction's voxels are no labels: whole numbers from 0 to 255, one volume in a file.",
        VolumeFault.SeveralLabels => "A mask of the prediction holds several numbers beside 0; a mask is of one structure.",
        VolumeFault.WrongShape => "The prediction has another shape than the CT.",
        VolumeFault.WrongAffine => "The prediction has the CT's shape, but another spacing or place.",
        VolumeFault.Missing => "The prediction is not there.",
    };

    private static Ending EndingOf(VolumeFault fault) => fault switch
    {
        VolumeFault.Unreadable or VolumeFault.Damaged => Ending.OutputUnreadable,
        VolumeFault.TooLarge => Ending.OutputTooLarge,
        VolumeFault.NotLabels or VolumeFault.SeveralLabels => Ending.OutputNotLabels,
        VolumeFault.WrongShape or VolumeFault.WrongAffine => Ending.OutputWrongGrid,
        VolumeFault.Missing => Ending.OutputMissing,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No ending is known for this fault."),
    };

    private static string Took(ContainerEnd end) => Words($"It ran for {end.Run.TotalSeconds:0.0} s.");

    private static Verdict OutOfMemory(SandboxLimits limits) => new(
        Ending.OutOfMemory,
        $"The kernel killed a process at the memory limit of {Size(limits.MemoryBytes)}, beside which the output has "
            + $"{Size(limits.OutputBytes)}, and no valid prediction was left.");

    private static Verdict TooLarge(SandboxLimits limits, int inodes) => new(
        Ending.OutputTooLarge,
        Words($"The output folder is full: it takes {Size(limits.OutputBytes)} and {inodes} files and folders."));

    private static string Signal(int number) => number switch
    {
        4 => "4, illegal instruction",
        6 => "6, abort",
        7 => "7, bus error",
        11 => "11, segmentation fault",
        25 => "25, file too large",
        _ => Words($"{number}"),
    };

    private static string Size(long bytes) => bytes >= 1L << 30
        ? Words($"{bytes / (double)(1L << 30):0.##} GiB")
        : Words($"{bytes / (double)(1L << 20):0.##} MiB");

    private static string Printable(string text) => LogText.Line(text, most: 80);

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
