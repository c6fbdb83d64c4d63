using System.Net;
using System.Net.Sockets;
using System.Text;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Access;

namespace Touchstone.Tests.Harness.Server;

/// <summary>Clients that keep others out, go on after they were shut out, or flood.</summary>
public sealed class HostileClientTests
{
    private const string Entry = "team-a-m-00000000";
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);
    private static readonly Paces Tight = new() { Ordinary = new(100_000, 1), Credentials = new(3, 0.1) };

    [Fact]
    public async Task IdleConnections_OfOneAddress_LeaveRoomForOthers()
    {
        await using var server = await LiveServer.StartAsync();
        var idle = new List<Socket>();
        try
        {
            // 127.0.0.2 is another address of this machine; 400 is more than one address gets.
            for (var i = 0; i < 400; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
                idle.Add(socket);
                try
                {
                    await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
                }
                catch (SocketException)
                {
                    // Closed as soon as it was open.
                }
            }

            var closed = 0;
            foreach (var socket in idle.Skip(256))
            {
                closed += await IsClosedAsync(socket) ? 1 : 0;
            }

            Assert.True(closed >= 100, $"{closed} connections were closed.");
            using var client = server.Client();
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task WrongSignIns_OfAnAddress_KeepNobodyOutWhoseTokenIsRight()
    {
        await using var server = await LiveServer.StartAsync(paces: Tight);
        var token = server.Team();
        using var client = server.Client();

        var wrong = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            wrong.Add((int)(await SignInAsync(client, "tsp_nonsense")).StatusCode);
        }

        Assert.Equal([403, 403, 403, 429, 429, 429], wrong);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(client, token)).StatusCode);
        using var api = server.Client(token);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/api/v1/team")).StatusCode);
        var invitation = server.Store.Invite("x", TimeSpan.FromDays(1), "test").Secret;
        using var registered = await client.PostAsync(
            "/api/v1/teams", LiveServer.Json($$"""{"invitation":"{{invitation}}","team":"Team B","members":["Ada"]}"""));
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
    }

    [Fact]
    public async Task RightSignIns_OfOneToken_AreBounded_AndOthersAreNot()
    {
        await using var server = await LiveServer.StartAsync(paces: Tight);
        var (one, other) = (server.Team(), server.Team("Other"));
        using var client = server.Client();

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(client, one)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignInAsync(client, one)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(client, other)).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EventStream_OfATokenThatIsRevoked_Ends(bool asSession)
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        var id = server.Queue(token);
        using var client = server.Client(asSession ? null : token);
        if (asSession)
        {
            client.DefaultRequestHeaders.Add("Cookie", $"{Caller.Cookie}={server.Store.SignIn(token)!.Value.Session.Secret}");
        }

        using var answer = await client.GetAsync($"/api/v1/attempts/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        var reading = answer.Content.ReadAsStringAsync();
        var identity = server.Store.IdentifyToken(token)!;
        server.Store.RevokeToken(identity, identity.TokenId);

        for (var i = 0; i < 30 && !reading.IsCompleted; i++)
        {
            server.Clock.Pass(TimeSpan.FromSeconds(1));
            await Task.WhenAny(reading, Task.Delay(100));
        }

        Assert.True(reading.IsCompleted);
        Assert.Contains("waiting", await reading, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithdrawAndReturn_WithoutEnd_IsBounded_AndTheEntryCanStillBeWithdrawn()
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        using var team = server.Client(token);
        var id = Running(server, token);

        var returned = 0;
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await DecideAsync(team, id, "withdraw")).StatusCode);
            if ((await DecideAsync(team, id, "return")).StatusCode != HttpStatusCode.OK)
            {
                break;
            }

            returned++;
        }

        Assert.Equal(10, returned);
        Assert.Equal(DecisionKind.Withdrawn, EntryDecision.InForce(DecisionFile.ReadAll(server.Workspace, Entry))!.Kind);
        using var organiser = server.Client(server.Organiser());
        Assert.Equal(HttpStatusCode.OK, (await DecideAsync(organiser, id, "return")).StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/attempts/{0}/withdraw")]
    [InlineData("/api/v1/admin/attempts/{0}/disqualify")]
    public async Task SameDecision_ManyTimesAtOnce_IsTakenOnce(string path)
    {
        await using var server = await LiveServer.StartAsync();
        var id = Running(server, server.Team());
        using var organiser = server.Client(server.Organiser());

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => organiser.PostAsync(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, path, id), LiveServer.Json("""{"reason":"Because."}""")))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict, $"{answer.StatusCode}"));
        Assert.Single(DecisionFile.ReadAll(server.Workspace, Entry));
        Assert.Single(server.Store.Audit(), line => line.Action.StartsWith("entry-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("challenge.example.org:8443", "https://challenge.example.org:8443", null, true)]
    [InlineData("challenge.example.org", "https://challenge.example.org", null, true)]
    [InlineData("challenge.example.org:443", "https://challenge.example.org", null, true)]
    [InlineData("challenge.example.org:443", "http://challenge.example.org:443", null, true)]
    [InlineData("challenge.example.org:80", "https://challenge.example.org:80", null, true)]
    [InlineData("challenge.example.org", "https://challenge.example.org:8443", null, false)]
    [InlineData("challenge.example.org:8443", "https://challenge.example.org", null, false)]
    [InlineData("challenge.example.org", "https://evil.example", "evil.example", false)]
    [InlineData("challenge.example.org", "https://challenge.example.org", "evil.example", true)]
    public async Task SignIn_BehindAProxy_IsJudgedByTheHostOfTheBrowserAlone(string host, string origin, string? forwardedHost, bool isOwn)
    {
        await using var server = await LiveServer.StartAsync(proxies: [IPAddress.Loopback]);
        var token = server.Team();
        using var client = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in");
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token });
        request.Headers.Host = host;
        request.Headers.Add("Origin", origin);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        if (forwardedHost is not null)
        {
            request.Headers.Add("X-Forwarded-Host", forwardedHost);
        }

        using var answer = await client.SendAsync(request);

        Assert.Equal(isOwn ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task<bool> IsClosedAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        try
        {
            return await socket.ReceiveAsync(new byte[1], patience.Token) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc")]
    [InlineData("multipart/form-data; boundary=x", "")]
    [InlineData("multipart/form-data", "--x--")]
    [InlineData("multipart/form-data; boundary=\"\"", "--x--")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "token=a")]
    [InlineData("application/x-www-form-urlencoded; charset=no-such", "token=a")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16", "token=a")]
    [InlineData("application/x-www-form-urlencoded", "token=%zz&%=&==&")]
    public async Task Form_ThatIsNone_IsTheCallersFault(string type, string body)
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client();
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await client.PostAsync("/sign-in", content);

        Assert.InRange((int)answer.StatusCode, 400, 499);
    }

    [Theory]
    [InlineData("/\u00e9")]
    [InlineData("/a b")]
    [InlineData("/\u2028")]
    public async Task SignIn_ThatWouldGoOnToNoPath_GoesToTheTeamsPage(string next)
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client();

        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(
            new Dictionary<string, string> { ["token"] = server.Team(), ["next"] = next }));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/team", answer.Headers.Location?.OriginalString);
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client, string token) => client.PostAsync(
        "/sign-in", new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token }));

    private static Task<HttpResponseMessage> DecideAsync(HttpClient client, string id, string what) =>
        client.PostAsync($"/api/v1/attempts/{id}/{what}", new StringContent("""{"reason":""}""", Encoding.UTF8, "application/json"));

    private static string Running(LiveServer server, string token)
    {
        var id = server.Queue(token);
        Assert.True(server.Store.Accept(server.Store.TakeUp("w", Hold)!.Value.Lease, Entry, 1, 0));
        return id;
    }
}
