using System.Globalization;
using Touchstone.Harness.Intake;
using Touchstone.Leaderboard.Live;
using SecretKind = Touchstone.Leaderboard.Live.SecretKind;

namespace Touchstone.Harness.Server.Pages;

/// <summary>A team's own page, and its tokens.</summary>
internal static class TeamPages
{
    private static readonly (TokenScopes Scope, string Name)[] Scopes =
        [(TokenScopes.Read, "read"), (TokenScopes.Submit, "submit"), (TokenScopes.Admin, "admin")];

    /// <summary>The page; organisers have none and are sent to theirs.</summary>
    public static Task ShowAsync(Exchange exchange) => exchange.Caller.IsOrganiser
        ? exchange.GoAsync("/organiser")
        : exchange.SendAsync(TeamPage.Write(exchange.Frame(), View(exchange.Desk, exchange.TeamId, isOrganiser: false), FormInput.Blank));

    /// <summary>Makes a token and shows it.</summary>
    public static Task MakeTokenAsync(Exchange exchange) => exchange.DoAsync(
        input =>
        {
            var scopes = input.All(FieldNames.Scope).Aggregate(
                TokenScopes.None, (flags, name) => flags | Scopes.FirstOrDefault(pair => pair.Name == name).Scope);
            var lifetime = Days(input);
            var name = input.Text(FieldNames.Name);
            var token = exchange.Desk.Store.CreateToken(exchange.Identity, name, scopes, lifetime);
            var end = exchange.Desk.Clock.GetUtcNow() + lifetime;
            return exchange.SendAsync(SecretPage.Write(exchange.Frame(), SecretKind.Token, name, token.Secret, end));
        },
        (frame, input) => TeamPage.Write(frame, View(exchange.Desk, exchange.TeamId, isOrganiser: false), input));

    /// <summary>Revokes a token.</summary>
    public static Task RevokeTokenAsync(Exchange exchange)
    {
        exchange.Desk.Store.RevokeToken(exchange.Identity, exchange.Parameter("id"));
        return exchange.GoAsync("/team?done=revoked");
    }

    /// <summary>What there is to see of a team.</summary>
    /// <param name="desk">What the server works with.</param>
    /// <param name="teamId">The team.</param>
    /// <param name="isOrganiser">Whether an organiser looks.</param>
    public static TeamView View(Desk desk, string teamId, bool isOrganiser)
    {
        var team = desk.Store.FindTeam(teamId) ?? throw IntakeException.NoSuch("team", teamId);
        var views = new AttemptViews(desk, isOrganiser);
        return new TeamView
        {
            Name = team.Name,
            RegisteredAt = team.CreatedAt,
            Members = team.Members,
            BarredBecause = team.BarredBecause,
            Tokens = [.. desk.Store.Tokens(teamId).OrderByDescending(token => token.CreatedAt).Select(Line)],
            Quotas = QuotaViews.Of(desk, teamId),
            Attempts = [.. desk.Store.Attempts(teamId, most: TeamPage.MostAttempts).Select(views.Summary)],
        };
    }

    /// <summary>Days of a form as a span; what is no number of days is refused by the store.</summary>
    internal static TimeSpan Days(FormInput input) =>
        int.TryParse(input.Text(FieldNames.Days), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            ? TimeSpan.FromDays(Math.Min(days, 100_000)) : TimeSpan.Zero;

    private static TokenLine Line(AccessToken token) => new()
    {
        Id = token.Id,
        Name = token.Name,
        Scopes = [.. Scopes.Where(pair => token.Scopes.HasFlag(pair.Scope)).Select(pair => pair.Name)],
        CreatedAt = token.CreatedAt,
        ExpiresAt = token.ExpiresAt,
        LastUsedAt = token.LastUsedAt,
        RevokedAt = token.RevokedAt,
    };
}
