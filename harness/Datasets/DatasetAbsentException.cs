namespace Touchstone.Harness.Datasets;

/// <summary>A dataset that a challenge needs is not on this machine.</summary>
public sealed class DatasetAbsentException(string message) : IOException(message);
