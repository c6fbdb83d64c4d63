using System.Text.Json;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Checks;

/// <summary>What to do about an ending. Pure.</summary>
internal static class EndingAdvice
{
    /// <summary>The finding's code.</summary>
    /// <param name="ending">Not <see cref="Ending.Completed"/>.</param>
    public static string CodeOf(Ending ending) => ending switch
    {
        Ending.TimedOut => "time",
        Ending.OutOfMemory => "memory",
        Ending.Crashed => "crash",
        Ending.OutputWrongGrid => "geometry",
        Ending.OutputNotLabels => "labels",
        Ending.OutputMissing or Ending.OutputUnreadable or Ending.OutputTooLarge or Ending.OutputForbidden => "output",
        Ending.Completed => throw new ArgumentOutOfRangeException(nameof(ending), ending, "Nothing is wrong with this ending."),
    };

    /// <summary>What to do.</summary>
    /// <param name="ending">Not <see cref="Ending.Completed"/>.</param>
    public static string For(Ending ending) => ending switch
    {
        Ending.TimedOut =>
            "Make it faster: predict at a coarser spacing, let sliding windows overlap less, load weights once.",
        Ending.OutOfMemory =>
            "Use less: crop or work in parts, keep one class at a time, write early. /tmp, $HOME and /dev/shm count too.",
        Ending.Crashed =>
            "Look at its log. Common causes: writing outside /workspace/outputs and /tmp, a missing file, a network call, "
            + "a GPU that was not asked for.",
        Ending.OutputMissing => "Write under exactly that name. The layout must be the one that --layout says.",
        Ending.OutputUnreadable => "Write gzip-compressed NIfTI (.nii.gz), and close the file before you exit.",
        Ending.OutputWrongGrid => "Undo every resampling, crop and turn, and save with the CT's own affine.",
        Ending.OutputNotLabels =>
            "Save whole numbers (uint8), the argmax and not probabilities; in the folder layout 0 and 1, one file per structure.",
        Ending.OutputTooLarge => "Save uint8 with gzip, and nothing else in outputs.",
        Ending.OutputForbidden => "Leave regular files and folders alone in outputs: no links, pipes or devices.",
        _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, "Nothing has to be done about this ending."),
    };
}

/// <summary>Endings as the contract names them.</summary>
internal static class Codes
{
    /// <summary>Such as <c>outputWrongGrid</c>.</summary>
    public static string Of(Ending ending) => JsonNamingPolicy.CamelCase.ConvertName(ending.ToString());
}
