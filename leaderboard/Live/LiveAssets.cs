using System.Security.Cryptography;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>
/// Style sheet, icon and scripts of the server's pages. Their folder is named after their content, so browsers may keep
/// them for ever.
/// </summary>
public static class LiveAssets
{
    private static readonly string[] Names = ["icon.svg", "style.css", "tables.js", "upload.js", "watch.js"];

    /// <summary>The files; their paths start with <see cref="Folder"/>, without its slash in front.</summary>
    public static IReadOnlyList<SiteFile> Files { get; } = Make();

    /// <summary>Path of the folder on the server, between slashes.</summary>
    public static string Folder { get; } = "/" + Files[0].Path[..(Files[0].Path.LastIndexOf('/') + 1)];

    private static SiteFile[] Make()
    {
        var files = Names.Select(StaticSite.Asset).ToArray();
        var all = files.SelectMany(file => SHA256.HashData(file.Content.Span)).ToArray();
        var version = Convert.ToHexStringLower(SHA256.HashData(all))[..16];
        return [.. files.Select(file => file with { Path = $"assets/{version}/{file.Path}" })];
    }
}
