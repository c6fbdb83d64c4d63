using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Intake;

namespace Touchstone.Harness.Server.Access;

/// <summary>How a caller showed who it is.</summary>
public enum Credential
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A token in the header <c>Authorization</c>, which no browser adds by itself.</summary>
    Token,

    /// <summary>A cookie, which browsers add to every request: requests that change something need more proof.</summary>
    Session,

    /// <summary>A token that does not work.</summary>
    Invalid,
}

/// <summary>Who asks.</summary>
/// <param name="Credential">How it showed that.</param>
/// <param name="Identity">Whom it stands for; null for nobody known.</param>
/// <param name="SessionText">The cookie's content; null without a session.</param>
public sealed record Caller(Credential Credential, Identity? Identity, string? SessionText)
{
    /// <summary>Name of the session's cookie.</summary>
    public const string Cookie = "touchstone";

    private const string Scheme = "Bearer ";

    /// <summary>Somebody unknown.</summary>
    public static Caller Nobody { get; } = new(Credential.None, null, null);

    /// <summary>Whether it is an organiser.</summary>
    public bool IsOrganiser => Identity is { TeamId: null };

    /// <summary>Reads who asks. A token goes before a cookie.</summary>
    /// <param name="request">The request.</param>
    /// <param name="store">Who is known.</param>
    public static Caller Of(HttpRequest request, IntakeStore store)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
            return store.IdentifyToken(token) is { } identity
                ? new Caller(Credential.Token, identity, null)
                : new Caller(Credential.Invalid, null, null);
        }

        var cookie = request.Cookies[Cookie];
        return store.IdentifySession(cookie) is { } signedIn
            ? new Caller(Credential.Session, signedIn, cookie)
            : Nobody;
    }

    /// <summary>Whether it may use a route.</summary>
    /// <param name="access">Who may.</param>
    public bool May(RequiredAccess access) => access switch
    {
        RequiredAccess.Anyone => true,
        RequiredAccess.Read => Has(TokenScopes.Read),
        RequiredAccess.Submit => Has(TokenScopes.Submit),
        RequiredAccess.TeamRead => Has(TokenScopes.Read) && !IsOrganiser,
        RequiredAccess.TeamSubmit => Has(TokenScopes.Submit) && !IsOrganiser,
        RequiredAccess.Admin => IsOrganiser && Has(TokenScopes.Admin),
    };

    private bool Has(TokenScopes scope) => Identity is { } identity && identity.Scopes.HasFlag(scope);

    /// <summary>Never the cookie.</summary>
    public override string ToString() => $"{Credential} {Identity?.Actor}";
}
