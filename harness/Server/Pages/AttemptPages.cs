using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Api;
using Touchstone.Leaderboard.Live;

namespace Touchstone.Harness.Server.Pages;

/// <summary>One attempt, and what its team and organisers do about it.</summary>
internal static class AttemptPages
{
    /// <summary>The page.</summary>
    public static Task ShowAsync(Exchange exchange) => exchange.SendAsync(Write(exchange, exchange.Frame(), FormInput.Blank));

    /// <summary>Takes it back while it waits.</summary>
    public static Task CancelAsync(Exchange exchange)
    {
        var id = exchange.Parameter("id");
        return exchange.DoAsync(
            _ =>
            {
                var attempt = exchange.Desk.Store.Cancel(exchange.SeenTeamId, id, exchange.Identity);
                return exchange.GoAsync($"/attempts/{id}?done={(attempt.StartedAt is null ? "cancelled" : "cancelled-late")}");
            },
            (frame, input) => Write(exchange, frame, input));
    }

    /// <summary>Puts it into the queue again.</summary>
    public static Task RunAgainAsync(Exchange exchange)
    {
        var id = exchange.Parameter("id");
        return exchange.DoAsync(
            _ =>
            {
                exchange.Desk.RunAgain(id, exchange.Identity);
                return exchange.GoAsync($"/attempts/{id}?done=run-again");
            },
            (frame, input) => Write(exchange, frame, input));
    }

    /// <summary>Takes it off the board.</summary>
    public static Task DisqualifyAsync(Exchange exchange) => DecideAsync(exchange, DecisionKind.Disqualified, "disqualified");

    /// <summary>Brings it back.</summary>
    public static Task ReinstateAsync(Exchange exchange) => DecideAsync(exchange, DecisionKind.Reinstated, "reinstated");

    /// <summary>Takes a team's own entry out of the ranking.</summary>
    public static Task WithdrawAsync(Exchange exchange) => DecideAsync(exchange, DecisionKind.Withdrawn, "withdrawn");

    /// <summary>Brings it back into the ranking.</summary>
    public static Task ReturnAsync(Exchange exchange) => DecideAsync(exchange, DecisionKind.Returned, "returned");

    private static Task DecideAsync(Exchange exchange, DecisionKind kind, string deed)
    {
        var id = exchange.Parameter("id");
        return exchange.DoAsync(
            input =>
            {
                // A text area may hold lines; a reason is one.
                var reason = string.Join(' ', input.Text(FieldNames.Reason).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                DecisionRoutes.Decide(exchange, id, kind, reason);
                return exchange.GoAsync($"/attempts/{id}?done={deed}");
            },
            (frame, input) => Write(exchange, frame, input));
    }

    private static string Write(Exchange exchange, LiveFrame frame, FormInput input)
    {
        var attempt = exchange.Desk.Store.GetAttempt(exchange.SeenTeamId, exchange.Parameter("id"));
        var views = new AttemptViews(exchange.Desk, exchange.Caller.IsOrganiser);
        return AttemptPage.Write(frame, views.Whole(attempt, exchange.Caller.May(RequiredAccess.Submit)), input);
    }
}
