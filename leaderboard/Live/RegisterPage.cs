using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>Registering a team with an invitation.</summary>
public static class RegisterPage
{
    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="input">What was tried before.</param>
    public static string Write(LiveFrame frame, FormInput input) => new LivePage
    {
        Path = "register",
        Heading = "Register a team",
        Content = Html.Of($"""
            <div class="opening">
            <h1>Register a team</h1>
            <p class="lead">With the invitation that the organiser of the challenge sent you. It works once.</p>
            </div>
            <section aria-label="Register a team">
            {Forms.Post(frame, "/register", "Register",
                Forms.Text(
                    new TextField(FieldNames.Invitation, "Invitation", "The whole code from the organiser's letter.")
                    {
                        IsSecret = true,
                    },
                    input),
                Forms.Text(
                    new TextField(FieldNames.Name, "Name of the team", "Everybody reads it on the leaderboard. It cannot be changed.")
                    {
                        MaxLength = 80,
                    },
                    input),
                Forms.Text(
                    new TextField(FieldNames.Members, "Members", "One name a line. Only the organiser sees them.")
                    {
                        Lines = 4,
                        MaxLength = 8000,
                    },
                    input))}
            <p class="note">You then get the team's first token, which is what you sign in with.</p>
            </section>
            """),
    }.Write(frame);
}
