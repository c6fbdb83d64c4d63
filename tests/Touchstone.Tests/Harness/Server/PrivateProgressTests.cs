using System.Net;
using Touchstone.Harness.Intake;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Server;

/// <summary>What a team sees while an attempt runs: in a private phase, nothing that its container decides about each case.</summary>
public sealed class PrivateProgressTests
{
    private static readonly TimeSpan Hold = TimeSpan.FromDays(1);

    [Theory]
    [InlineData("test", false)]
    [InlineData("debug", true)]
    public async Task RunningAttempt_EveryViewOfItsTeam_TellsCasesInOpenPhasesOnly(string phase, bool isTold)
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        using var team = server.Client(token);
        var (running, lease) = Running(server, token, phase);
        Queue(server, token, phase);
        string[] paths =
        [
            $"/api/v1/attempts/{running}", "/api/v1/attempts", $"/api/v1/attempts/{running}/cases", $"/attempts/{running}", "/team",
        ];

        var views = new List<string[]>();
        for (var done = 0; done <= 8; done += 4)
        {
            server.Store.Progress(lease, done);
            views.Add([.. await Task.WhenAll(paths.Select(path => team.GetStringAsync(path)))]);
        }

        Assert.Equal(isTold, views[0][0] != views[1][0]);
        Assert.Equal(isTold, views[0][1] != views[1][1]);
        Assert.Equal(isTold, views[0][3] != views[1][3]);
        if (!isTold)
        {
            Assert.All(views, view => Assert.Equal(views[0], view));
        }
    }

    [Fact]
    public async Task RunningPrivateAttempt_EstimatesOfOthers_DoNotDependOnItsCases()
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        var (_, earlier) = Running(server, token, "test");
        server.Clock.Pass(TimeSpan.FromHours(1));
        server.Store.Finish(earlier);
        var (_, lease) = Running(server, token, "test");
        var other = server.Team("Other");
        using var client = server.Client(other);
        Queue(server, other, "test");
        server.Store.Progress(lease, 2);
        server.Clock.Pass(TimeSpan.FromMinutes(10));

        var before = await client.GetStringAsync("/api/v1/attempts");
        Assert.DoesNotContain("\"estimatedSeconds\":null", before, StringComparison.Ordinal);
        server.Store.Progress(lease, 7);

        Assert.Equal(before, await client.GetStringAsync("/api/v1/attempts"));
    }

    [Fact]
    public async Task PrivateAttempt_ThatHasEnded_TellsItsCount_AndOrganisersAlwaysSeeIt()
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        var (id, lease) = Running(server, token, "test");
        server.Store.Progress(lease, 7);
        using var organiser = server.Client(server.Organiser());
        using var team = server.Client(token);

        Assert.Equal(7, (await LiveServer.ReadAsync(await organiser.GetAsync($"/api/v1/attempts/{id}"))).GetProperty("casesDone").GetInt32());
        server.Store.Progress(lease, 10);
        server.Store.Finish(lease);
        Assert.Equal(10, (await LiveServer.ReadAsync(await team.GetAsync($"/api/v1/attempts/{id}"))).GetProperty("casesDone").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await team.GetAsync($"/api/v1/attempts/{id}/cases")).StatusCode);
    }

    /// <summary>The same entry sent again has the same cases, so the attempt before must not tell of them either.</summary>
    [Fact]
    public async Task PrivateAttempt_ThatHasEnded_TellsNothingWhileAnotherOfItsEntryRuns()
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        var (earlier, first) = Running(server, token, "test");
        server.Store.Progress(first, 3);
        server.Store.Cancel(null, earlier, server.Store.IdentifyToken(server.Organiser())!);
        using var team = server.Client(token);
        async Task<int> SeenAsync() =>
            (await LiveServer.ReadAsync(await team.GetAsync($"/api/v1/attempts/{earlier}"))).GetProperty("casesDone").GetInt32();
        Assert.Equal(3, await SeenAsync());

        var (_, second) = Running(server, token, "test");

        Assert.Equal(0, await SeenAsync());
        server.Store.Finish(second);
        Assert.Equal(3, await SeenAsync());
    }

    private static (string Id, Lease Lease) Running(LiveServer server, string token, string phase)
    {
        var id = Queue(server, token, phase);
        var lease = server.Store.TakeUp("w", Hold)!.Value.Lease;
        Assert.True(server.Store.Accept(lease, "team-a-m-00000000", 10, 0));
        return (id, lease);
    }

    private static string Queue(LiveServer server, string token, string phase)
    {
        var identity = server.Store.IdentifyToken(token)!;
        var request = new AttemptRequest
        {
            TeamId = identity.TeamId!,
            Draft = new SubmissionDraft { Team = identity.TeamName!, Name = "m", Challenge = "tiny", Phase = phase },
            Reference = "team/image:1",
        };
        return server.Store.AddAttempt(request, _ => { }, identity).Attempt.Id;
    }
}
