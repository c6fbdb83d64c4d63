namespace Touchstone.Submissions;

/// <summary>Why a submission cannot be accepted. The names are shown to participants and stored: never rename one.</summary>
public enum SubmissionFault
{
    /// <summary>A name, team or command is empty, too long or holds characters that are not allowed.</summary>
    Malformed,

    /// <summary>The image is not named by its content.</summary>
    ImageNotPinned,

    /// <summary>There is no such archive, or the engine cannot pull the reference.</summary>
    ImageNotFound,

    /// <summary>The archive is not what <c>docker save</c> writes, or holds more than one image.</summary>
    ArchiveInvalid,

    /// <summary>The archive or the unpacked image is larger than the limit.</summary>
    ImageTooLarge,

    /// <summary>The image is built for another processor.</summary>
    WrongArchitecture,

    /// <summary>There is no such challenge.</summary>
    UnknownChallenge,

    /// <summary>The image's own configuration asks for what the sandbox does not give, such as a volume over the workspace.</summary>
    ImageConfigurationRefused,

    /// <summary>It must run as root, which the challenge does not allow.</summary>
    RootRefused,

    /// <summary>The challenge has no such phase, or has several and the submission names none.</summary>
    UnknownPhase,

    /// <summary>The phase has not opened yet, or has closed.</summary>
    PhaseNotOpen,

    /// <summary>The entry was disqualified or withdrawn before its turn came; it is not run.</summary>
    EntryTakenOut,

    /// <summary>It asks for a GPU, and the machine that would run it has none.</summary>
    GpuAbsent,
}

/// <summary>
/// A fault of the participant's making. Its message goes back to the participant, so it must name no host path, no hidden
/// case and no other team; any other exception is ours and is shown to operators only.
/// </summary>
public sealed class SubmissionException(SubmissionFault fault, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The stable code of the fault.</summary>
    public SubmissionFault Fault { get; } = fault;
}
