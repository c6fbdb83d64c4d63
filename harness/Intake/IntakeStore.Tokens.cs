using Dapper;
using Microsoft.Data.Sqlite;

namespace Touchstone.Harness.Intake;

public sealed partial class IntakeStore
{
    /// <summary>Most tokens of one team that work at a time.</summary>
    public const int MostTokens = 20;

    /// <summary>Most tokens of one team that are made in 24 hours, whatever becomes of them.</summary>
    public const int MostTokensADay = 100;

    /// <summary>Most tokens of one team that are remembered; the oldest that work no more go first.</summary>
    private const int MostRemembered = 200;

    private const int LongestTokenName = 60;

    private static readonly TimeSpan LastUsedIsExactTo = TimeSpan.FromMinutes(5);

    private const string SelectTokens = """
        SELECT id AS Id, team_id AS TeamId, name AS Name, scopes AS Scopes, created_at AS CreatedAt,
               expires_at AS ExpiresAt, last_used_at AS LastUsedAt, revoked_at AS RevokedAt
        FROM token
        """;

    /// <summary>Makes a token for a team.</summary>
    /// <param name="by">Who asks; the new token may not do more than this one, nor work longer.</param>
    /// <param name="name">What its owner calls it.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="lifetime">How long it works; null for as long as it is not revoked.</param>
    /// <exception cref="IntakeException">It may not be made.</exception>
    public IssuedSecret CreateToken(Identity by, string name, TokenScopes scopes, TimeSpan? lifetime)
    {
        name = Line("token's name", name, LongestTokenName);
        Demand(
            scopes != TokenScopes.None && (scopes & ~by.Scopes) == 0,
            () => new IntakeException(IntakeFault.ScopeTooWide, "A token can only make tokens that may do what it may do itself."));
        return Change(transaction =>
        {
            var working = _connection.ExecuteScalar<int>("""
                SELECT count(*) FROM token
                WHERE team_id IS @TeamId AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @Now)
                """, new { by.TeamId, Now = NowText }, transaction);
            Demand(
                working < MostTokens,
                () => new IntakeException(IntakeFault.TooManyTokens, $"At most {MostTokens} tokens work at a time. Revoke one first."));
            var today = _connection.ExecuteScalar<int>(
                "SELECT count(*) FROM token WHERE team_id IS @TeamId AND created_at > @Since",
                new { by.TeamId, Since = UtcText.Of(Now - TimeSpan.FromHours(24)) }, transaction);
            Demand(
                today < MostTokensADay,
                () => new IntakeException(IntakeFault.TooManyTokens, $"At most {MostTokensADay} tokens are made in 24 hours. Use one that you have."));
            ForgetTokens(by.TeamId, transaction);
            var token = AddToken(transaction, by.TeamId, name, scopes, Earlier(Lifetime(lifetime), EndOf(by.TokenId, transaction)));
            Note(transaction, by.Actor, "token-made", token.Id, $"{name}: {scopes}");
            return token;
        });
    }

    /// <summary>Makes an organiser's token. Only for who has the machine: no request from outside comes here.</summary>
    /// <param name="name">What its owner calls it.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="lifetime">How long it works; null for as long as it is not revoked.</param>
    /// <exception cref="IntakeException">The name or lifetime is unusable.</exception>
    public IssuedSecret CreateOrganiserToken(string name, string actor, TimeSpan? lifetime = null)
    {
        name = Line("token's name", name, LongestTokenName);
        return Change(transaction =>
        {
            var token = AddToken(
                transaction, null, name, TokenScopes.Read | TokenScopes.Submit | TokenScopes.Admin, Lifetime(lifetime));
            Note(transaction, actor, "organiser-token-made", token.Id, name);
            return token;
        });
    }

