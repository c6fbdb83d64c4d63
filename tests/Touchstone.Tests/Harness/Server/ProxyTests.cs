using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Server.Access;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Server;

/// <summary>The snippets of the server's README in the programs that they are for, on a port that is no scheme's own.</summary>
public sealed partial class ProxyTests
{
    private static readonly Paces Tight = new() { Ordinary = new(100_000, 1), Credentials = new(3, 0.1) };

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task SignIn_ThroughTheProxy_WorksOnAnyPort_AndNoClientNamesTheHost(string program)
    {
        await using var server = await LiveServer.StartAsync(paces: Tight, proxies: [IPAddress.Loopback]);
        using var proxy = await Proxy.StartAsync(program, server.Address);
        var token = server.Team();

        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(proxy, token, proxy.Address.GetLeftPart(UriPartial.Authority), null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SignInAsync(proxy, token, "http://evil.example", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SignInAsync(proxy, token, "http://evil.example", "evil.example")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(
            proxy, token, proxy.Address.GetLeftPart(UriPartial.Authority), "evil.example")).StatusCode);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task WrongSignIns_ThroughTheProxy_AreCountedByTheAddressThatTheProxySees(string program)
    {
        await using var server = await LiveServer.StartAsync(paces: Tight, proxies: [IPAddress.Loopback]);
        using var proxy = await Proxy.StartAsync(program, server.Address);
        var own = proxy.Address.GetLeftPart(UriPartial.Authority);

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((await SignInAsync(proxy, "tsp_wrong", own, null, $"203.0.113.{i}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.All(statuses.SkipLast(1), status => Assert.Equal(HttpStatusCode.Forbidden, status));
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task Events_ThroughTheProxy_ComeAtOnce(string program)
    {
        await using var server = await LiveServer.StartAsync(proxies: [IPAddress.Loopback]);
        using var proxy = await Proxy.StartAsync(program, server.Address);
        var token = server.Team();
        var identity = server.Store.IdentifyToken(token)!;
        var id = server.Store.AddAttempt(
            new AttemptRequest
            {
                TeamId = identity.TeamId!,
                Draft = new SubmissionDraft { Team = "Team A", Name = "m", Challenge = "tiny", Phase = "debug" },
                Reference = "team/image:1",
            },
            _ => { }, identity).Attempt.Id;
        using var client = new HttpClient { BaseAddress = proxy.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);

        using var answer = await client.GetAsync($"/api/v1/attempts/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());

        Assert.Equal("event: attempt", await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static async Task<HttpResponseMessage> SignInAsync(
        Proxy proxy, string token, string origin, string? forwardedHost, string? forwardedFor = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(proxy.Address, "/sign-in"));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token });
        request.Headers.Add("Origin", origin);
        if (forwardedHost is not null)
        {
            request.Headers.Add("X-Forwarded-Host", forwardedHost);
        }

        if (forwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        }

        return await client.SendAsync(request);
    }

    /// <summary>A proxy that runs in a folder of its own until it is disposed.</summary>
    private sealed partial class Proxy : IDisposable
    {
        private static readonly string[] NginxFolders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

        private readonly TemporaryFolder _folder = new();
        private readonly Process _process;

        private Proxy(string program, Uri server)
        {
            Address = new Uri($"http://127.0.0.1:{FreePort()}");
            var readme = File.ReadAllText(Repository.File("harness/Server/README.md"))
                .Replace("127.0.0.1:5080", server.Authority, StringComparison.Ordinal);
            string[] arguments;
            if (program == "nginx")
            {
                var kept = string.Join('\n', NginxFolders.Select(kind => $"{kind}_temp_path {_folder.File(kind)};"));
                var file = _folder.Write("nginx.conf", $$"""
                    daemon off;
                    user {{Environment.UserName}};
                    pid {{_folder.File("nginx.pid")}};
                    error_log stderr;
                    events { }
                    http {
                        access_log off;
                        {{kept}}
                        server {
                            listen {{Address.Authority}};
                    {{NginxSnippet().Match(readme).Value}}
                        }
                    }
                    """);
                arguments = ["-p", _folder.Path, "-e", "stderr", "-c", file];
            }
            else
            {
                var snippet = CaddySnippet().Match(readme).Value.Replace("challenge.example.org", Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
                arguments = ["run", "--adapter", "caddyfile", "--config", _folder.Write("Caddyfile", "{\nadmin off\n}\n" + snippet)];
            }

            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
            start.Environment["HOME"] = _folder.Path;
            start.Environment["XDG_DATA_HOME"] = _folder.Path;
            start.Environment["XDG_CONFIG_HOME"] = _folder.Path;
            _process = Process.Start(start)!;
            _process.BeginOutputReadLine();
        }

        public Uri Address { get; }

        public static async Task<Proxy> StartAsync(string program, Uri server)
        {
            var proxy = new Proxy(program, server);
            var errors = proxy._process.StandardError.ReadToEndAsync();
            while (true)
            {
                try
                {
                    using var probe = new TcpClient();
                    await probe.ConnectAsync(IPAddress.Loopback, proxy.Address.Port);
                    return proxy;
                }
                catch (SocketException)
                {
                    // It does not listen yet, or has ended.
                    if (proxy._process.HasExited)
                    {
                        proxy._folder.Dispose();
                        throw new InvalidOperationException($"{program} ended with exit code {proxy._process.ExitCode}.\n{await errors}");
                    }

                    await Task.Yield();
                }
            }
        }

        public void Dispose()
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
            _folder.Dispose();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        [GeneratedRegex(@"^    location / \{\n(?:        .*\n)+    \}$", RegexOptions.Multiline)]
        private static partial Regex NginxSnippet();

        [GeneratedRegex(@"^    challenge\.example\.org \{\n(?:        .*\n)+    \}$", RegexOptions.Multiline)]
        private static partial Regex CaddySnippet();
    }
}
