using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Problems;
using Touchstone.Leaderboard.Live;
using SecretKind = Touchstone.Leaderboard.Live.SecretKind;

namespace Touchstone.Harness.Server.Pages;

/// <summary>Signing in and out, and registering a team.</summary>
internal static class AccountPages
{
    /// <summary>The form to sign in.</summary>
    public static Task ShowSignInAsync(Exchange exchange) => exchange.SendAsync(
        SignInPage.Write(exchange.Frame(), FormInput.Blank, Own(exchange.Context.Request.Query[FieldNames.Next].ToString())));

    /// <summary>Signs a browser in.</summary>
    public static async Task SignInAsync(Exchange exchange)
    {
        var input = await exchange.ReadFormAsync();
        var next = Own(input.Text(FieldNames.Next));
        if (exchange.Desk.Store.IdentifyToken(input.Text(FieldNames.Token)) is { } known)
        {
            exchange.Secrets.Right(exchange.Context, known.TokenId);
        }

        if (exchange.Desk.Store.SignIn(input.Text(FieldNames.Token)) is not var (session, identity))
        {
            exchange.Secrets.Wrong(exchange.Context);
            exchange.Context.Response.StatusCode = 403;
            var refused = input with
            {
                Faults = new Dictionary<string, string>
                {
                    [FieldNames.Token] = "This token does not work: it is mistyped, revoked or too old.",
                },
            };
            await exchange.SendAsync(SignInPage.Write(exchange.Frame(), refused, next));
            return;
        }

        exchange.Desk.Store.SignOut(exchange.Caller.SessionText);
        exchange.Context.Response.Cookies.Append(Caller.Cookie, session.Secret, Cookie(exchange));
        await exchange.GoAsync(next ?? (identity.TeamId is null ? "/organiser" : "/team"));
    }

    /// <summary>Signs a browser out.</summary>
    public static Task SignOutAsync(Exchange exchange)
    {
        exchange.Desk.Store.SignOut(exchange.Caller.SessionText);
        exchange.Context.Response.Cookies.Delete(Caller.Cookie, Cookie(exchange));
        return exchange.GoAsync("/?done=signed-out");
    }

    /// <summary>The form to register a team.</summary>
    public static Task ShowRegisterAsync(Exchange exchange) =>
        exchange.SendAsync(RegisterPage.Write(exchange.Frame(), FormInput.Blank));

    /// <summary>Registers a team and shows its first token.</summary>
    public static async Task RegisterAsync(Exchange exchange)
    {
        var input = await exchange.ReadFormAsync();
        var members = input.Text(FieldNames.Members).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        try
        {
            var (team, token) = exchange.Desk.Store.Register(
                input.Text(FieldNames.Invitation), input.Text(FieldNames.Name), members, exchange.Desk.ShownTeams);
            await exchange.SendAsync(SecretPage.Write(exchange.Frame(), SecretKind.FirstToken, team.Name, token.Secret, null));
        }
        catch (IntakeException refusal)
        {
            exchange.Secrets.Wrong(exchange.Context); // also for a name that is taken: with one invitation all names could be asked for
            exchange.Context.Response.StatusCode = ProblemOf.Known(refusal)!.Status;
            var field = refusal.Fault switch
            {
                IntakeFault.InvitationInvalid => FieldNames.Invitation,
                IntakeFault.TeamTooLarge => FieldNames.Members,
                IntakeFault.Malformed when members.Length == 0 => FieldNames.Members,
                _ => FieldNames.Name,
            };
            var refused = input with { Faults = new Dictionary<string, string> { [field] = refusal.Message } };
            await exchange.SendAsync(RegisterPage.Write(exchange.Frame(), refused));
        }
    }

    /// <summary>A path on this server; null for anything that could lead elsewhere.</summary>
    private static string? Own(string path) =>
        path.Length is > 1 and < 200 && path[0] == '/' && path[1] is not ('/' or '\\') && path.All(sign => sign is > ' ' and <= '~') ? path : null;

    private static CookieOptions Cookie(Exchange exchange) => new()
    {
        HttpOnly = true,
        Secure = exchange.Context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = IntakeStore.SessionLifetime,
    };
}