    /// <summary>
    /// Makes a team a new token in place of all that it had, which end with every session that was signed in with them: for a
    /// team that lost its only one, or had it stolen.
    /// </summary>
    /// <param name="teamId">The team.</param>
    /// <param name="actor">Who does it.</param>
    /// <exception cref="IntakeException">There is no such team.</exception>
    public IssuedSecret RenewTokens(string teamId, string actor) => Change(transaction =>
    {
        Demand(
            _connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM team WHERE id = @teamId)", new { teamId }, transaction),
            () => IntakeException.NoSuch("team", teamId));
        var ended = _connection.Execute(
            "UPDATE token SET revoked_at = @Now WHERE team_id = @teamId AND revoked_at IS NULL", new { teamId, Now = NowText }, transaction);
        var token = AddToken(transaction, teamId, "renewed by the organisers", TokenScopes.Read | TokenScopes.Submit, expiresAt: null);
        Note(transaction, actor, "tokens-renewed", teamId, FormattableString.Invariant($"{token.Id} in place of {ended}"));
        return token;
    });

    /// <summary>The tokens of a team, or of the organisers, the newest first.</summary>
    /// <param name="teamId">The team; null for the organisers.</param>
    public IReadOnlyList<AccessToken> Tokens(string? teamId) => Look(connection => connection
        .Query<TokenRow>($"{SelectTokens} WHERE team_id IS @teamId ORDER BY created_at DESC, id", new { teamId })
        .Select(row => row.ToToken()).ToList());

    /// <summary>Makes a token useless, and every session that was signed in with it.</summary>
    /// <param name="by">Who asks; only tokens of the same team, or of the organisers, are found.</param>
    /// <param name="id">The token.</param>
    /// <exception cref="IntakeException">There is none.</exception>
    public void RevokeToken(Identity by, string id) => Change(transaction =>
    {
        var of = new { id, by.TeamId, Now = NowText };
        Demand(
            _connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM token WHERE id = @id AND team_id IS @TeamId)", of, transaction),
            () => IntakeException.NoSuch("token", id));
        if (_connection.Execute("UPDATE token SET revoked_at = @Now WHERE id = @id AND revoked_at IS NULL", of, transaction) == 1)
        {
            Note(transaction, by.Actor, "token-revoked", id, "");
        }
    });

    /// <summary>Whom a token stands for; null when it does not work.</summary>
    /// <param name="text">What was presented.</param>
    public Identity? IdentifyToken(string? text)
    {
        if (Secret.Parse(SecretKind.Token, text) is not { } asked)
        {
            return null;
        }

        var row = Look(connection => connection.QuerySingleOrDefault<IdentityRow>("""
            SELECT token.id AS TokenId, token.hash AS Hash, token.scopes AS Scopes, token.last_used_at AS LastUsedAt,
                   team.id AS TeamId, team.name AS TeamName
            FROM token LEFT JOIN team ON team.id = token.team_id
            WHERE token.id = @Id AND token.revoked_at IS NULL AND (token.expires_at IS NULL OR token.expires_at > @Now)
            """, new { asked.Id, Now = NowText }));
        if (!asked.Matches(row?.Hash))
        {
            return null;
        }

        NoteUse(row!);
        return row!.ToIdentity();
    }

    private void NoteUse(IdentityRow row)
    {
        if (row.LastUsedAt is not null && UtcText.Time(row.LastUsedAt) >= Now - LastUsedIsExactTo)
        {
            return;
        }

        try
        {
            Change(transaction => _connection.Execute(
                "UPDATE token SET last_used_at = @Now WHERE id = @TokenId", new { row.TokenId, Now = NowText }, transaction));
        }
        catch (SqliteException)
        {
            // A full disk must not keep readers out.
        }
    }

    /// <summary>Forgets the oldest tokens that work no more, so that lists of them stay short.</summary>
    private void ForgetTokens(string? teamId, SqliteTransaction transaction)
    {
        var of = new { teamId, Now = NowText, MostRemembered };
        const string forgotten = """
            SELECT id FROM token
            WHERE team_id IS @teamId AND (revoked_at IS NOT NULL OR expires_at <= @Now)
              AND id NOT IN (SELECT id FROM token WHERE team_id IS @teamId ORDER BY created_at DESC LIMIT @MostRemembered)
            """;
        _connection.Execute($"DELETE FROM session WHERE token_id IN ({forgotten})", of, transaction);
        _connection.Execute($"DELETE FROM token WHERE id IN ({forgotten})", of, transaction);
    }

    private IssuedSecret AddToken(
        SqliteTransaction transaction, string? teamId, string name, TokenScopes scopes, DateTimeOffset? expiresAt)
    {
        var secret = Secret.New(SecretKind.Token);
        _connection.Execute("""
            INSERT INTO token (id, hash, team_id, name, scopes, created_at, expires_at)
            VALUES (@Id, @Hash, @teamId, @name, @Scopes, @Now, @Until)
            """, new
        {
            secret.Id,
            secret.Hash,
            teamId,
            name,
            Scopes = (int)scopes,
            Now = NowText,
            Until = expiresAt is { } until ? UtcText.Of(until) : null,
        }, transaction);
        return new IssuedSecret(secret.Id, secret.Text);
    }

    private DateTimeOffset? EndOf(string tokenId, SqliteTransaction transaction) =>
        UtcText.TimeOrNull(
            _connection.ExecuteScalar<string?>("SELECT expires_at FROM token WHERE id = @tokenId", new { tokenId }, transaction));

    /// <summary>The earlier of two ends, of which null is the latest.</summary>
    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private DateTimeOffset? Lifetime(TimeSpan? lifetime) => lifetime switch
    {
        null => null,
        { } span when span > TimeSpan.Zero && span <= TimeSpan.FromDays(3660) => Now + span,
        _ => throw new IntakeException(IntakeFault.Malformed, "A token works for up to ten years, or until it is revoked."),
    };
}
