namespace Touchstone.Leaderboard.Site;

/// <summary>Where a server's own pages lie around a site that it serves; both relative to the site's root.</summary>
/// <param name="Home">The server's first page.</param>
/// <param name="Desk">The page of the reader's own team, which asks strangers to sign in.</param>
public sealed record Surroundings(string Home, string Desk);
