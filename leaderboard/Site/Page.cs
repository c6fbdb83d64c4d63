using Touchstone.Leaderboard.Viewer;

namespace Touchstone.Leaderboard.Site;

/// <summary>The frame around every page: head, masthead, navigation, footer.</summary>
internal sealed class Page
{
    /// <summary>
    /// Nothing may be loaded but the site's own files, nothing may run that stands in a page, and nothing may frame or
    /// post.
    /// </summary>
    private const string Closed =
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

    /// <summary>What a server has around the page; null for a page that stands by itself.</summary>
    public Surroundings? Around { get; init; }

    /// <summary>What a page may load, run and send.</summary>
    public string Policy { get; init; } = Closed;

    /// <summary>To whom a browser tells where it comes from.</summary>
    public string Referrer { get; init; } = "no-referrer";

    /// <summary>What the page is without scripts, for the footer.</summary>
    public string WithoutScripts { get; init; } = "reads as well without scripts";

    /// <summary>Where style sheet and scripts lie; null for the site's root, relative to the page.</summary>
    public string? Assets { get; init; }

    /// <summary>Where links of the navigation start; null for the board's folder, relative to the page.</summary>
    public string? Root { get; init; }

    /// <summary>Further scripts, by name.</summary>
    public IReadOnlyList<string> OwnScripts { get; init; } = [];

    /// <summary>What else stands in the masthead: who is signed in.</summary>
    public Html Account { get; init; }

    /// <summary>Seconds after which a browser without scripts asks again; null for never.</summary>
    public int? RefreshSeconds { get; init; }

    /// <summary>Writes the page as a file of a site.</summary>
    public SiteFile Write(BuildInfo info) => SiteFile.OfText(Folder + Path, Render(info));

    /// <summary>Writes the page.</summary>
    public string Render(BuildInfo info)
    {
        var up = Root ?? Links.Up(Path);
        var root = Links.Up(Path) + Links.Up(Folder);
        var assets = Assets ?? root;
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
            <meta name="referrer" content="{Referrer}">
            <meta name="description" content="{Description}">
            <title>{Heading} · {Title}</title>
            <link rel="icon" type="image/svg+xml" href="{assets}icon.svg">
            <link rel="stylesheet" href="{assets}style.css">
            <script src="{assets}tables.js" defer></script>
            {Scripts(assets)}{Refresh}
            </head>
            <body>
            <a class="skip" href="#content">Skip to content</a>
            <header class="masthead">
            <div class="wide">
            <a class="brand" href="{Home(root)}">{Mark}<span>Touchstone</span></a>
            <nav aria-label="Pages"><ul>{navigation}{Desk(root)}</ul></nav>{Account}
            </div>
            </header>
            <main id="content" class="wide">
            {Content}
            </main>
            <footer class="wide">
            <p>Made {Show.Time(info.GeneratedAt)} by Touchstone {info.Version}. This page loads nothing
            from elsewhere, and {WithoutScripts}.</p>
            </footer>
            </body>
            </html>

            """);
        return html.ToString();
    }

    private bool HasViewer => Content.ToString().Contains("class=\"viewer\"", StringComparison.Ordinal);

    private string Home(string root) => Root ?? root + (Around?.Home ?? "index.html");

    private Html Desk(string root) => Around is null
        ? Html.Empty
        : Html.Of($"<li><a href=\"{root}{Around.Desk}\">Your team</a></li>");

    // Only pages with a figure need the library.
    private Html Scripts(string root) =>
        HasViewer ? Html.Of($"""
                <script src="{root}{Gallery.LibraryPath}" defer></script>
                <script src="{root}viewer.js" defer></script>
                """)
        : HasLibrary && Content.ToString().Contains("class=\"plot\"", StringComparison.Ordinal)
            ? Html.Of($"""
                <script src="{root}charts.js" data-library="{root}{FigureFiles.Library}" defer></script>
                """)
            : Html.Join(OwnScripts.Select(name => Html.Of($"<script src=\"{root}{name}\" defer></script>")));

    private Html Refresh => RefreshSeconds is { } seconds
        ? Html.Of($"<noscript><meta http-equiv=\"refresh\" content=\"{seconds}\"></noscript>")
        : Html.Empty;

    /// <summary>The mark: the black stone, with the streak that gold leaves on it.</summary>
    private static Html Mark { get; } = Html.Of($"""
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <path class="stone" d="M9 3h14l7 9-3 13-10 5-12-4-3-13z"/><path class="streak" d="M9 22 23 9"/>
        </svg>
        """);
}
