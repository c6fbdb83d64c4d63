using System.Text;

namespace Touchstone.Leaderboard.Site;

/// <summary>One file of a site.</summary>
/// <param name="Path">Relative to the site's root, with forward slashes.</param>
/// <param name="Content">The bytes.</param>
public sealed record SiteFile(string Path, ReadOnlyMemory<byte> Content)
{
    /// <summary>A text file in UTF-8.</summary>
    /// <param name="path">Relative to the site's root, with forward slashes.</param>
    /// <param name="text">The text.</param>
    public static SiteFile OfText(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    /// <summary>The content as text.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);
}

/// <summary>When and by what a site was made. Handed in, so that equal input gives equal pages.</summary>
/// <param name="GeneratedAt">Time shown on the pages, UTC.</param>
/// <param name="Version">Version and commit of Touchstone.</param>
public sealed record BuildInfo(DateTimeOffset GeneratedAt, string Version);
