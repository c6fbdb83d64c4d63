using System.Net;
using Touchstone.Harness.Remote;
using Touchstone.Submissions;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Server;

/// <summary>The rules on the server: read by everybody, amended by organisers, asked before an upload.</summary>
public sealed class RulesTests
{
    [Fact]
    public async Task Page_OfAChallenge_TellsStructuresLimitsAndDates()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = server.Client();

        var page = await client.GetStringAsync("/challenges/tiny");

        foreach (var words in new[] { "Spleen", "<code>liver</code>", "48 MiB, no swap", "20 s a case", "2026-01-01 00:00 UTC", "2 a day", "bodymaps-2024", "tiny.yaml" })
        {
            Assert.Contains(words, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("/amend", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/challenges/nope")).StatusCode);
    }

    [Fact]
    public async Task File_OfAChallenge_IsTheRules()
    {
        await using var server = await LiveServer.StartAsync();
        using var remote = new RemoteServer(server.Address, token: null, TimeProvider.System, _ => { });

        var rules = await new RemoteRules(remote, default).ReadAsync("tiny");

        Assert.Equal(server.Rules("test").Sha256, rules.Sha256);
        Assert.Equal(48L << 20, rules.In("test").Limits.MemoryBytes);
    }

    [Fact]
    public async Task Amend_ByAnOrganiser_HoldsAtOnceAndIsInTheAuditLog()
    {
        await using var server = await LiveServer.StartAsync();
        using var organiser = server.Client(server.Organiser());
        var text = (await organiser.GetStringAsync("/api/v1/challenges/tiny/file")).Replace("title: Tiny", "title: Tinier", StringComparison.Ordinal);

        using var done = await organiser.PostAsync("/api/v1/admin/challenges/tiny/amend", Body(text, "A better name."));
        using var refused = await organiser.PostAsync(
            "/api/v1/admin/challenges/tiny/amend", Body(text.Replace("memory-mb: 48", "memory-mb: 49", StringComparison.Ordinal), "More memory."));
        using var broken = await organiser.PostAsync("/api/v1/admin/challenges/tiny/amend", Body("title: [", "Why not."));

        Assert.Equal(HttpStatusCode.Created, done.StatusCode);
        Assert.Equal("Tinier", server.Rules("test").Title);
        Assert.Equal("not-amended", await LiveServer.CodeOfAsync(refused));
        Assert.Equal("not-amended", await LiveServer.CodeOfAsync(broken));
        Assert.Equal(48L << 20, server.Rules("test").Limits.MemoryBytes);
        Assert.Contains(server.Store.Audit(null, 10), entry => entry.Action == "amend" && entry.Subject == "tiny");
        var page = await server.Client().GetStringAsync("/challenges/tiny");
        Assert.Contains("A better name.", page, StringComparison.Ordinal);
        Assert.Contains("title: Tiny → Tinier", page, StringComparison.Ordinal);
        Assert.Contains("<textarea", await organiser.GetStringAsync("/challenges/tiny"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test", null)]
    [InlineData("past", "takes no entries any more")]
    [InlineData("nope", "has no phase \"nope\"")]
    public async Task RequireOpen_BeforeAnUpload_AsksForPhaseAndDates(string phase, string? refusal)
    {
        await using var server = await LiveServer.StartAsync();
        using var remote = new RemoteServer(server.Address, server.Team(), TimeProvider.System, _ => { });
        var rules = new RemoteRules(remote, default);

        var asked = rules.RequireOpenAsync("tiny", phase, archive: null, server.Clock.GetUtcNow());

        if (refusal is null)
        {
            Assert.Equal("test", (await asked).Phase.Name);
            return;
        }

        Assert.Contains(refusal, (await Assert.ThrowsAsync<SubmissionException>(() => asked)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequireOpen_ImageThatIsTooLarge_SendsNothing()
    {
        await using var server = await LiveServer.StartAsync();
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder.File("image.tar")))
        {
            file.SetLength(200L << 20);
        }

        using var remote = new RemoteServer(server.Address, server.Team(), TimeProvider.System, _ => { });
        var fault = await Assert.ThrowsAsync<SubmissionException>(
            () => new RemoteRules(remote, default).RequireOpenAsync("tiny", "debug", folder.File("image.tar"), server.Clock.GetUtcNow()));

        Assert.Contains("has 200 MiB, and tiny takes images of 16 MiB", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Store.AllUploads());
    }

    [Fact]
    public async Task RequireOpen_QuotaThatIsUsedUp_SaysWhenItIsNot()
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        for (var i = 0; i < 2; i++)
        {
            var identity = server.Store.IdentifyToken(token)!;
            server.Store.AddAttempt(new Touchstone.Harness.Intake.AttemptRequest
            {
                TeamId = identity.TeamId!,
                Draft = new SubmissionDraft { Team = "Team A", Name = $"m{i}", Challenge = "tiny", Phase = "test" },
                Reference = "team/image:1",
            }, _ => { }, identity);
        }

        using var remote = new RemoteServer(server.Address, token, TimeProvider.System, _ => { });
        var fault = await Assert.ThrowsAsync<RemoteException>(
            () => new RemoteRules(remote, default).RequireOpenAsync("tiny", "test", null, server.Clock.GetUtcNow()));

        Assert.Contains("2 of 2 valid submissions", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was sent.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renew_OfALostToken_EndsTheOldOnesAndTheirSessions()
    {
        await using var server = await LiveServer.StartAsync();
        var old = server.Team("Team A");
        var (session, _) = server.Store.SignIn(old)!.Value;
        var team = server.Store.Teams().Single().Id;
        using var organiser = server.Client(server.Organiser());

        var secret = (await LiveServer.ReadAsync(await organiser.PostAsync($"/api/v1/admin/teams/{team}/renew-tokens", null))).GetProperty("secret").GetString()!;

        Assert.Null(server.Store.IdentifyToken(old));
        Assert.Null(server.Store.IdentifySession(session.Secret));
        Assert.Equal(team, server.Store.IdentifyToken(secret)!.TeamId);
        Assert.Contains(server.Store.Audit(null, 10), entry => entry.Action == "tokens-renewed" && entry.Subject == team);
        Assert.Equal(HttpStatusCode.NotFound, (await organiser.PostAsync("/api/v1/admin/teams/nobody/renew-tokens", null)).StatusCode);
        var again = CommandRun.Here("token", "renew", "Team A", "--workspace", server.Workspace.Root).Succeeded().Output.Trim();
        Assert.Null(server.Store.IdentifyToken(secret));
        Assert.NotNull(server.Store.IdentifyToken(again));
    }

    private static StringContent Body(string text, string reason) => LiveServer.Json(
        System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["text"] = text, ["reason"] = reason }));
}
