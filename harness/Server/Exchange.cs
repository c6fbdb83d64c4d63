using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server;

/// <summary>One request that passed the gate, and its answer.</summary>
/// <param name="Context">The request.</param>
/// <param name="Desk">What the server works with.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Route">The route.</param>
public sealed record Exchange(HttpContext Context, Desk Desk, Caller Caller, Route Route)
{
    /// <summary>Ends when nobody waits for the answer any more.</summary>
    public CancellationToken Gone => Context.RequestAborted;

    /// <summary>Whom the caller stands for.</summary>
    /// <exception cref="ProblemException">Nobody: the route lets everybody in.</exception>
    public Identity Identity => Caller.Identity
        ?? throw new ProblemException(401, "sign-in-needed", "Sign in or send a personal access token.");

    /// <summary>The caller's team.</summary>
    /// <exception cref="ProblemException">It is an organiser.</exception>
    public string TeamId => Identity.TeamId
        ?? throw new ProblemException(403, "teams-only", "Organisers have no team; use a team's token for this.");

    /// <summary>The team whose things the caller may see; null, for an organiser, for every team's.</summary>
    public string? SeenTeamId => Caller.IsOrganiser ? null : TeamId;

    /// <summary>What counts secrets that come in forms and bodies.</summary>
    internal SecretPace Secrets => (SecretPace)Context.Items[typeof(SecretPace)]!;

    /// <summary>A parameter of the path.</summary>
    /// <param name="name">Its name, without braces.</param>
    public string Parameter(string name) => (string?)Context.Request.RouteValues[name] ?? "";

    /// <summary>Reads the body.</summary>
    /// <param name="type">What it must be.</param>
    /// <exception cref="ProblemException">It is no JSON.</exception>
    /// <exception cref="JsonException">It is not what it must be.</exception>
    public async Task<T> ReadAsync<T>(JsonTypeInfo<T> type)
    {
        if (!Context.Request.HasJsonContentType())
        {
            throw new ProblemException(415, "wrong-content-type", "Send application/json.");
        }

        return await JsonSerializer.DeserializeAsync(Context.Request.Body, type, Gone)
            ?? throw new JsonException("The body is null.");
    }

    /// <summary>
    /// Answers with JSON. What was not changed is answered with 304 and without a body, to who says what it has.
    /// </summary>
    /// <param name="value">The answer.</param>
    /// <param name="type">Its type.</param>
    /// <param name="status">HTTP status; the route's own when null.</param>
    public async Task WriteAsync<T>(T value, JsonTypeInfo<T> type, int? status = null)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var response = Context.Response;
        response.StatusCode = status ?? Route.Status;
        if (!Route.Changes)
        {
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";
            response.Headers.ETag = tag;
            response.Headers.CacheControl = "private, no-cache";
            if (Context.Request.Headers.IfNoneMatch.SelectMany(text => (text ?? "").Split(',')).Any(known => known.Trim() == tag))
            {
                response.StatusCode = 304;
                return;
            }
        }

        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, Gone);
    }

    /// <summary>Answers that it is done, without a body.</summary>
    public Task DoneAsync()
    {
        Context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }
}
