using Touchstone.Leaderboard.Viewer;

namespace Touchstone.Leaderboard.Site;

/// <summary>The frame around every page: head, masthead, navigation, footer.</summary>
internal sealed class Page
{
    /// <summary>
    /// Nothing may be loaded but the site's own files, nothing may run that stands in a page, and nothing may frame or
    /// post.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

    // NiiVue brings the letters R, L, A, P… as a picture of its own, written as a data address.
    private const string ViewerPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

    /// <summary>Folder of the board within the site, empty or ending in a slash.</summary>
    public required string Folder { get; init; }

    /// <summary>Name of the site or the contest, in the masthead.</summary>
    public required string Title { get; init; }

    /// <summary>The page's path within <see cref="Folder"/>.</summary>
    public required string Path { get; init; }

    /// <summary>The page's own heading.</summary>
    public required string Heading { get; init; }

    /// <summary>One sentence for search engines and link previews.</summary>
    public required string Description { get; init; }

    /// <summary>Links of the navigation: text and path within <see cref="Folder"/>.</summary>
    public required IReadOnlyList<(string Text, string Path)> Navigation { get; init; }

    /// <summary>Whether the site has the library that makes figures interactive.</summary>
    public bool HasLibrary { get; init; }

    /// <summary>What is under the masthead.</summary>
    public required Html Content { get; init; }

    /// <summary>Writes the page.</summary>
    public SiteFile Write(BuildInfo info)
    {
        var up = Links.Up(Path);
        var root = up + Links.Up(Folder);
        var navigation = Navigation.Select(link => link.Path == Path
            ? Html.Of($"<li><a href=\"{up}{link.Path}\" aria-current=\"page\">{link.Text}</a></li>")
            : Html.Of($"<li><a href=\"{up}{link.Path}\">{link.Text}</a></li>"));
        var html = Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{(HasViewer ? ViewerPolicy : Policy)}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="description" content="{Description}">
            <title>{Heading} · {Title}</title>
            <link rel="icon" type="image/svg+xml" href="{root}icon.svg">
            <link rel="stylesheet" href="{root}style.css">
            <script src="{root}tables.js" defer></script>
            {Scripts(root)}
            </head>
            <body>
            <a class="skip" href="#content">Skip to content</a>
            <header class="masthead">
            <div class="wide">
            <a class="brand" href="{root}index.html">{Mark}<span>Touchstone</span></a>
            <nav aria-label="Pages"><ul>{navigation}</ul></nav>
            </div>
            </header>
            <main id="content" class="wide">
            {Content}
            </main>
            <footer class="wide">
            <p>Made {Show.Time(info.GeneratedAt)} by Touchstone {info.Version}. This page loads nothing
            from elsewhere, and reads as well without scripts.</p>
            </footer>
            </body>
            </html>

            """);
        return SiteFile.OfText(Folder + Path, html.ToString());
    }

    private bool HasViewer => Content.ToString().Contains("class=\"viewer\"", StringComparison.Ordinal);

    // Only pages with a figure need the library.
    private Html Scripts(string root) =>
        HasViewer ? Html.Of($"""
                <script src="{root}{Gallery.LibraryPath}" defer></script>
                <script src="{root}viewer.js" defer></script>
                """)
        : HasLibrary && Content.ToString().Contains("class=\"plot\"", StringComparison.Ordinal)
            ? Html.Of($"""
                <script src="{root}{FigureFiles.Library}" defer></script>
                <script src="{root}figures.js" defer></script>
                <script src="{root}charts.js" defer></script>
                """)
            : Html.Empty;

    /// <summary>The mark: the black stone, with the streak that gold leaves on it.</summary>
    private static Html Mark { get; } = Html.Of($"""
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <path class="stone" d="M9 3h14l7 9-3 13-10 5-12-4-3-13z"/><path class="streak" d="M9 22 23 9"/>
        </svg>
        """);
}
