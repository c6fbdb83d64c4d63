namespace Touchstone.Harness.Intake;

/// <summary>An organiser's wish that a worker fulfils: to score a dataset again after its reference masks were corrected.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Dataset">Id of the dataset.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="AskedAt">When, UTC.</param>
/// <param name="EndedAt">When it was done, UTC; null before.</param>
/// <param name="Report">What came of it, for organisers; null before.</param>
public sealed record Errand(
    long Number, string Dataset, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset? EndedAt, string? Report);
