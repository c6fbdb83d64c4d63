namespace Touchstone.Evaluators;

/// <summary>What is wrong with a volume. The names are stored and shown to participants: never rename one.</summary>
public enum VolumeFault
{
    /// <summary>Not a volume of a known format, or its header contradicts itself.</summary>
    Unreadable,

    /// <summary>Ends early, is followed by more bytes than announced, or its checksum is wrong.</summary>
    Damaged,

    /// <summary>Larger than the limit, by its own header, or with more surface than any anatomy has.</summary>
    TooLarge,

    /// <summary>
    /// Voxels that are no label: fractions, negative numbers, above 255, NaN; or more than one volume in the file.
    /// </summary>
    NotLabels,

    /// <summary>A mask with two numbers or more beside 0: most likely a label map that was taken for a mask.</summary>
    SeveralLabels,

    /// <summary>Another shape than the reference.</summary>
    WrongShape,

    /// <summary>The reference's shape, at another spacing or place in the world.</summary>
    WrongAffine,

    /// <summary>The file or folder is not there.</summary>
    Missing,
}

/// <summary>
/// A volume that cannot be scored. The message says what differs and by how much; it names no file, because a
/// participant may read it: whoever knows the file adds its name for operators.
/// </summary>
public class VolumeException(VolumeFault fault, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The stable code of the fault.</summary>
    public VolumeFault Fault { get; } = fault;
}
