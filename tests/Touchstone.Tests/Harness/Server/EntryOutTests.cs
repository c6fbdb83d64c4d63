using System.Net;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Work;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Server;

/// <summary>Entries that are taken out: by their team from the attempt's page, and before their turn has come.</summary>
public sealed class EntryOutTests
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task OwnEntry_IsWithdrawnAndBroughtBack_FromItsPage()
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        using var team = server.Client(token);
        var id = server.Queue(token);
        Assert.DoesNotContain("Withdraw", await team.GetStringAsync($"/attempts/{id}"), StringComparison.Ordinal);

        var lease = server.Store.TakeUp("w", Hold)!.Value.Lease;
        Assert.True(server.Store.Accept(lease, "team-a-m-00000000", 1, 1) && server.Store.Finish(lease));
        Assert.Contains($"/attempts/{id}/withdraw", await team.GetStringAsync($"/attempts/{id}"), StringComparison.Ordinal);
        await SendAsync(team, $"/attempts/{id}/withdraw", "done=withdrawn");
        var page = await team.GetStringAsync($"/attempts/{id}");

        Assert.DoesNotContain($"/attempts/{id}/withdraw", page, StringComparison.Ordinal);
        Assert.Contains("We found a mistake.", page, StringComparison.Ordinal);
        Assert.Equal(DecisionKind.Withdrawn, InForce(server)!.Kind);
        await SendAsync(team, $"/attempts/{id}/return", "done=returned");
        Assert.Null(InForce(server));
        Assert.Contains($"/attempts/{id}/withdraw", await team.GetStringAsync($"/attempts/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisqualifiedEntry_CannotBeBroughtBackByItsTeam()
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        using var team = server.Client(token);
        var id = server.Queue(token);
        server.Store.Accept(server.Store.TakeUp("w", Hold)!.Value.Lease, "team-a-m-00000000", 1, 0);
        DecisionFile.Add(server.Workspace, "team-a-m-00000000", Decision(DecisionKind.Disqualified, "Trained on it."));

        var page = await team.GetStringAsync($"/attempts/{id}");

        Assert.DoesNotContain("/withdraw", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/return", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DecisionKind.Disqualified, "disqualified while it ran")]
    [InlineData(DecisionKind.Withdrawn, "withdrawn while it ran")]
    public async Task EntryTakenOutWhileItWaits_IsNotRun(DecisionKind kind, string why)
    {
        await using var server = await LiveServer.StartAsync();
        var id = server.Queue(server.Team());

        // It has become an entry, its worker has died, and the decision comes before the next worker.
        var lost = server.Store.TakeUp("dead", Hold)!.Value.Lease;
        server.Store.Accept(lost, "team-a-m-00000000", 5, 2);
        server.Store.LetGo(lost);
        DecisionFile.Add(server.Workspace, "team-a-m-00000000", Decision(kind, "Because."));
        using var stop = new CancellationTokenSource();
        var work = new AttemptWork(
            server.Workspace, () => throw new DatasetAbsentException("Nothing may be read."), server.Store, null!, null!,
            new RunSettings { ManifestSha256 = "", Clock = server.Clock }, _ => { });

        await new Worker(server.Store, new WorkSettings { Name = "w" }, server.Clock, _ => { })
            .RunAsync(work.DoAsync, _ => false, stop.Cancel, stop.Token);

        var attempt = server.Store.GetAttempt(null, id);
        Assert.Equal((AttemptState.Rejected, "entry-taken-out"), (attempt.State, attempt.FaultCode));
        Assert.Contains(why, attempt.FaultText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EntryTakenBackBeforeItsAcceptance_LeavesNothingToRun()
    {
        await using var server = await LiveServer.StartAsync();
        var draft = new SubmissionDraft { Team = "T", Name = "M", Challenge = "tiny", Phase = "test" };
        Submission Kept(string team) => SubmissionFile.Keep(server.Workspace, (draft with { Team = team }).Accept(
            ImageDigest.Parse("sha256:" + new string('a', 64)), "a.tar", DateTimeOffset.UnixEpoch)).Kept;
        var (gone, ran) = (Kept("Gone"), Kept("Ran"));
        Directory.CreateDirectory(Path.Combine(server.Workspace.RunsPath, ran.Id));

        SubmissionFile.TakeBack(server.Workspace, gone.Id);
        SubmissionFile.TakeBack(server.Workspace, ran.Id);

        Assert.Equal(ran.Id, Assert.Single(SubmissionFile.ReadAll(server.Workspace)).Id);
    }

    private static EntryDecision Decision(DecisionKind kind, string reason) => new()
    {
        Kind = kind,
        Reason = reason,
        By = "test",
        At = DateTimeOffset.UnixEpoch,
    };

    private static EntryDecision? InForce(LiveServer server) =>
        EntryDecision.InForce(DecisionFile.ReadAll(server.Workspace, "team-a-m-00000000"));

    private static async Task SendAsync(HttpClient team, string path, string wanted)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["reason"] = "We found a mistake." });
        using var answer = await team.PostAsync(path, form);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.EndsWith(wanted, answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }
}
