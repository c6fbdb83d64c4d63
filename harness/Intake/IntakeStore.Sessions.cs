using Dapper;

namespace Touchstone.Harness.Intake;

public sealed partial class IntakeStore
{
    /// <summary>How long a browser stays signed in.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(12);

    /// <summary>Signs a browser in with a token.</summary>
    /// <param name="tokenText">What was typed.</param>
    /// <returns>The cookie's content and whom it stands for; null when the token does not work.</returns>
    public (IssuedSecret Session, Identity Identity)? SignIn(string? tokenText)
    {
        if (IdentifyToken(tokenText) is not { } identity)
        {
            return null;
        }

        var secret = Secret.New(SecretKind.Session);
        Change(transaction => _connection.Execute("""
            INSERT INTO session (id, hash, token_id, created_at, expires_at) VALUES (@Id, @Hash, @TokenId, @Now, @Until)
            """, new { secret.Id, secret.Hash, identity.TokenId, Now = NowText, Until = UtcText.Of(Now + SessionLifetime) }, transaction));
        return (new IssuedSecret(secret.Id, secret.Text), identity);
    }

    /// <summary>Whom a browser's cookie stands for; null when it does not work, nor its token any more.</summary>
    /// <param name="text">What was presented.</param>
    public Identity? IdentifySession(string? text)
    {
        if (Secret.Parse(SecretKind.Session, text) is not { } asked)
        {
            return null;
        }

        var row = Look(connection => connection.QuerySingleOrDefault<IdentityRow>("""
            SELECT token.id AS TokenId, session.hash AS Hash, token.scopes AS Scopes, token.last_used_at AS LastUsedAt,
                   team.id AS TeamId, team.name AS TeamName
            FROM session JOIN token ON token.id = session.token_id LEFT JOIN team ON team.id = token.team_id
            WHERE session.id = @Id AND session.expires_at > @Now
              AND token.revoked_at IS NULL AND (token.expires_at IS NULL OR token.expires_at > @Now)
            """, new { asked.Id, Now = NowText }));
        return asked.Matches(row?.Hash) ? row!.ToIdentity() : null;
    }

    /// <summary>Signs a browser out. A cookie that does not work is as good as signed out.</summary>
    /// <param name="text">What was presented.</param>
    public void SignOut(string? text)
    {
        if (Secret.Parse(SecretKind.Session, text) is { } asked)
        {
            Change(transaction => _connection.Execute(
                "DELETE FROM session WHERE id = @Id AND hash = @Hash", new { asked.Id, asked.Hash }, transaction));
        }
    }

    /// <summary>Forgets sessions that do not work any more.</summary>
    public void ForgetSessions() => Change(transaction =>
        _connection.Execute("DELETE FROM session WHERE expires_at <= @Now", new { Now = NowText }, transaction));
}
