namespace Touchstone.Baselines.Volumes;

/// <summary>A CT that cannot be segmented, or no CT; the message says why.</summary>
internal sealed class CtException(string message) : Exception(message);
