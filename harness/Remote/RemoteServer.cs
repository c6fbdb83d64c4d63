using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Touchstone.Evaluators;

namespace Touchstone.Harness.Remote;

/// <summary>A server somewhere else, as a participant's machine sees it.</summary>
internal sealed class RemoteServer : IDisposable
{
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)];

    /// <summary>Who is told to come back later than that is told so.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly HttpClient _client;
    private readonly TimeProvider _clock;
    private readonly Action<string> _tell;

    /// <summary>Prepares to talk to a server; nothing is sent yet.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="token">A personal access token; null for what everybody may ask.</param>
    /// <param name="clock">For pauses between tries.</param>
    /// <param name="tell">Told of failures that are tried again.</param>
    public RemoteServer(Uri address, string? token, TimeProvider clock, Action<string> tell)
    {
        (_clock, _tell) = (clock, tell);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(5),
        };
        _client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Closes connections.</summary>
    public void Dispose() => _client.Dispose();

    /// <summary>Sends a request, again after a pause while it fails for reasons that may pass.</summary>
    /// <param name="make">Makes the request, anew for every try.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>An answer of success.</returns>
    /// <exception cref="RemoteException">The server refuses, or cannot be reached after several tries.</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken token)
    {
        for (var attempt = 0; ; attempt++)
        {
            RemoteException fault;
            try
            {
                var answer = await _client.SendAsync(make(), token);
                if (answer.IsSuccessStatusCode)
                {
                    return answer;
                }

                fault = await RefusalAsync(answer, token);
                answer.Dispose();
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException
                || (broken is OperationCanceledException && !token.IsCancellationRequested))
            {
                fault = new RemoteException($"{_client.BaseAddress} cannot be reached: {broken.Message}") { MayPass = true };
            }

            if (!fault.MayPass || attempt == Pauses.Length)
            {
                throw fault;
            }

            var pause = fault.RetryAfter is { } asked && asked > Pauses[attempt] ? asked : Pauses[attempt];
            if (pause > LongestPause)
            {
                throw fault;
            }

            _tell($"{fault.Message} Trying again in {pause.TotalSeconds:0} s.");
            await Task.Delay(pause, _clock, token);
        }
    }

    /// <summary>Sends a request and reads the JSON of its answer.</summary>
    public async Task<T> AskAsync<T>(Func<HttpRequestMessage> make, JsonTypeInfo<T> type, CancellationToken token)
    {
        using var answer = await SendAsync(make, token);
        try
        {
            return await answer.Content.ReadFromJsonAsync(type, token) ?? throw new JsonException("It is null.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new RemoteException(
                $"{_client.BaseAddress} answers what no Touchstone server answers: {JsonWords.Of(fault)} Check the address; a proxy may stand "
                + "in between.");
        }
    }

    private static async Task<RemoteException> RefusalAsync(HttpResponseMessage answer, CancellationToken token)
    {
        var status = (int)answer.StatusCode;
        var mayPass = status is 408 or 423 or 502 or 503 or 504 || (status == 429 && answer.Headers.RetryAfter is not null);
        var text = $"The server answered {status}.";
        string? code = null;
        try
        {
            var body = await answer.Content.ReadAsByteArrayAsync(token);
            using var problem = JsonDocument.Parse(body);
            text = problem.RootElement.GetProperty("detail").GetString() ?? text;
            code = problem.RootElement.GetProperty("code").GetString();
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Something between here and the server answered, such as a proxy.
        }

        return new RemoteException(text) { MayPass = mayPass, Code = code, RetryAfter = answer.Headers.RetryAfter?.Delta };
    }
}

/// <summary>What a server refused, or that it cannot be reached. The message is for the participant.</summary>
internal sealed class RemoteException(string message) : IOException(message)
{
    /// <summary>Whether trying again may help.</summary>
    public bool MayPass { get; init; }

    /// <summary>Stable code of the problem; null when the server itself did not answer.</summary>
    public string? Code { get; init; }

    /// <summary>How long the server asks to wait; null when it says nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
