using System.Net;
using System.Text.Json;
using Touchstone.Harness.Server.Work;

namespace Touchstone.Tests.Harness.Server;

/// <summary>What a watchman is told.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task Health_FollowsTheWorkerAndItsEngine_AndTellsNoNumber()
    {
        await using var server = await LiveServer.StartAsync();
        var client = server.Client();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "store, disk"), await AskAsync(client));

        new Heartbeat("w", server.Clock.GetUtcNow(), EngineFault: null).Write(server.Workspace);
        Assert.Equal((HttpStatusCode.OK, "store, worker, disk, engine"), await AskAsync(client));

        new Heartbeat("w", server.Clock.GetUtcNow(), "no socket /var/run/docker.sock").Write(server.Workspace);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "store, worker, disk"), await AskAsync(client));

        new Heartbeat("w", server.Clock.GetUtcNow() - TimeSpan.FromMinutes(2), EngineFault: null).Write(server.Workspace);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "store, disk"), await AskAsync(client));
    }

    private static async Task<(HttpStatusCode Status, string Works)> AskAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/healthz");
        var text = await answer.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(text);
        Assert.DoesNotContain("docker", text, StringComparison.Ordinal);
        return (answer.StatusCode, string.Join(", ", json.RootElement.EnumerateObject().Where(one => one.Value.GetBoolean()).Select(one => one.Name)));
    }
}
