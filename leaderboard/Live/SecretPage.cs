using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>What a secret is for that has just been made.</summary>
public enum SecretKind
{
    /// <summary>The first token of a team that has just registered.</summary>
    FirstToken,

    /// <summary>A further token.</summary>
    Token,

    /// <summary>An invitation.</summary>
    Invitation,

    /// <summary>A team's only token, made by organisers in place of those that it had.</summary>
    Renewed,
}

/// <summary>A new secret, shown this once: only its hash is kept.</summary>
public static class SecretPage
{
    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="kind">What was made.</param>
    /// <param name="name">Name of the team, of the token, or for whom the invitation is.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="expiresAt">Until when it works; null for no end.</param>
    public static string Write(
        LiveFrame frame, SecretKind kind, string name, string secret, DateTimeOffset? expiresAt) => new LivePage
        {
            Path = "secret",
            Heading = Heading(kind),
            Content = Html.Of($"""
                <div class="opening">
                <p class="kicker">{name}</p>
                <h1>{Heading(kind)}</h1>
                <p class="lead">{Lead(kind)}</p>
                </div>
                <section aria-label="{Heading(kind)}">
                <p class="secret"><code id="secret">{secret}</code></p>
                <p class="note">Copy it now: this page is the only one that ever shows it. It works
                {(expiresAt is { } end ? $"until {Show.Time(end)}" : "until it is revoked")}. {Care(kind)}</p>
                <p><a class="button" href="{Onward(kind).Path}">{Onward(kind).Text}</a></p>
                </section>
                """),
        }.Write(frame);

    private static string Heading(SecretKind kind) => kind switch
    {
        SecretKind.FirstToken => "Your team is registered",
        SecretKind.Token => "A new token",
        SecretKind.Invitation => "A new invitation",
        SecretKind.Renewed => "The team's new token",
    };

    private static string Lead(SecretKind kind) => kind switch
    {
        SecretKind.FirstToken => "This is its first personal access token. Sign in with it, and make further ones on your team's page.",
        SecretKind.Token => "For the command line, for a script, or for another member of your team.",
        SecretKind.Invitation => "Send it to the team over a channel that you trust. Whoever has it can register one team.",
        SecretKind.Renewed => "Send it to the team over a channel that you trust. Every other token of the team has ended.",
    };

    private static string Care(SecretKind kind) => kind is SecretKind.Invitation or SecretKind.Renewed
        ? "If it gets lost, make another one."
        : "Keep it as you would keep a password: whoever has it acts for your team.";

    private static (string Text, string Path) Onward(SecretKind kind) => kind switch
    {
        SecretKind.FirstToken => ("I have copied it: sign in", "/sign-in"),
        SecretKind.Token => ("I have copied it: back to the team", "/team"),
        SecretKind.Invitation => ("I have copied it: back to the invitations", "/organiser/invitations"),
        SecretKind.Renewed => ("I have copied it: back to the teams", "/organiser/teams"),
    };
}
