using System.Globalization;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Server.Access;

namespace Touchstone.Harness.Server.Api;

/// <summary>What organisers do. Every change is in the audit log.</summary>
internal static class AdminRoutes
{
    private const string Path = "/api/v1/admin";

    /// <summary>The routes.</summary>
    public static IReadOnlyList<Route> All { get; } =
    [
        new()
        {
            Method = "POST", Path = $"{Path}/invitations", Access = RequiredAccess.Admin, Status = 201, Handler = InviteAsync,
            Summary = "Makes an invitation for one team; answers its secret, once.",
            Request = ApiJson.Wire.InvitationRequest, Response = ApiJson.Wire.SecretAnswer,
        },
        new()
        {
            Method = "GET", Path = $"{Path}/invitations", Access = RequiredAccess.Admin, Handler = ListInvitationsAsync,
            Summary = "Lists invitations.", Response = ApiJson.Wire.IReadOnlyListInvitationAnswer,
        },
        new()
        {
            Method = "GET", Path = $"{Path}/teams", Access = RequiredAccess.Admin, Handler = ListTeamsAsync,
            Summary = "Lists teams.", Response = ApiJson.Wire.IReadOnlyListTeamAnswer,
        },
        new()
        {
            Method = "POST", Path = $"{Path}/teams/{{id}}/renew-tokens", Access = RequiredAccess.Admin, Status = 201, Handler = RenewTokensAsync,
            Summary = "Ends every token and session of a team and makes one new token; answers its secret, once.",
            Response = ApiJson.Wire.SecretAnswer,
        },
        new()
        {
            Method = "PUT", Path = $"{Path}/teams/{{id}}/bar", Access = RequiredAccess.Admin, Status = 204, Handler = BarAsync,
            Summary = "Bars a team from sending anything, with a reason that it reads, and cancels what of it waits or runs.", Request = ApiJson.Wire.ReasonRequest,
        },
        new()
        {
            Method = "DELETE", Path = $"{Path}/teams/{{id}}/bar", Access = RequiredAccess.Admin, Status = 204,
            Handler = LetAgainAsync, Summary = "Lets a barred team send again.",
        },
        new()
        {
            Method = "PUT", Path = $"{Path}/teams/{{id}}/quota", Access = RequiredAccess.Admin, Status = 204,
            Handler = GrantAsync, Summary = "Grants a team a quota of its own in a phase.",
            Request = ApiJson.Wire.QuotaRequest,
        },
        new()
        {
            Method = "GET", Path = $"{Path}/queue", Access = RequiredAccess.Admin, Handler = ShowQueueAsync,
            Summary = "Shows the queue in the order in which it is taken up.", Response = ApiJson.Wire.IReadOnlyListAttemptAnswer,
        },
        new()
        {
            Method = "GET", Path = $"{Path}/attempts", Access = RequiredAccess.Admin, Handler = ListAttemptsAsync,
            Summary = "Lists the last thousand attempts of all teams.", Response = ApiJson.Wire.IReadOnlyListAttemptAnswer,
        },
        new()
        {
            Method = "POST", Path = $"{Path}/attempts/{{id}}/run-again", Access = RequiredAccess.Admin, Handler = RunAgainAsync,
            Summary = "Puts an attempt that failed or was rejected into the queue again.", Response = ApiJson.Wire.AttemptAnswer,
        },
        new()
        {
            Method = "GET", Path = $"{Path}/audit", Access = RequiredAccess.Admin, Handler = ShowAuditAsync,
            Summary = "Shows the audit log, 200 lines a page, the newest first; the query before names a number.",
            Queries = ["before"], Response = ApiJson.Wire.IReadOnlyListAuditAnswer,
        },
    ];

    private static async Task InviteAsync(Exchange exchange)
    {
        var asked = await exchange.ReadAsync(ApiJson.Wire.InvitationRequest);
        var lifetime = AccountRoutes.Span(asked.Days)!.Value;
        await exchange.WriteAsync(
            SecretAnswer.Of(exchange.Desk.Store.Invite(asked.Note, lifetime, exchange.Identity.Actor)), ApiJson.Wire.SecretAnswer);
    }

    private static Task RenewTokensAsync(Exchange exchange) => exchange.WriteAsync(
        SecretAnswer.Of(exchange.Desk.Store.RenewTokens(exchange.Parameter("id"), exchange.Identity.Actor)), ApiJson.Wire.SecretAnswer);

    private static Task ListInvitationsAsync(Exchange exchange) => exchange.WriteAsync(
        [.. exchange.Desk.Store.Invitations().Select(InvitationAnswer.Of)], ApiJson.Wire.IReadOnlyListInvitationAnswer);

    private static Task ListTeamsAsync(Exchange exchange) => exchange.WriteAsync(
        [.. exchange.Desk.Store.Teams().Select(TeamAnswer.Of)], ApiJson.Wire.IReadOnlyListTeamAnswer);

    private static async Task BarAsync(Exchange exchange)
    {
        var asked = await exchange.ReadAsync(ApiJson.Wire.ReasonRequest);
        exchange.Desk.Store.Bar(exchange.Parameter("id"), asked.Reason, exchange.Identity.Actor);
        await exchange.DoneAsync();
    }

    private static Task LetAgainAsync(Exchange exchange)
    {
        exchange.Desk.Store.Bar(exchange.Parameter("id"), null, exchange.Identity.Actor);
        return exchange.DoneAsync();
    }

    private static async Task GrantAsync(Exchange exchange)
    {
        var asked = await exchange.ReadAsync(ApiJson.Wire.QuotaRequest);
        var challenge = exchange.Desk.Challenges.Get(asked.Challenge).In(asked.Phase);
        exchange.Desk.Store.Grant(new QuotaGrant
        {
            TeamId = exchange.Parameter("id"),
            Challenge = challenge.Id,
            Phase = challenge.Phase.Name,
            Quota = asked.Quota?.ToQuota(),
            Reason = asked.Reason,
            At = exchange.Desk.Clock.GetUtcNow(),
        }, exchange.Identity.Actor);
        await exchange.DoneAsync();
    }

    private static Task ShowQueueAsync(Exchange exchange)
    {
        var outlook = QueueOutlook.Of(exchange.Desk, isOrganiser: true);
        return WriteAsync(exchange, outlook.Queue, outlook);
    }

    private static Task ListAttemptsAsync(Exchange exchange) =>
        WriteAsync(exchange, exchange.Desk.Store.AllAttempts(), QueueOutlook.Of(exchange.Desk, isOrganiser: true));

    private static Task RunAgainAsync(Exchange exchange)
    {
        var attempt = exchange.Desk.RunAgain(exchange.Parameter("id"), exchange.Identity);
        return exchange.WriteAsync(AttemptAnswer.Of(exchange, attempt), ApiJson.Wire.AttemptAnswer);
    }

    private static Task ShowAuditAsync(Exchange exchange)
    {
        var text = exchange.Context.Request.Query["before"].ToString();
        long? before = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return exchange.WriteAsync(
            [.. exchange.Desk.Store.Audit(before).Select(AuditAnswer.Of)], ApiJson.Wire.IReadOnlyListAuditAnswer);
    }

    private static Task WriteAsync(Exchange exchange, IReadOnlyList<Attempt> attempts, QueueOutlook outlook) => exchange.WriteAsync(
        [.. attempts.Select(one => AttemptAnswer.Of(exchange, one, outlook))], ApiJson.Wire.IReadOnlyListAttemptAnswer);
}
