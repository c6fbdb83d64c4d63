using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Intake;

namespace Touchstone.Harness.Server.Access;

/// <summary>The cookie of a browser that signed in: out of scripts' reach, and never sent along by other sites.</summary>
internal static class SessionCookie
{
    /// <summary>Gives the browser its cookie.</summary>
    /// <param name="context">The request.</param>
    /// <param name="session">The session.</param>
    public static void Set(HttpContext context, IssuedSecret session) =>
        context.Response.Cookies.Append(Caller.Cookie, session.Secret, Options(context, IntakeStore.SessionLifetime));

    /// <summary>Takes it away.</summary>
    /// <param name="context">The request.</param>
    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Append(Caller.Cookie, "", Options(context, TimeSpan.Zero));

    private static CookieOptions Options(HttpContext context, TimeSpan lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
