using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server.Access;

/// <summary>
/// Keeps other sites' pages from having a signed-in browser change something here: the browser's own word on where a
/// request comes from, and a token that only this server's pages know. (The cookie is SameSite=Strict besides.)
/// </summary>
internal static class CrossSite
{
    /// <summary>Name of the form field with the token.</summary>
    public const string Field = "csrf";

    /// <summary>Name of the header with the token, for scripts.</summary>
    public const string Header = "X-CSRF-Token";

    /// <summary>The token of a session. Who knows it knows the session's cookie, or was given it in a page.</summary>
    /// <param name="sessionText">The cookie's content.</param>
    public static string Token(string sessionText) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.ASCII.GetBytes(sessionText), "cross-site request token"u8));

    /// <summary>Refuses a request that may be another site's.</summary>
    /// <param name="context">A request that changes something, of a caller without a token in its header.</param>
    /// <param name="caller">Who asks.</param>
    /// <exception cref="ProblemException">It is refused.</exception>
    public static async Task DemandOwnAsync(HttpContext context, Caller caller)
    {
        var request = context.Request;
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none") || !IsOwn(request))
        {
            throw Refused("The request came from another site's page.");
        }

        if (caller.SessionText is not { } session)
        {
            return;
        }

        var given = request.Headers[Header].ToString();
        if (given.Length == 0 && request.HasFormContentType)
        {
            given = (await SentForm.ReadAsync(request, context.RequestAborted))[Field].ToString();
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.ASCII.GetBytes(Token(session))))
        {
            throw Refused("The form is too old or not this server's. Go back, load the page again, and send it once more.");
        }
    }

    /// <summary>Whether the header Origin, which browsers add to what changes something, names this server.</summary>
    private static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();

        // Browsers leave a scheme's own port out of both headers; others may write it into one. The scheme is the browser's:
        // a proxy that speaks HTTPS may not have told its own.
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var theirs)
                && Uri.TryCreate($"{theirs.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own)
                && string.Equals(theirs.Authority, own.Authority, StringComparison.OrdinalIgnoreCase));
    }

    private static ProblemException Refused(string detail) => new(403, "cross-site-request", detail);
}
