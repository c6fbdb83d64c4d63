using System.Text;
using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Problems;
using Touchstone.Leaderboard.Live;
using Touchstone.Leaderboard.Site;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Pages;

/// <summary>What pages need of a request: the frame, the form, and answers for browsers.</summary>
internal static class PageExchange
{
    /// <summary>What was done before a page was asked for, by the name in its address.</summary>
    private static readonly Dictionary<string, string> Deeds = new(StringComparer.Ordinal)
    {
        ["signed-out"] = "You are signed out.",
        ["revoked"] = "The token is revoked, and whoever was signed in with it is signed out.",
        ["submitted"] = "Your submission is in the queue.",
        ["cancelled"] = "It is taken back and costs nothing.",
        ["cancelled-late"] = "It is taken back. It counts as an attempt, because our machine had begun to look at its image.",
        ["run-again"] = "It is in the queue again.",
        ["disqualified"] = "It is disqualified. The board follows in some seconds.",
        ["reinstated"] = "It is reinstated. The board follows in some seconds.",
        ["withdrawn"] = "It is withdrawn. The board follows in some seconds.",
        ["returned"] = "It is back in the ranking. The board follows in some seconds.",
        ["amended"] = "The rules are amended. Everybody sees what changed and why.",
        ["released"] = "The board is open to everybody.",
        ["rescore"] = "A worker scores the dataset anew as soon as it is free.",
        ["barred"] = "The team is barred.",
        ["admitted"] = "The team may submit again.",
        ["granted"] = "The quota is changed.",
    };

    /// <summary>The frame of a page for whoever asks.</summary>
    /// <param name="context">The request.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="now">The time.</param>
    public static LiveFrame Frame(HttpContext context, Caller caller, DateTimeOffset now) => new()
    {
        Info = new BuildInfo(now, BuildVersion.Text),
        Visitor = caller.Identity is { } identity ? new Visitor(identity.TeamName ?? "organiser", caller.IsOrganiser) : null,
        FormToken = caller.SessionText is { } session ? CrossSite.Token(session) : null,
        Notice = Deeds.TryGetValue(context.Request.Query["done"].ToString(), out var deed) ? new Notice(deed) : null,
    };

    /// <summary>The frame of a page.</summary>
    /// <param name="exchange">The request.</param>
    public static LiveFrame Frame(this Exchange exchange) =>
        Frame(exchange.Context, exchange.Caller, exchange.Desk.Clock.GetUtcNow());

    /// <summary>Answers with a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">The page.</param>
    public static async Task SendAsync(HttpContext context, string page)
    {
        var body = Encoding.UTF8.GetBytes(page);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Answers with a page.</summary>
    public static Task SendAsync(this Exchange exchange, string page) => SendAsync(exchange.Context, page);

    /// <summary>Sends the browser on after something was done, so that loading again does not do it again.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="path">A path on this server.</param>
    public static Task GoAsync(this Exchange exchange, string path)
    {
        exchange.Context.Response.StatusCode = 303;
        exchange.Context.Response.Headers.Location = path;
        return Task.CompletedTask;
    }

    /// <summary>What a form holds.</summary>
    public static async Task<FormInput> ReadFormAsync(this Exchange exchange)
    {
        var request = exchange.Context.Request;
        return request.HasFormContentType
            ? new FormInput
            {
                Values = (await SentForm.ReadAsync(request, exchange.Gone)).ToDictionary(
                    field => field.Key, field => (IReadOnlyList<string>)[.. field.Value.Select(value => value ?? "")]),
            }
            : throw new ProblemException(415, "wrong-content-type", "Send the form as this server's page does.");
    }

    /// <summary>Does what a form asks for; a refusal is the page again, with what was filled in and why it is refused.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="doAsync">Does it and answers.</param>
    /// <param name="again">The page again.</param>
    public static async Task DoAsync(
        this Exchange exchange, Func<FormInput, Task> doAsync, Func<LiveFrame, FormInput, string> again)
    {
        var input = await exchange.ReadFormAsync();
        try
        {
            await doAsync(input);
        }
        catch (Exception fault) when (fault is IntakeException or SubmissionException or ProblemException
            && ProblemOf.Known(fault) is { Status: < 500 and not 404 } problem)
        {
            exchange.Context.Response.StatusCode = problem.Status;
            var frame = exchange.Frame() with { Notice = new Notice(problem.Detail, IsProblem: true) };
            await exchange.SendAsync(again(frame, input));
        }
    }

    /// <summary>The only value of a field, without blanks around it; empty where it was not filled in.</summary>
    public static string Text(this FormInput input, string name) =>
        input.Values.GetValueOrDefault(name) is [var value, ..] ? value.Trim() : "";

    /// <summary>All values of a field.</summary>
    public static IReadOnlyList<string> All(this FormInput input, string name) => input.Values.GetValueOrDefault(name) ?? [];
}
