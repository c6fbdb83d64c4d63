using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Touchstone.Harness.Server;
using Touchstone.Harness.Server.Access;
using Touchstone.Tests.Harness.Server;
using Xunit.Abstractions;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Every route with odd paths, headers and bodies: the server refuses what it cannot read and never fails.</summary>
public sealed class RequestFuzzTests(ITestOutputHelper output)
{
    private static readonly int Requests = Environment.GetEnvironmentVariable("TOUCHSTONE_LONG") == "1" ? 100_000 : 2_000;

    private static readonly string[] Bodies =
    [
        """{"invitation":"tsi_x","team":"T","members":["Ada","Bob"]}""",
        """{"name":"mine","scopes":["read","submit"],"days":3.5}""",
        """{"challenge":"tiny","phase":"debug","name":"N","image":"registry.example.org/a:b","layout":"flat","command":"x","gpu":false,"trainedOn":["phantom"]}""",
        """{"challenge":"tiny","phase":"test","name":"N","upload":"UPLOAD","layout":"folder","root":true}""",
        """{"note":"for somebody","days":14}""",
        """{"reason":"Because."}""",
        """{"challenge":"tiny","phase":"test","quota":{"valid":{"perDay":2,"perWeek":3},"attempts":{"perPhase":4}},"reason":"Because."}""",
        """{"case":"case1"}""",
    ];

    private static readonly string[] Headers =
        ["Upload-Length", "Upload-Offset", "Upload-Metadata", "Upload-Checksum", "Tus-Resumable", "Idempotency-Key", "If-None-Match", "Range",
         "Accept", "Last-Event-ID", "X-Forwarded-For", "Content-Encoding", "Origin", "If-Modified-Since", "Upload-Defer-Length"];

    private static readonly string[] Fields =
        ["token", "next", "invitation", "name", "members", "scope", "days", "phase", "layout", "command", "gpu", "root", "trained-on",
         "upload", "image", "reason", "phase-quota", "challenge", "valid-day", "attempts-week"];

    [Fact]
    public async Task Routes_OddRequests_NeverFail()
    {
        await using var server = await LiveServer.StartAsync();
        string[] tokens = [server.Team(), server.Organiser()];
        using var client = server.Client();
        string[] ids = [.. await IdsAsync(server, tokens[0]), "tiny", "test", "debug", "past", "phantom", "index.html"];
        var (clock, statuses) = (Stopwatch.StartNew(), new SortedDictionary<int, int>());
        var failures = new List<string>();
        for (var number = 0; number < Requests; number++)
        {
            var random = new Random(number);
            using var request = Make(random, server.Address, ids);
            if (request is null)
            {
                continue;
            }

            if (server.Store.IdentifyToken(tokens[0]) is null)
            {
                tokens[0] = server.Store.RenewTokens(ids[2], "test").Secret; // an organiser renewed or revoked them
            }

            SignIn(request, random, tokens, server);

            var status = await SendAsync(client, request);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (status is >= 500 and not 503 and not 507)
            {
                failures.Add($"request {number}: {request.Method} {request.RequestUri} gives {status}");
            }
        }

        output.WriteLine($"{Requests} requests in {clock.Elapsed.TotalSeconds:0} s: {string.Join(", ", statuses)}");
        Assert.True(failures.Count == 0, $"{string.Join('\n', failures.Take(20))}\n{server.Log}");
        Assert.DoesNotContain("incident", server.Log.ToString(), StringComparison.Ordinal);
    }

    /// <summary>An upload, an attempt, and a team.</summary>
    private static async Task<string[]> IdsAsync(LiveServer server, string token)
    {
        using var team = server.Client(token);
        var upload = (await Tus.CreateAsync(team, 1000)).Split('/')[^1];
        using var made = await team.PostAsync("/api/v1/attempts", LiveServer.Json(Bodies[2]));
        var attempt = (await LiveServer.ReadAsync(made)).GetProperty("id").GetString()!;
        return [upload, attempt, server.Store.IdentifyToken(token)!.TeamId!];
    }

