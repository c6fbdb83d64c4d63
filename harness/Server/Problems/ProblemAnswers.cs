using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Api;

namespace Touchstone.Harness.Server.Problems;

/// <summary>Turns every fault and every bare status into a problem; the outermost part of the server.</summary>
/// <param name="desk">Where faults of ours are logged.</param>
/// <param name="pages">Shows problems to browsers; null for JSON everywhere.</param>
internal sealed class ProblemAnswers(Desk desk, Func<HttpContext, Problem, Task>? pages)
{
    /// <summary>Media type of a problem.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Answers a request, whatever happens.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What answers it when all goes well.</param>
    public async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        SecurityHeaders.Add(context.Response);
        try
        {
            await next(context);
            if (context.Response.StatusCode >= 400 && !context.Response.HasStarted && context.Response.ContentLength is null
                && context.Response.ContentType is null)
            {
                await WriteAsync(context, ProblemOf.OfStatus(context.Response.StatusCode));
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, ProblemOf.Known(fault) ?? Log(context, fault));
        }
        catch (Exception fault)
        {
            // The answer has begun and cannot become another; a broken connection is at least no false one.
            Log(context, fault);
            context.Abort();
        }
    }

    private Problem Log(HttpContext context, Exception fault)
    {
        var incident = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        desk.Log($"incident {incident} at {context.Request.Method} {Gate.RouteOf(context)?.Path ?? "unknown"}: {fault}");
        return ProblemOf.Ours(incident);
    }

    private async Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        var isPage = Gate.RouteOf(context)?.IsPage
            ?? !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
        if (isPage && pages is not null)
        {
            await pages(context, problem);
            return;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Wire.Problem);
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, CancellationToken.None);
    }
}
