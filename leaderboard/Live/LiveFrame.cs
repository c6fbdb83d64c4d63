using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>What every page of the server has around its content.</summary>
public sealed record LiveFrame
{
    /// <summary>The time shown, and what made the page.</summary>
    public required BuildInfo Info { get; init; }

    /// <summary>Who reads; null for somebody who has not signed in.</summary>
    public Visitor? Visitor { get; init; }

    /// <summary>Goes with every form, so that no other site can send one; null leaves it out.</summary>
    public string? FormToken { get; init; }

    /// <summary>What has just been done, or could not be, above the content; null for nothing.</summary>
    public Notice? Notice { get; init; }
}

/// <summary>Somebody who has signed in.</summary>
/// <param name="Name">The team's name, or the organiser's.</param>
/// <param name="IsOrganiser">Whether the organiser's pages are open.</param>
public sealed record Visitor(string Name, bool IsOrganiser);

/// <summary>A sentence above a page.</summary>
/// <param name="Text">For the reader.</param>
/// <param name="IsProblem">Whether something could not be done.</param>
public sealed record Notice(string Text, bool IsProblem = false);
