using System.Net;
using System.Text.Json;

namespace Touchstone.Tests.Harness.Server;

public sealed class AttemptApiTests
{
    private const string Path = "/api/v1/attempts";
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Road_FromInvitationToAttempt_OverTheApiAlone()
    {
        await using var server = await LiveServer.StartAsync();
        using var organiser = server.Client(server.Organiser());
        var invitation = await PostAsync(organiser, "/api/v1/admin/invitations", """{"note":"Team A"}""");
        using var nobody = server.Client();
        var registered = await PostAsync(
            nobody, "/api/v1/teams", $$"""{"invitation":"{{invitation.GetProperty("secret")}}","team":"Team A","members":["Ada","Ben"]}""");
        using var team = server.Client(registered.GetProperty("token").GetProperty("secret").GetString());

        var upload = await UploadAsync(team);
        var attempt = await PostAsync(team, Path, $$"""{"challenge":"tiny","name":"method","upload":"{{upload}}"}""");

        Assert.Equal("waiting", attempt.GetProperty("state").GetString());
        Assert.Equal("test", attempt.GetProperty("phase").GetString());
        Assert.Equal("Team A", attempt.GetProperty("team").GetString());
        Assert.Equal("image.tar", attempt.GetProperty("source").GetString());
        Assert.Equal(0, attempt.GetProperty("ahead").GetInt32());
        var audit = await LiveServer.ReadAsync(await organiser.GetAsync("/api/v1/admin/audit"));
        Assert.Equal(
            ["attempt-added", "team-registered", "invitation-made", "organiser-token-made"],
            audit.EnumerateArray().Select(line => line.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task Quota_Spent_IsRefusedWithTheTimeOfTheNext_AndCancelledOnesAreFree()
    {
        await using var server = await LiveServer.StartAsync();
        using var team = server.Client(server.Team());
        var upload = await UploadAsync(team);
        var first = await PostAsync(team, Path, Body(upload, "one"));
        await PostAsync(team, Path, Body(upload, "two"));

        using var third = await team.PostAsync(Path, LiveServer.Json(Body(upload, "three")));
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal("quota-exhausted", await LiveServer.CodeOfAsync(third));
        using var problem = JsonDocument.Parse(await third.Content.ReadAsStringAsync());
        Assert.Equal("2026-11-22T00:00:00+00:00", problem.RootElement.GetProperty("retryAt").GetString());

        await PostAsync(team, $"{Path}/{first.GetProperty("id")}/cancel", "");
        await PostAsync(team, Path, Body(upload, "three"));
    }

    [Fact]
    public async Task Quota_GrantedByTheOrganiser_HoldsInsteadOfThePhases()
    {
        await using var server = await LiveServer.StartAsync();
        using var team = server.Client(server.Team());
        using var organiser = server.Client(server.Organiser());
        var id = server.Store.Teams().Single().Id;
        var quota = """{"challenge":"tiny","phase":"test","quota":{"valid":{"perDay":1}},"reason":"late"}""";
        using var granted = await organiser.PutAsync($"/api/v1/admin/teams/{id}/quota", LiveServer.Json(quota));
        Assert.Equal(HttpStatusCode.NoContent, granted.StatusCode);
        var upload = await UploadAsync(team);

        await PostAsync(team, Path, Body(upload, "one"));
        using var second = await team.PostAsync(Path, LiveServer.Json(Body(upload, "two")));

        Assert.Equal("quota-exhausted", await LiveServer.CodeOfAsync(second));
        var left = await LiveServer.ReadAsync(await team.GetAsync("/api/v1/challenges/tiny/phases/test/quota"));
        Assert.False(left.GetProperty("mayTry").GetBoolean());
    }

    [Theory]
    [InlineData("""{"challenge":"nope","name":"m","upload":"U"}""", "unknown-challenge")]
    [InlineData("""{"challenge":"tiny","phase":"nope","name":"m","upload":"U"}""", "unknown-phase")]
    [InlineData("""{"challenge":"tiny","phase":"past","name":"m","upload":"U"}""", "phase-closed")]
    [InlineData("""{"challenge":"tiny","name":"m"}""", "malformed")]
    [InlineData("""{"challenge":"tiny","name":"m","upload":"U","image":"registry.example.org/a:1"}""", "malformed")]
    [InlineData("""{"challenge":"tiny","name":"m","image":"sha256:0123"}""", "registry-not-allowed")]
    [InlineData("""{"challenge":"tiny","name":"m","image":"touchstone/submission:1"}""", "registry-not-allowed")]
    [InlineData("""{"challenge":"tiny","name":"m","image":"localhost:5000/x:1"}""", "registry-not-allowed")]
    [InlineData("""{"challenge":"tiny","name":" ","upload":"U"}""", "malformed")]
    [InlineData("""{"challenge":"tiny","name":"m","upload":"000000000000"}""", "not-found")]
    [InlineData("""{"challenge":"tiny","name":"m","upload":"U","root":true}""", "root-refused")]
    [InlineData("""{"challenge":"tiny","name":"m","upload":"U","trainedOn":["nope"]}""", "malformed")]
    [InlineData("""{"challenge":"tiny","name":"m","upload":"U","trainedOn":[null,"nope"]}""", "malformed")]
    [InlineData("""{"challenge":"tiny","name":"m","upload":"U","trainedOn":[null]}""", "malformed")]
    [InlineData("""{"challenge":"tiny","name":"m","upload":"U","layout":7}""", "malformed-json")]
    public async Task BadAttempt_IsAProblemWithACode_AndIsNotQueued(string body, string code)
    {
        await using var server = await LiveServer.StartAsync();
        using var team = server.Client(server.Team());
        var upload = await UploadAsync(team);

        using var answer = await team.PostAsync(Path, LiveServer.Json(body.Replace("\"U\"", $"\"{upload}\"", StringComparison.Ordinal)));

        Assert.Equal(code, await LiveServer.CodeOfAsync(answer));
        Assert.Empty(server.Store.AllAttempts());
    }

    [Fact]
    public async Task TeamLargerThanTheChallengeAllows_IsRefused()
    {
        await using var server = await LiveServer.StartAsync();
        using var team = server.Client(server.Team("Many", "A", "B", "C", "D"));

        using var answer = await team.PostAsync(Path, LiveServer.Json(Body(await UploadAsync(team), "m")));

        Assert.Equal("team-too-large", await LiveServer.CodeOfAsync(answer));
    }

    [Fact]
    public async Task IdempotencyKey_SameRequest_IsTheSameAttempt()
    {
        await using var server = await LiveServer.StartAsync();
        using var team = server.Client(server.Team());
        var body = Body(await UploadAsync(team), "m");
        team.DefaultRequestHeaders.Add("Idempotency-Key", "k1");

        using var first = await team.PostAsync(Path, LiveServer.Json(body));
        using var second = await team.PostAsync(Path, LiveServer.Json(body));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Single(server.Store.AllAttempts());
    }

    [Fact]
    public async Task Polling_WithETag_IsAnswered304_UntilSomethingChanges()
    {
        await using var server = await LiveServer.StartAsync();
        using var team = server.Client(server.Team());
        var id = (await PostAsync(team, Path, Body(await UploadAsync(team), "m"))).GetProperty("id").GetString();
        using var first = await team.GetAsync($"{Path}/{id}");
        team.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);

        using var same = await team.GetAsync($"{Path}/{id}");
        server.Store.TakeUp("w", Hold);
        using var changed = await team.GetAsync($"{Path}/{id}");

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal("checking", (await LiveServer.ReadAsync(changed)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Events_TellEveryChange_UntilTheEnd()
    {
        await using var server = await LiveServer.StartAsync();
        using var team = server.Client(server.Team());
        var id = (await PostAsync(team, Path, Body(await UploadAsync(team), "m"))).GetProperty("id").GetString();
        using var answer = await team.GetAsync($"{Path}/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("waiting", await NextStateAsync(lines));
        var lease = server.Store.TakeUp("w", Hold)!.Value.Lease;
        Assert.Equal("checking", await PassUntilNextStateAsync(server, lines));
        server.Store.Reject(lease, "archive-invalid", "It is no archive.");
        Assert.Equal("rejected", await PassUntilNextStateAsync(server, lines));
        Assert.Equal("", (await lines.ReadToEndAsync()).Trim());
    }

    [Fact]
    public async Task Scores_UnderEmbargo_AreKeptFromTheTeam_AndShownAfterIt()
    {
        await using var server = await LiveServer.StartAsync();
        using var team = server.Client(server.Team());
        using var organiser = server.Client(server.Organiser());
        var id = (await PostAsync(team, Path, Body(await UploadAsync(team), "m"))).GetProperty("id").GetString();
        var lease = server.Store.TakeUp("w", Hold)!.Value.Lease;
        server.Store.Accept(lease, "team-a-m-00000000", 1, 0);
        server.Store.Finish(lease);

        using var early = await team.GetAsync($"{Path}/{id}/scores");
        Assert.Equal("scores-withheld", await LiveServer.CodeOfAsync(early));
        Assert.Equal(HttpStatusCode.OK, (await organiser.GetAsync($"{Path}/{id}/scores")).StatusCode);

        server.Clock.Pass(TimeSpan.FromDays(30));
        Assert.Equal(HttpStatusCode.OK, (await team.GetAsync($"{Path}/{id}/scores")).StatusCode);
    }

    [Fact]
    public async Task Attempt_OfAnotherTeam_IsNotFound_InEveryWay()
    {
        await using var server = await LiveServer.StartAsync();
        using var team = server.Client(server.Team());
        using var other = server.Client(server.Team("Other"));
        var upload = await UploadAsync(team);
        var id = (await PostAsync(team, Path, Body(upload, "m"))).GetProperty("id").GetString();

        foreach (var part in new[] { "", "/cases", "/scores", "/events" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Path}/{id}{part}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync($"{Path}/{id}/cancel", null)).StatusCode);
        using var stolen = await other.PostAsync(Path, LiveServer.Json(Body(upload, "m")));
        Assert.Equal("not-found", await LiveServer.CodeOfAsync(stolen));
        Assert.Empty((await LiveServer.ReadAsync(await other.GetAsync(Path))).EnumerateArray());
    }

    [Fact]
    public async Task Failure_TellsParticipantsNothingOfTheMachine_AndOrganisersEverything()
    {
        await using var server = await LiveServer.StartAsync();
        using var team = server.Client(server.Team());
        using var organiser = server.Client(server.Organiser());
        var id = (await PostAsync(team, Path, Body(await UploadAsync(team), "m"))).GetProperty("id").GetString();
        server.Store.Fail(server.Store.TakeUp("w", Hold)!.Value.Lease, "/var/lib/docker is full");

        var forTeam = await (await team.GetAsync($"{Path}/{id}")).Content.ReadAsStringAsync();
        var forOrganiser = await (await organiser.GetAsync($"{Path}/{id}")).Content.ReadAsStringAsync();

        Assert.DoesNotContain("/var/lib", forTeam, StringComparison.Ordinal);
        Assert.Contains("infrastructure", forTeam, StringComparison.Ordinal);
        Assert.Contains("/var/lib/docker is full", forOrganiser, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApi_IsAsItWas()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client();

        Golden.Check("openapi.json", await client.GetStringAsync("/api/v1/openapi.json"));
    }

    private static string Body(string upload, string name) =>
        $$"""{"challenge":"tiny","phase":"test","name":"{{name}}","upload":"{{upload}}"}""";

    private static async Task<string> UploadAsync(HttpClient team)
    {
        var where = await Tus.CreateAsync(team, 10);
        await Tus.SendAsync(team, where, 0, new byte[10]);
        return where.Split('/')[^1];
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string body)
    {
        using var answer = await client.PostAsync(path, LiveServer.Json(body));
        return await LiveServer.ReadAsync(answer);
    }

    private static async Task<string?> NextStateAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonDocument.Parse(line["data: ".Length..]).RootElement.GetProperty("state").GetString();
            }
        }

        return null;
    }

    /// <summary>Lets the server's clock go on, whenever the server waits for it, until something was said.</summary>
    private static async Task<string?> PassUntilNextStateAsync(LiveServer server, StreamReader lines)
    {
        var next = NextStateAsync(lines);
        while (!next.IsCompleted)
        {
            server.Clock.PassToNext(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        return await next;
    }
}
