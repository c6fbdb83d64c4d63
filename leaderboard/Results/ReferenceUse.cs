namespace Touchstone.Leaderboard.Results;

/// <summary>Which reference masks a case was scored against.</summary>
/// <param name="Version">The dataset's reference version, which the organiser raises when masks are corrected; from 1.</param>
/// <param name="Sha256">Hash over the names and contents of the case's masks; empty where it must not be told.</param>
public sealed record ReferenceUse(int Version, string Sha256);
