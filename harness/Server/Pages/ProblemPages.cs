using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Problems;
using Touchstone.Leaderboard.Live;

namespace Touchstone.Harness.Server.Pages;

/// <summary>Problems as browsers show them.</summary>
internal static class ProblemPages
{
    /// <summary>Shows a problem; whoever should sign in first is sent to do so, and back afterwards.</summary>
    /// <param name="clock">The time on the page.</param>
    public static Func<HttpContext, Problem, Task> Of(TimeProvider clock) => (context, problem) =>
    {
        if (problem is { Status: 401 } && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = 303;
            context.Response.Headers.Location =
                $"/sign-in?{FieldNames.Next}={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}";
            return Task.CompletedTask;
        }

        var frame = PageExchange.Frame(context, Gate.CallerOf(context), clock.GetUtcNow());
        return PageExchange.SendAsync(context, ProblemPage.Write(frame, Heading(problem), problem.Detail, problem.Code));
    };

    private static string Heading(Problem problem) => problem.Status switch
    {
        404 => "There is nothing here",
        403 => "Not for you",
        429 => "Too many requests",
        507 => "No room",
        >= 500 => "Our fault",
        _ => problem.Title,
    };
}
