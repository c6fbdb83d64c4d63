namespace Touchstone.Baselines.Checkpoints;

/// <summary>A file of weights that cannot be used; the message says what is wrong with it.</summary>
internal sealed class CheckpointException(string message, Exception? inner = null) : Exception(message, inner);
