using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Viewer;

namespace Touchstone.Harness.Boards;

/// <summary>Puts boards before readers: draws the figures, builds the site, writes it.</summary>
public static class Publication
{
    /// <summary>Publishes boards.</summary>
    /// <param name="boards">The boards.</param>
    /// <param name="info">What the pages say about their making.</param>
    /// <param name="folder">Folder of the site; null for no site.</param>
    /// <param name="figures">Folder of figures for papers; null for none.</param>
    /// <param name="tell">Where sentences for the operator go.</param>
    /// <param name="volumes">What the case viewer shows, by SHA-256; null drops the cases that boards show.</param>
    /// <param name="findWeb">Finds the renderer; null for <see cref="FigureRenderer.FindWeb"/>.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>Whether everything asked for was made: figures for papers cannot be without a renderer.</returns>
    public static async Task<bool> WriteAsync(
        IReadOnlyList<Board> boards, BuildInfo info, string? folder, string? figures, Action<string> tell,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? volumes = null, Func<string?>? findWeb = null,
        CancellationToken token = default)
    {
        var ready = await PrepareAsync(boards, tell, volumes, findWeb, token);
        var (drawings, missing) = (ready.Drawings, ready.Missing);
        if (folder is not null)
        {
            var files = StaticSite.Build(ready.Boards, info, drawings, ready.Gallery);
            SiteFolder.Write(folder, files);
            tell($"{Counted.Of(files.Count, "file")}: {Path.GetFullPath(Path.Combine(folder, "index.html"))}");
        }

        if (figures is not null && missing is null)
        {
            var (written, lacking) = await FigureFolder.WriteAsync(figures, drawings, token);
            tell($"{Counted.Of(written, "file")} of figures: {Path.GetFullPath(figures)}");
            missing = lacking;
            if (lacking is not null)
            {
                tell($"{lacking}; {FigureRenderer.HowToInstall}.");
            }
        }

        return figures is null || missing is null;
    }

    /// <summary>Draws figures and gathers what the case viewer needs; tells what is missing and does without.</summary>
    /// <param name="boards">The boards.</param>
    /// <param name="tell">Where sentences for the operator go.</param>
    /// <param name="volumes">What the case viewer shows, by SHA-256; null drops the cases that boards show.</param>
    /// <param name="findWeb">Finds the renderer; null for <see cref="FigureRenderer.FindWeb"/>.</param>
    /// <param name="token">Ends it.</param>
    internal static async Task<PreparedSite> PrepareAsync(
        IReadOnlyList<Board> boards, Action<string> tell, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? volumes,
        Func<string?>? findWeb, CancellationToken token)
    {
        var web = (findWeb ?? FigureRenderer.FindWeb)();
        var gallery = volumes is null ? null : ViewerLibrary.With(web, volumes);
        if (gallery is null && StaticSite.Volumes(boards).Count > 0)
        {
            tell($"No case is shown: {(volumes is null ? "its volumes are absent" : "NiiVue is not restored")}. "
                + $"Pages have their tables; {FigureRenderer.HowToInstall}.");
            boards = [.. boards.Select(board => board.With([]))];
        }

        var (drawings, missing) = await FigureRenderer.DrawAsync(boards, web, token);
        if (missing is not null)
        {
            tell($"No figure is drawn: {missing}. Pages show their numbers as tables; {FigureRenderer.HowToInstall}.");
        }

        return new PreparedSite(boards, drawings, gallery, missing);
    }
}

/// <summary>Boards with everything that a site of them needs.</summary>
/// <param name="Boards">The boards, without cases to look into where those cannot be shown.</param>
/// <param name="Drawings">The drawn figures.</param>
/// <param name="Gallery">What the case viewer needs; null where none is shown.</param>
/// <param name="Missing">Why no figure is drawn; null when they are.</param>
internal sealed record PreparedSite(IReadOnlyList<Board> Boards, Drawings Drawings, Gallery? Gallery, string? Missing);