    /// <summary>Mostly as somebody who may: at pages with a session and its form token, elsewhere with a token.</summary>
    private static void SignIn(HttpRequestMessage request, Random random, string[] tokens, LiveServer server)
    {
        var token = tokens[random.Next(tokens.Length)];
        switch (request.RequestUri!.AbsolutePath.StartsWith("/api", StringComparison.Ordinal) ? random.Next(10) : 10 + random.Next(10))
        {
            case 0 or 10:
                break;
            case 1 or 11:
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Odd(random)}");
                break;
            case < 10:
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                break;
            default:
                var session = server.Store.SignIn(token)!.Value.Session.Secret;
                request.Headers.Add("Cookie", $"{Caller.Cookie}={session}");
                request.Headers.Add(CrossSite.Header, CrossSite.Token(session));
                break;
        }
    }

    private static async Task<int> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        using var patience = new CancellationTokenSource(Trial.Patience);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return (int)answer.StatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException or IOException)
        {
            return 0; // no client can send that, or the server closed the connection on it
        }
    }

    private static HttpRequestMessage? Make(Random random, Uri address, string[] ids)
    {
        var route = Routes.All[random.Next(Routes.All.Count)];
        var path = string.Join('/', route.Path.Split('/').Select(part => !part.StartsWith('{') ? part
            : random.Next(3) > 0 ? ids[random.Next(ids.Length)]
            : Uri.EscapeDataString(Odd(random).Replace("\ud800", "", StringComparison.Ordinal))));
        if (random.Next(4) == 0)
        {
            path += $"?{(random.Next(2) == 0 ? "after" : "case")}={Uri.EscapeDataString(Odd(random).Replace("\ud800", "", StringComparison.Ordinal))}";
        }

        if (path.Length > 6000 || !Uri.TryCreate(address, path, out var uri))
        {
            return null;
        }

        var request = new HttpRequestMessage(
            new HttpMethod(random.Next(20) == 0 ? "PATCH" : route.Method), uri);
        if (route.Changes)
        {
            request.Content = Body(route, random);
        }

        foreach (var header in Headers.Where(_ => random.Next(8) == 0).Concat(route.Headers.Where(_ => random.Next(3) > 0).Select(one => one.Name)))
        {
            request.Headers.TryAddWithoutValidation(header, Header(header, random));
        }

        return request;
    }

    private static ByteArrayContent Body(Route route, Random random)
    {
        var text = Bodies[random.Next(Bodies.Length)];
        var isForm = route.IsPage && random.Next(4) > 0;
        var bytes = isForm
            ? Encoding.ASCII.GetBytes(string.Join('&', Fields.Where(_ => random.Next(3) > 0).Select(field =>
                $"{field}={Uri.EscapeDataString(random.Next(3) == 0 ? Odd(random) : Sound(field))}")))
            : random.Next(5) == 0 ? Encoding.UTF8.GetBytes(text) : Damage.OfText(text, random);
        var content = new ByteArrayContent(bytes.Length > 200_000 ? bytes[..200_000] : bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", random.Next(12) == 0 ? Odd(random)
            : isForm ? "application/x-www-form-urlencoded"
            : route.Path.StartsWith("/api/v1/uploads", StringComparison.Ordinal) ? "application/offset+octet-stream" : "application/json");
        return content;
    }

    private static string Header(string name, Random random) => (name, random.Next(3)) switch
    {
        ("Tus-Resumable", > 0) => "1.0.0",
        ("Upload-Offset", 1) => "0",
        ("Upload-Length", 1) => "1000",
        ("Upload-Metadata", > 0) => $"challenge dGlueQ==,filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(Odd(random)))}",
        ("Upload-Checksum", > 0) => $"sha256 {(random.Next(2) == 0 ? "AAAA" : "====")}",
        ("Range", _) => "bytes=0-18446744073709551616",
        _ => Odd(random),
    };

    private static string Sound(string field) => field switch
    {
        "challenge" => "tiny",
        "phase" => "tiny/debug",
        "layout" => "flat",
        "image" => "registry.example.org/a:b",
        _ => "3",
    };

    private static string Odd(Random random)
    {
        var word = random.Next(2) == 0
            ? OddValues.Words[random.Next(OddValues.Words.Length)] : OddValues.Tokens[random.Next(OddValues.Tokens.Length)];
        return (word.Length > 2000 ? word[..2000] : word).Replace("\ud800", "", StringComparison.Ordinal);
    }
}
