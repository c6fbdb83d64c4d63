using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>A page of the server: the frame of the static site, with who is signed in and what just happened.</summary>
internal sealed record LivePage
{
    /// <summary>
    /// As on the static site, and forms and scripts may talk to this server alone.
    /// </summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'self'";

    /// <summary>Its path on the server without the first slash.</summary>
    public required string Path { get; init; }

    /// <summary>Its heading in the title.</summary>
    public required string Heading { get; init; }

    /// <summary>What is under the masthead.</summary>
    public required Html Content { get; init; }

    /// <summary>Scripts of this page, by name.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>Seconds after which a browser without scripts asks again; null for never.</summary>
    public int? RefreshSeconds { get; init; }

    /// <summary>What the page is without scripts, for the footer.</summary>
    public string WithoutScripts { get; init; } = "works as well without scripts";

    /// <summary>Writes the page.</summary>
    public string Write(LiveFrame frame) => new Page
    {
        Folder = "",
        Title = "Touchstone",
        Path = Path,
        Heading = Heading,
        Description = $"{Heading}: challenges in medical CT segmentation.",
        Navigation = Navigation(frame.Visitor),
        Content = Html.Join(Said(frame.Notice), Content),
        Policy = Policy,
        Referrer = "same-origin",
        WithoutScripts = WithoutScripts,
        Assets = LiveAssets.Folder,
        Root = "/",
        OwnScripts = Scripts,
        Account = Account(frame),
        RefreshSeconds = RefreshSeconds,
    }.Render(frame.Info);

    private static (string Text, string Path)[] Navigation(Visitor? visitor) => visitor switch
    {
        null => [("Challenges", ""), ("Register", "register")],
        { IsOrganiser: true } =>
        [
            ("Challenges", ""), ("Queue", "organiser"), ("Teams", "organiser/teams"),
            ("Invitations", "organiser/invitations"), ("Datasets", "organiser/datasets"),
            ("Audit log", "organiser/audit"),
        ],
        _ => [("Challenges", ""), ("Your team", "team"), ("Submit", "submit")],
    };

    private static Html Account(LiveFrame frame) => frame.Visitor is { } visitor
        ? Html.Of($"""
            <form class="account" method="post" action="/sign-out">
            {Forms.Token(frame)}<span>Signed in as <b>{visitor.Name}</b></span> <button>Sign out</button>
            </form>
            """)
        : Html.Of($"<p class=\"account\"><a href=\"/sign-in\">Sign in</a></p>");

    private static Html Said(Notice? notice) => notice switch
    {
        null => Html.Empty,
        { IsProblem: true } => Html.Of($"<p class=\"notice bad\" role=\"alert\">{notice.Text}</p>\n"),
        _ => Html.Of($"<p class=\"notice good\" role=\"status\">{notice.Text}</p>\n"),
    };
}
