namespace Touchstone.Leaderboard.Site;

/// <summary>What a server has around a site that it serves. Paths are relative to the site's root.</summary>
/// <param name="Home">The server's first page.</param>
/// <param name="Desk">The page of the reader's own team, which asks strangers to sign in.</param>
/// <param name="Edition">
/// Name of this site among the editions that follow each other at its address. Pages ask for their drawings by it, so that
/// one read a moment before the next edition came still shows the figures that belong to its numbers.
/// </param>
public sealed record Surroundings(string Home, string Desk, string Edition);
