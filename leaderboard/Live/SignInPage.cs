using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>Signing in with a personal access token.</summary>
public static class SignInPage
{
    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="input">What was tried before; the token itself is never shown again.</param>
    /// <param name="next">Path on this server to go to afterwards; null for the team's page.</param>
    public static string Write(LiveFrame frame, FormInput input, string? next = null) => new LivePage
    {
        Path = "sign-in",
        Heading = "Sign in",
        Content = Html.Of($"""
            <div class="opening">
            <h1>Sign in</h1>
            <p class="lead">With a personal access token of your team. There are no passwords here: a token is made for one
            purpose, ends by itself, and can be revoked at any time.</p>
            </div>
            <section aria-label="Sign in">
            {Forms.Post(frame, "/sign-in", "Sign in",
                next is null ? Html.Empty : Html.Of($"<input type=\"hidden\" name=\"{FieldNames.Next}\" value=\"{next}\">"),
                Forms.Text(
                    new TextField(FieldNames.Token, "Personal access token", "It was shown once, when it was made.")
                    {
                        IsSecret = true,
                    },
                    input))}
            <p class="note">No team yet? <a href="/register">Register one</a> with the invitation that the organiser sent you.
            Lost the only token? The organiser can invite your team anew.</p>
            </section>
            """),
    }.Write(frame);
}
