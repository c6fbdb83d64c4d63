using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Live;

/// <summary>What a participant does about an ending.</summary>
internal static class Advice
{
    /// <summary>A few sentences; empty for a case that was completed.</summary>
    public static string For(Ending ending) => ending switch
    {
        Ending.Completed => "",
        Ending.TimedOut =>
            "The container was killed at the time limit. Loading weights counts: use a smaller model, fewer or larger patches, "
            + "half precision, and no test-time augmentation. `touchstone check` prints seconds per case against the limit.",
        Ending.OutOfMemory =>
            "The kernel killed it at the memory limit. Work on patches, keep probabilities in half precision, and write one "
            + "structure after the other. `touchstone check` prints the peak.",
        Ending.Crashed =>
            "The program ended with another exit code than 0. Typical causes: writing outside /tmp, $HOME and the outputs, asking "
            + "for the network, a file that is not in the image, a GPU that is not there. `touchstone check` runs the image in the "
            + "same sandbox and prints the log.",
        Ending.OutputMissing =>
            "There was no file under the expected name. Flat layout: outputs/<case>.nii.gz. Folder layout: "
            + "outputs/<case>/segmentations/<structure>.nii.gz. Take the name of the case from the input.",
        Ending.OutputUnreadable =>
            "The file is no NIfTI volume, or is cut short. Close files before you leave, and write gzip only where the name says .gz.",
        Ending.OutputWrongGrid =>
            "The output does not lie on the CT's grid. Resample back to the input's shape, and write the input's own affine: copy its "
            + "header, do not make a new one. Watch out for flipped axes and for a spacing that was changed on the way in.",
        Ending.OutputNotLabels =>
            "Voxels must be whole numbers from 0 to 255 in one volume: take the arg max, no probabilities, no negative numbers, no NaN. "
            + "Folder layout: 0 and 1, one file per structure.",
        Ending.OutputTooLarge =>
            "The outputs are larger than the limit. Write unsigned bytes, compressed, and nothing but the outputs.",
        Ending.OutputForbidden =>
            "Outputs must be regular files and folders: no links, pipes or devices.",
        _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, "An ending without advice."),
    };
}
