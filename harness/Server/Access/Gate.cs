using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server.Access;

/// <summary>What every request passes on its way to a route's handler, in this order: who, how often, may they, is it theirs.</summary>
/// <param name="desk">What the server works with.</param>
/// <param name="paces">How often routes may be used.</param>
internal sealed class Gate(Desk desk, Paces paces)
{
    private readonly RateLimits _limits = new(desk.Clock);

    private SecretPace Secrets => field ??= new SecretPace(_limits, paces.Credentials);

    /// <summary>Lets a request through to its handler.</summary>
    /// <param name="context">The request.</param>
    /// <param name="route">The route that it is for.</param>
    /// <exception cref="ProblemException">It is refused.</exception>
    public async Task PassAsync(HttpContext context, Route route)
    {
        context.Items[typeof(Route)] = route;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = route.MostBodyBytes;
        }

        context.Items[typeof(SecretPace)] = Secrets;
        var caller = Caller.Of(context.Request, desk.Store);
        context.Items[typeof(Caller)] = caller;
        Limit(context, route, caller);
        Demand(context, route, caller);
        if (route.Changes && caller.Credential != Credential.Token)
        {
            await CrossSite.DemandOwnAsync(context, caller);
        }

        try
        {
            await route.Handler(new Exchange(context, desk, caller, route));
        }
        catch (Exception fault) when (route.Pace == Pace.Credentials && IsWrong(fault))
        {
            Secrets.Wrong(context);
            throw;
        }
    }

    /// <summary>The route that a request is for; null before it is known.</summary>
    /// <param name="context">The request.</param>
    public static Route? RouteOf(HttpContext context) => context.Items[typeof(Route)] as Route;

    /// <summary>Who asks, as far as that is known.</summary>
    /// <param name="context">The request.</param>
    public static Caller CallerOf(HttpContext context) => context.Items[typeof(Caller)] as Caller ?? Caller.Nobody;

    /// <summary>Whether a request where secrets are tried came to nothing by its caller's fault.</summary>
    private static bool IsWrong(Exception fault) =>
        ProblemOf.Known(fault) is { Status: < 500 and not 429 }; // also a team name that is taken: with one invitation all could be asked for

    private void Limit(HttpContext context, Route route, Caller caller)
    {
        if (caller.Credential == Credential.Invalid)
        {
            Secrets.Wrong(context);
        }
        else if (route.Pace == Pace.Ordinary)
        {
            // By team: one that is free to make tokens would have as many buckets as it likes.
            var who = caller.Identity?.Holder ?? RateLimits.Name(context.Connection.RemoteIpAddress);
            SecretPace.Demand(context, _limits.Take(who, paces.Ordinary));
        }
    }

    private static void Demand(HttpContext context, Route route, Caller caller)
    {
        if (caller.Credential == Credential.Invalid)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            throw new ProblemException(401, "token-invalid", "This token does not work: it is mistyped, revoked or too old.");
        }

        if (caller.May(route.Access))
        {
            return;
        }

        if (caller.Identity is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            throw new ProblemException(
                401, "sign-in-needed", "Send a personal access token: \"Authorization: Bearer tsp_…\", or sign in.");
        }

        throw new ProblemException(403, "not-allowed", WhyNot(route.Access, caller.IsOrganiser));
    }

    private static string WhyNot(RequiredAccess access, bool isOrganiser) =>
        isOrganiser && access != RequiredAccess.Admin ? "Organisers have no team; use a team's token for this." : access switch
        {
            RequiredAccess.Admin => "Only organisers may do this.",
            RequiredAccess.Submit or RequiredAccess.TeamSubmit => "This token lacks the scope \"submit\".",
            RequiredAccess.Anyone or RequiredAccess.Read or RequiredAccess.TeamRead => "This token lacks the scope \"read\".",
        };
}
