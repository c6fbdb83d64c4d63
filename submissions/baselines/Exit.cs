using Touchstone.Baselines.Checkpoints;
using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Torch;
using Touchstone.Baselines.Training;
using Touchstone.Baselines.Volumes;
using Touchstone.Evaluators;

namespace Touchstone.Baselines;

/// <summary>Exit codes, as of the <c>touchstone</c> executable.</summary>
internal static class Exit
{
    /// <summary>All was done.</summary>
    public const int Success = 0;

    /// <summary>The work failed; the reason is on the error stream.</summary>
    public const int Failure = 1;

    /// <summary>What was asked for cannot be.</summary>
    public const int WrongUse = 2;

    /// <summary>Whether a fault's message tells a user what is wrong; others are faults of ours and fly.</summary>
    /// <param name="fault">What was thrown.</param>
    public static bool IsExplained(Exception fault) => fault is TorchException or CheckpointException or ModelException
        or TrainingException or CtException or VolumeException or IOException or UnauthorizedAccessException or OutOfMemoryException;
}
