using System.Net.Http.Json;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Server.Api;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Remote;

/// <summary>Makes an attempt on a server and follows it until its end.</summary>
/// <param name="server">Where.</param>
/// <param name="clock">For pauses between questions.</param>
/// <param name="tell">Told what happens, in sentences.</param>
internal sealed class RemoteAttempt(RemoteServer server, TimeProvider clock, Action<string> tell)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    /// <summary>Makes the attempt. Tried again after a broken connection, it is still one.</summary>
    /// <param name="body">What is asked for.</param>
    /// <param name="token">Ends it.</param>
    /// <exception cref="RemoteException">The server refuses, or cannot be reached.</exception>
    public Task<AttemptAnswer> CreateAsync(AttemptBody body, CancellationToken token)
    {
        var key = Guid.NewGuid().ToString();
        return server.AskAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/attempts")
                {
                    Content = JsonContent.Create(body, ApiJson.Wire.AttemptBody),
                };
                request.Headers.Add("Idempotency-Key", key);
                return request;
            },
            ApiJson.Wire.AttemptAnswer,
            token);
    }

    /// <summary>Tells of every change until the attempt has ended.</summary>
    /// <param name="attempt">The attempt as it stands.</param>
    /// <param name="token">Ends following; the attempt goes on.</param>
    /// <returns>The attempt at its end.</returns>
    public async Task<AttemptAnswer> FollowAsync(AttemptAnswer attempt, CancellationToken token)
    {
        var said = "";
        while (true)
        {
            var line = Describe(attempt);
            if (line != said)
            {
                tell(line);
                said = line;
            }

            if (attempt.State is not (AttemptState.Waiting or AttemptState.Checking or AttemptState.Running))
            {
                return attempt;
            }

            await Task.Delay(AskEvery, clock, token);
            attempt = await server.AskAsync(
                () => new HttpRequestMessage(HttpMethod.Get, $"/api/v1/attempts/{attempt.Id}"), ApiJson.Wire.AttemptAnswer, token);
        }
    }

    /// <summary>How each case ended.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="token">Ends it.</param>
    public Task<IReadOnlyList<Runs.ParticipantReport>> CasesAsync(string id, CancellationToken token) => server.AskAsync(
        () => new HttpRequestMessage(HttpMethod.Get, $"/api/v1/attempts/{id}/cases"),
        ApiJson.Wire.IReadOnlyListParticipantReport,
        token);

    /// <summary>The mean scores of a finished attempt; null where its phase keeps them back.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="token">Ends it.</param>
    public async Task<ScoresAnswer?> ScoresAsync(string id, CancellationToken token)
    {
        try
        {
            return await server.AskAsync(
                () => new HttpRequestMessage(HttpMethod.Get, $"/api/v1/attempts/{id}/scores"), ApiJson.Wire.ScoresAnswer, token);
        }
        catch (RemoteException fault) when (fault.Code == "scores-withheld")
        {
            return null;
        }
    }

    private static string Describe(AttemptAnswer attempt) => attempt.State switch
    {
        AttemptState.Waiting when attempt.WaitsBecause is { } reason => $"Waiting: {reason}",
        AttemptState.Waiting => attempt.Ahead == 0 ? "Waiting: next in the queue." : $"Waiting: {attempt.Ahead} before it in the queue.",
        AttemptState.Checking => "The image is being checked and loaded.",
        AttemptState.Running when attempt.CasesDone == 0 => $"Running on {Counted.Of(attempt.Cases ?? 0, "case")}.",
        AttemptState.Running => $"Running: {attempt.CasesDone} of {Counted.Of(attempt.Cases ?? 0, "case")}.",
        AttemptState.Finished => $"Finished: {Counted.Of(attempt.Cases ?? 0, "case")} {(attempt.Cases == 1 ? "has its" : "have their")} ending.",
        AttemptState.Cancelled => "Cancelled.",
        AttemptState.Rejected or AttemptState.Failed => $"{attempt.State}: {attempt.FaultText}",
    };
}
