using System.Text;
using System.Text.Json;
using Touchstone.Harness.Server.Access;

namespace Touchstone.Harness.Server.Api;

/// <summary>
/// Server-sent events about one attempt. The store is asked every second, since a worker of another process changes it.
/// </summary>
internal static class AttemptEvents
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SayAliveEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Sends events until the attempt has ended, the caller is gone or may not see it any more, or an hour is over.</summary>
    public static async Task SendAsync(Exchange exchange)
    {
        var (desk, id) = (exchange.Desk, exchange.Parameter("id"));
        var attempt = desk.Store.GetAttempt(exchange.SeenTeamId, id);
        using var stream = desk.Streams.Open(exchange.Identity.Holder);
        exchange.Context.Response.ContentType = "text/event-stream";
        exchange.Context.Response.Headers["X-Accel-Buffering"] = "no";
        var began = desk.Clock.GetUtcNow();
        var (said, saidAt) = ("", began);
        while (desk.Clock.GetUtcNow() - began < Longest)
        {
            var answer = AttemptAnswer.Of(exchange, attempt);
            var text = JsonSerializer.Serialize(answer with { EstimatedSeconds = null }, ApiJson.Wire.AttemptAnswer);
            if (text != said)
            {
                (said, saidAt) = (text, desk.Clock.GetUtcNow());
                await SayAsync(exchange, $"event: attempt\ndata: {JsonSerializer.Serialize(answer, ApiJson.Wire.AttemptAnswer)}\n\n");
            }
            else if (desk.Clock.GetUtcNow() - saidAt >= SayAliveEvery)
            {
                saidAt = desk.Clock.GetUtcNow();
                await SayAsync(exchange, ": still here\n\n");
            }

            if (attempt.HasEnded)
            {
                return;
            }

            await Task.Delay(AskEvery, desk.Clock, exchange.Gone);
            if (Caller.Of(exchange.Context.Request, desk.Store).Identity is not { } still || still.TokenId != exchange.Identity.TokenId)
            {
                return;
            }

            attempt = desk.Store.GetAttempt(exchange.SeenTeamId, id);
        }
    }

    private static async Task SayAsync(Exchange exchange, string text)
    {
        await exchange.Context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), exchange.Gone);
        await exchange.Context.Response.Body.FlushAsync(exchange.Gone);
    }
}
