using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Touchstone.Evaluators;

namespace Touchstone.Harness.Engine;

/// <summary>
/// A container engine that speaks Docker's HTTP API over a Unix socket. Owns its connections; safe to use from several
/// threads. Every failure of the engine is an <see cref="EngineException"/>.
/// </summary>
public sealed partial class DockerEngine : IDisposable
{
    /// <summary>Where Docker Engine listens unless told otherwise.</summary>
    public const string DefaultEndpoint = "unix:///var/run/docker.sock";

    private static readonly Version NewestApi = new(1, 44);
    private static readonly Version OldestApi = new(1, 41);

    /// <summary>
    /// No single control request takes longer on an engine that lives. Waits and transfers are exempt.
    /// </summary>
    private static readonly TimeSpan ControlTimeout = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http;
    private readonly string _endpoint;
    private string _prefix = "";

    private DockerEngine(string endpoint)
    {
        const string scheme = "unix://";
        if (!endpoint.StartsWith(scheme, StringComparison.Ordinal))
        {
            throw new ArgumentException($"\"{endpoint}\" is no engine endpoint: give unix:// and the path of its socket.", nameof(endpoint));
        }

        var address = new UnixDomainSocketEndPoint(endpoint[scheme.Length..]);
        _endpoint = endpoint;
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, token) => ConnectAsync(address, token), UseProxy = false })
        {
            BaseAddress = new Uri("http://engine"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>What answered.</summary>
    public EngineVersion Version { get; private set; } = null!;

    /// <summary>Finds the engine and agrees on a version of the API.</summary>
    /// <param name="endpoint"><c>unix://</c> and the path of its socket.</param>
    /// <param name="token">Stops the attempt.</param>
    /// <exception cref="ArgumentException"><paramref name="endpoint"/> is of another kind.</exception>
    /// <exception cref="EngineException">Nothing answers there, or it is too old (API below 1.41, Docker Engine 20.10).</exception>
    public static async Task<DockerEngine> ConnectAsync(string endpoint = DefaultEndpoint, CancellationToken token = default)
    {
        var engine = new DockerEngine(endpoint);
        try
        {
            engine.Version = await engine.GetAsync("/version", EngineJsonContext.Default.EngineVersion, token);
            engine._prefix = $"/v{Negotiate(engine.Version)}";
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Asks whether the engine still answers.</summary>
    /// <param name="token">Stops the request.</param>
    /// <exception cref="EngineException">It does not.</exception>
    public async Task PingAsync(CancellationToken token = default) => await SendAsync(HttpMethod.Get, "/_ping", null, token);

    /// <summary>The machine that the engine runs on.</summary>
    /// <param name="token">Stops the request.</param>
    public Task<EngineInfo> InfoAsync(CancellationToken token = default) =>
        GetAsync("/info", EngineJsonContext.Default.EngineInfo, token);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    internal static Version Negotiate(EngineVersion server)
    {
        var newest = System.Version.Parse(server.ApiVersion);
        var oldest = server.MinAPIVersion is { Length: > 0 } text ? System.Version.Parse(text) : OldestApi;
        if (newest < OldestApi)
        {
            throw new EngineException(
                $"{server.Product} speaks API {newest}; at least {OldestApi} (Docker Engine 20.10) is needed. "
                + "Update it, or run harness/install-engine.sh.")
            {
                IsTransient = false,
            };
        }

        var ours = newest < NewestApi ? newest : NewestApi;
        return ours < oldest ? oldest : ours;
    }

    private static async ValueTask<Stream> ConnectAsync(UnixDomainSocketEndPoint address, CancellationToken token)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(address, token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static StringContent Json<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.Serialize(value, type), new MediaTypeHeaderValue("application/json"));

    private static string LabelFilter(string label) => Filters(new() { ["label"] = [label] });

    private static string Filters(Dictionary<string, string[]> wanted) =>
        Uri.EscapeDataString(JsonSerializer.Serialize(wanted, EngineJsonContext.Default.DictionaryStringStringArray));

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken token) =>
        Parse(await SendAsync(HttpMethod.Get, path, null, token), type);

    private async Task<T> PostAsync<T>(string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken token) =>
        Parse(await SendAsync(HttpMethod.Post, path, body, token), type);

    private T Parse<T>(byte[] body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw new EngineException($"The engine at {_endpoint} answered something else than its API: {JsonWords.Of(fault)}", fault);
        }
    }

    /// <summary>One short request, its whole answer read.</summary>
    private async Task<byte[]> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(ControlTimeout);
        try
        {
            using var response = await OpenAsync(method, path, body, limit.Token);
            return await response.Content.ReadAsByteArrayAsync(limit.Token);
        }
        catch (OperationCanceledException fault) when (!token.IsCancellationRequested)
        {
            throw new EngineException($"The engine at {_endpoint} did not answer {method} {path} within {ControlTimeout}.", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new EngineException($"The engine at {_endpoint} broke off its answer to {method} {path}: {fault.Message}", fault);
        }
    }

    /// <summary>A request whose answer the caller reads, however long that takes.</summary>
    private async Task<HttpResponseMessage> OpenAsync(HttpMethod method, string path, HttpContent? body, CancellationToken token)
    {
        using var request = new HttpRequestMessage(method, _prefix + path) { Content = body };
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        }
        catch (HttpRequestException fault) when (fault.InnerException is SocketException)
        {
            throw EngineException.Unreachable(_endpoint, fault.InnerException);
        }
        catch (HttpRequestException fault)
        {
            throw new EngineException($"The engine at {_endpoint} broke off {method} {path}: {fault.Message}", fault);
        }

        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
        {
            return response;
        }

        using (response)
        {
            throw await FailureAsync(response, method, path, token);
        }
    }

    private static async Task<EngineException> FailureAsync(
        HttpResponseMessage response, HttpMethod method, string path, CancellationToken token)
    {
        var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(token));
        try
        {
            text = JsonSerializer.Deserialize(text, EngineJsonContext.Default.ErrorAnswer)?.Message ?? text;
        }
        catch (JsonException)
        {
            // Proxies in front of an engine answer in plain text, which is then the message.
        }

        return new EngineException($"The engine refused {method} {path.Split('?')[0]} ({(int)response.StatusCode}): {text.Trim()}")
        {
            Status = response.StatusCode,
            Words = text.Trim(),
            IsTransient = (int)response.StatusCode >= 500,
        };
    }
}
