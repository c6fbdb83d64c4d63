namespace Touchstone.Leaderboard.Site;

/// <summary>When and by what a site was made. Handed in, so that equal input gives equal pages.</summary>
/// <param name="GeneratedAt">Time shown on the pages, UTC.</param>
/// <param name="Version">Version and commit of Touchstone.</param>
public sealed record BuildInfo(DateTimeOffset GeneratedAt, string Version);
