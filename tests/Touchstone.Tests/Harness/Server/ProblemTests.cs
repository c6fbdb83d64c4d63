using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Server;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Tests.Harness.Server;

public sealed class ProblemTests
{
    private const string Secret = "/var/lib/hidden/case_0001";

    [Fact]
    public async Task HandlerThatThrows_AnswersANumberOnly_AndTheLogHasTheRest()
    {
        await using var server = await LiveServer.StartAsync(extra:
        [
            Throwing("/api/v1/broken", () => throw new InvalidOperationException(Secret)),
            Throwing("/api/v1/unreadable", () => throw new UnauthorizedAccessException(Secret)),
            Throwing("/api/v1/unfound", () => throw new FileNotFoundException(Secret, Secret)),
            Throwing("/api/v1/damaged", () => throw new InvalidDataException(Secret)),
        ]);
        using var client = server.Client();

        foreach (var path in new[] { "broken", "unreadable", "unfound", "damaged" })
        {
            using var answer = await client.GetAsync($"/api/v1/{path}");
            var text = await answer.Content.ReadAsStringAsync();

            Assert.Equal("internal-error", await LiveServer.CodeOfAsync(answer));
            Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        }

        Assert.Contains(Secret, server.Log.ToString(), StringComparison.Ordinal);
        Assert.Contains("incident ", server.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandlerThatFindsTheDiskFull_Answers507()
    {
        await using var server = await LiveServer.StartAsync(extra:
            [Throwing("/api/v1/full", () => throw new IOException(Secret, 28))]);
        using var client = server.Client();

        using var answer = await client.GetAsync("/api/v1/full");

        Assert.Equal(507, (int)answer.StatusCode);
        Assert.Equal("disk-full", await LiveServer.CodeOfAsync(answer));
        Assert.DoesNotContain("hidden", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownAddress_IsAProblem_AndAnotherMethodSaysWhichThereAre()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client();

        using var unknown = await client.GetAsync("/api/v1/nothing");
        using var method = await client.DeleteAsync("/api/v1/challenges");

        Assert.Equal("not-found", await LiveServer.CodeOfAsync(unknown));
        Assert.Equal("method-not-allowed", await LiveServer.CodeOfAsync(method));
        Assert.Equal(["GET", "HEAD"], method.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task Head_HasTheHeadersOfGet_AndNoBody()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client();

        using var get = await client.GetAsync("/api/v1/challenges");
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/v1/challenges"));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("{", "malformed-json")]
    [InlineData("null", "malformed-json")]
    [InlineData("[]", "malformed-json")]
    [InlineData("""{"invitation":"x","team":"T"}""", "malformed-json")]
    [InlineData("""{"invitation":"x","team":null,"members":[]}""", "malformed-json")]
    [InlineData("""{"invitation":"x","team":"T","members":["A"],"more":1}""", "malformed-json")]
    [InlineData("""{"invitation":"x","team":"T","members":[]}""", "malformed")]
    [InlineData("""{"invitation":"x","team":"T","members":["A"]}""", "invitation-invalid")]
    public async Task BadBody_IsAProblemWithACode(string body, string code)
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client();

        using var answer = await client.PostAsync("/api/v1/teams", LiveServer.Json(body));

        Assert.Equal(code, await LiveServer.CodeOfAsync(answer));
    }

    [Fact]
    public async Task BodyOfAnotherType_OrTooLarge_IsRefused()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client();

        using var text = await client.PostAsync("/api/v1/teams", new StringContent("x"));
        using var large = await client.PostAsync("/api/v1/teams", LiveServer.Json($"\"{new string('x', 70_000)}\""));

        Assert.Equal("wrong-content-type", await LiveServer.CodeOfAsync(text));
        Assert.Equal("body-too-large", await LiveServer.CodeOfAsync(large));
    }

    [Theory]
    [InlineData("/api/v1/challenges")]
    [InlineData("/api/v1/team")]
    [InlineData("/nothing")]
    public async Task EveryAnswer_HasTheSecurityHeaders_AndNamesNoServer(string path)
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client();

        using var answer = await client.GetAsync(path);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Limits_PerTokenAndAddress_FillWithTime_AndSecretsAreTighter()
    {
        await using var server = await LiveServer.StartAsync(
            paces: new Paces { Ordinary = new Rate(3, 1), Credentials = new Rate(2, 0.1) });
        var team = server.Team();
        using var one = server.Client(team);
        using var other = server.Client(server.Team("Other"));
        using var nobody = server.Client();

        Assert.Equal([200, 200, 200, 429], await StatusesAsync(4, () => one.GetAsync("/api/v1/team")));
        Assert.Equal([200], await StatusesAsync(1, () => other.GetAsync("/api/v1/team")));
        server.Clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal([200, 429], await StatusesAsync(2, () => one.GetAsync("/api/v1/team")));
        Assert.Equal(
            [400, 400, 429], await StatusesAsync(3, () => nobody.PostAsync("/api/v1/teams", LiveServer.Json("{}"))));

        using var last = await nobody.PostAsync("/api/v1/teams", LiveServer.Json("{}"));
        Assert.Equal("too-many-requests", await LiveServer.CodeOfAsync(last));
        Assert.Equal(TimeSpan.FromSeconds(10), last.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task SentForm_BeyondTheLimits_IsTheCallersFault()
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = "application/x-www-form-urlencoded";
        request.Body = new MemoryStream(Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 2000).Select(field => $"k{field}=1"))));

        var fault = await Assert.ThrowsAsync<ProblemException>(() => SentForm.ReadAsync(request, CancellationToken.None));

        Assert.Equal((400, "malformed-request"), (fault.Status, fault.Code));
    }

    private static async Task<List<int>> StatusesAsync(int times, Func<Task<HttpResponseMessage>> askAsync)
    {
        var statuses = new List<int>();
        for (var i = 0; i < times; i++)
        {
            using var answer = await askAsync();
            statuses.Add((int)answer.StatusCode);
        }

        return statuses;
    }

    private static Route Throwing(string path, Func<Task> handler) => new()
    {
        Method = "GET",
        Path = path,
        Access = RequiredAccess.Anyone,
        Summary = "Fails.",
        Handler = _ => handler(),
    };
}
