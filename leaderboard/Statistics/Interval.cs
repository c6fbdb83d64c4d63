namespace Touchstone.Leaderboard.Statistics;

/// <summary>A closed range, in the unit of the statistic that it belongs to.</summary>
/// <param name="Low">Lower end, inclusive.</param>
/// <param name="High">Upper end, inclusive.</param>
public readonly record struct Interval(double Low, double High);
