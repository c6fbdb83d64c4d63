using Touchstone.Harness.Server.Access;

namespace Touchstone.Harness.Server.Api;

/// <summary>Teams and their tokens.</summary>
internal static class AccountRoutes
{
    /// <summary>The routes.</summary>
    public static IReadOnlyList<Route> All { get; } =
    [
        new()
        {
            Method = "POST", Path = "/api/v1/teams", Access = RequiredAccess.Anyone, Pace = Pace.Credentials, Status = 201,
            Handler = RegisterAsync, Summary = "Registers a team with an invitation; answers its first token, once.",
            Request = ApiJson.Wire.RegisterRequest, Response = ApiJson.Wire.RegisterAnswer,
        },
        new()
        {
            Method = "GET", Path = "/api/v1/team", Access = RequiredAccess.TeamRead, Handler = ShowAsync,
            Summary = "Shows the caller's team.", Response = ApiJson.Wire.TeamAnswer,
        },
        new()
        {
            Method = "GET", Path = "/api/v1/tokens", Access = RequiredAccess.Read, Handler = ListTokensAsync,
            Summary = "Lists the tokens of the caller's team, or of the organisers.",
            Response = ApiJson.Wire.IReadOnlyListTokenAnswer,
        },
        new()
        {
            Method = "POST", Path = "/api/v1/tokens", Access = RequiredAccess.Submit, Status = 201, Handler = CreateTokenAsync,
            Summary = "Makes a token that may do what the caller's may, or less; answers its secret, once.",
            Request = ApiJson.Wire.TokenRequest, Response = ApiJson.Wire.SecretAnswer,
        },
        new()
        {
            Method = "DELETE", Path = "/api/v1/tokens/{id}", Access = RequiredAccess.Submit, Status = 204,
            Handler = RevokeTokenAsync, Summary = "Revokes a token, and every session that was signed in with it.",
        },
    ];

    private static async Task RegisterAsync(Exchange exchange)
    {
        var asked = await exchange.ReadAsync(ApiJson.Wire.RegisterRequest);
        var (team, token) = exchange.Desk.Store.Register(asked.Invitation, asked.Team, asked.Members, exchange.Desk.ShownTeams);
        await exchange.WriteAsync(
            new RegisterAnswer(TeamAnswer.Of(team), SecretAnswer.Of(token)), ApiJson.Wire.RegisterAnswer);
    }

    private static Task ShowAsync(Exchange exchange) => exchange.WriteAsync(
        TeamAnswer.Of(exchange.Desk.Store.FindTeam(exchange.TeamId)!), ApiJson.Wire.TeamAnswer);

    private static Task ListTokensAsync(Exchange exchange) => exchange.WriteAsync(
        [.. exchange.Desk.Store.Tokens(exchange.Identity.TeamId).Select(TokenAnswer.Of)], ApiJson.Wire.IReadOnlyListTokenAnswer);

    private static async Task CreateTokenAsync(Exchange exchange)
    {
        var asked = await exchange.ReadAsync(ApiJson.Wire.TokenRequest);
        var token = exchange.Desk.Store.CreateToken(
            exchange.Identity, asked.Name, ScopeList.Flags(asked.Scopes), Span(asked.Days));
        await exchange.WriteAsync(SecretAnswer.Of(token), ApiJson.Wire.SecretAnswer);
    }

    private static Task RevokeTokenAsync(Exchange exchange)
    {
        exchange.Desk.Store.RevokeToken(exchange.Identity, exchange.Parameter("id"));
        return exchange.DoneAsync();
    }

    /// <summary>Days as a span; what no calendar holds becomes one that is refused.</summary>
    internal static TimeSpan? Span(double? days) => days is not { } number ? null
        : number is > 0 and < 100_000 ? TimeSpan.FromDays(number) : TimeSpan.Zero;
}
