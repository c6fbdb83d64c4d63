using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>What a browser gets in place of a page: not found, not allowed, too many requests, our fault.</summary>
public static class ProblemPage
{
    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="heading">What happened, in a few words.</param>
    /// <param name="text">What happened and what to do, safe for everybody to read.</param>
    /// <param name="code">The stable code.</param>
    public static string Write(LiveFrame frame, string heading, string text, string code) => new LivePage
    {
        Path = "problem",
        Heading = heading,
        Content = Html.Of($"""
            <div class="opening">
            <p class="kicker">{code}</p>
            <h1>{heading}</h1>
            <p class="lead">{text}</p>
            <p><a class="button" href="/">To the challenges</a></p>
            </div>
            """),
    }.Write(frame);
}
