using System.Net;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Server.Work;
using Touchstone.Tests.Harness.Intake;
using Attempt = Touchstone.Harness.Intake.Attempt;

namespace Touchstone.Tests.Harness.Server;

/// <summary>Attempts that hold up the queue: for want of room, or in a check that takes long.</summary>
public sealed class NoRoomTests : IDisposable
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    private readonly Registry _registry = new();

    public void Dispose() => _registry.Dispose();

    [Fact]
    public async Task ImageWithoutRoom_GoesBehindTheOthers_AndFailsWithAReasonAfterSomeTries()
    {
        var team = _registry.Team();
        var large = _registry.Queue(team, "large").Id;
        string[] small = [_registry.Queue(team, "one").Id, _registry.Queue(team, "two").Id];
        var tried = new List<string>();

        await WorkAsync(3, (attempt, hold) =>
        {
            tried.Add(attempt.Draft.Name);
            Assert.True(tried.Count < 30, "It is tried for ever.");
            return attempt.Id == large
                ? throw new IntakeClosedException("Intake is closed: 1 MiB of /var/lib are free.")
                : Task.FromResult<string?>(_registry.Store.Accept(hold.Lease, "entry", 1, 0) ? null : "lost");
        });

        Assert.Equal(["large", "one", "two", "large"], tried.Take(4));
        Assert.All(small, id => Assert.Equal(AttemptState.Finished, _registry.Store.GetAttempt(null, id).State));
        var failed = _registry.Store.GetAttempt(null, large);
        Assert.Equal((AttemptState.Failed, "no-room"), (failed.State, failed.FaultCode));
        Assert.DoesNotContain("/var", failed.FaultText, StringComparison.Ordinal);
        Assert.Contains("/var", failed.OperatorText, StringComparison.Ordinal);
        Assert.Equal(8, tried.Count(name => name == "large"));
    }

    [Fact]
    public async Task ImageWithoutRoom_LaterArrivals_DoNotPassItForEver()
    {
        var team = _registry.Team();
        _registry.Queue(team, "large");
        var tried = new List<string>();

        await WorkAsync(6, (attempt, hold) =>
        {
            tried.Add(attempt.Draft.Name);
            Assert.True(tried.Count < 30, "It is tried for ever.");
            if (attempt.Draft.Name == "large" && tried.Count(name => name == "large") < 2)
            {
                throw new IntakeClosedException("full");
            }

            // Every one that is done brings another, later than the one that was put off.
            _registry.Clock.Pass(TimeSpan.FromMinutes(1));
            _registry.Queue(team, $"m{tried.Count}");
            return Task.FromResult<string?>(_registry.Store.Accept(hold.Lease, "entry", 1, 0) ? null : "lost");
        }, first: () => _registry.Queue(team, "m0"));

        Assert.True(tried.LastIndexOf("large") is > 0 and < 5, string.Join(' ', tried));
    }

    [Fact]
    public async Task ImageOnWhichTheMachineFails_StandsInNobodysWay_AndStaysInTheQueue()
    {
        var team = _registry.Team();
        var bad = _registry.Queue(team, "bad").Id;
        string[] good = [_registry.Queue(team, "one").Id, _registry.Queue(_registry.Team("Others"), "two").Id];
        var tried = new List<string>();

        await WorkAsync(2, (attempt, hold) =>
        {
            tried.Add(attempt.Draft.Name);
            Assert.True(tried.Count < 30, "It is tried for ever.");
            return attempt.Id == bad
                ? throw new EngineException("The engine refused GET /containers/x/archive: input/output error")
                : Task.FromResult<string?>(_registry.Store.Accept(hold.Lease, "entry", 1, 0) ? null : "lost");
        });

        Assert.All(good, id => Assert.Equal(AttemptState.Finished, _registry.Store.GetAttempt(null, id).State));
        var left = _registry.Store.GetAttempt(null, bad);
        Assert.Equal(AttemptState.Waiting, left.State);
        Assert.DoesNotContain("input/output", left.WaitsBecause, StringComparison.Ordinal);
        Assert.Contains("input/output", left.OperatorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResultsWithoutRoom_StandInNobodysWay_AndStayInTheQueue()
    {
        var team = _registry.Team();
        var large = _registry.Queue(team, "large").Id;
        string[] small = [_registry.Queue(team, "one").Id, _registry.Queue(_registry.Team("Others"), "two").Id];
        var tries = 0;

        await WorkAsync(2, (attempt, hold) =>
        {
            Assert.True(tries++ < 30, "It is tried for ever.");
            return attempt.Id == large
                ? throw new IOException("No space left on device: /var/lib/x", 28)
                : Task.FromResult<string?>(_registry.Store.Accept(hold.Lease, "entry", 1, 0) ? null : "lost");
        });

        Assert.All(small, id => Assert.Equal(AttemptState.Finished, _registry.Store.GetAttempt(null, id).State));
        var left = _registry.Store.GetAttempt(null, large);
        Assert.Equal(AttemptState.Waiting, left.State);
        Assert.DoesNotContain("/var", left.WaitsBecause, StringComparison.Ordinal);
        Assert.Contains("/var", left.OperatorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageOfAnAttemptThatWasPutOff_SaysWhyItWaits_AndItCanBeTakenBack()
    {
        await using var server = await LiveServer.StartAsync();
        var token = server.Team();
        var id = server.Queue(token);
        server.Store.PutOff(server.Store.TakeUp("w", Hold)!.Value.Lease, "1 MiB of /var/lib");
        using var team = server.Client(token);

        var page = await team.GetStringAsync($"/attempts/{id}");

        Assert.Contains("There was no room for this image on our machine (1 of 8 tries).", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/var/lib", page, StringComparison.Ordinal);
        Assert.Contains($"/attempts/{id}/cancel", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await team.PostAsync($"/api/v1/attempts/{id}/cancel", null)).StatusCode);
        server.Clock.Pass(TimeSpan.FromDays(1));
        Assert.Null(server.Store.TakeUp("w", Hold));
    }

    [Theory]
    [InlineData(AttemptState.Waiting, true, true)]
    [InlineData(AttemptState.Checking, true, true)]
    [InlineData(AttemptState.Running, false, true)]
    [InlineData(AttemptState.Finished, false, false)]
    public async Task Cancel_ByTeamBeforeTheImageIsAccepted_ByOrganisersBeforeTheEnd(AttemptState state, bool byTeam, bool byOrganiser)
    {
        foreach (var (isOrganiser, may) in new[] { (false, byTeam), (true, byOrganiser) })
        {
            await using var server = await LiveServer.StartAsync();
            var token = server.Team();
            var id = server.Queue(token);
            var lease = state == AttemptState.Waiting ? null : server.Store.TakeUp("w", Hold)!.Value.Lease;
            if (state is AttemptState.Running or AttemptState.Finished)
            {
                server.Store.Accept(lease!, "team-a-m-00000000", 3, 1);
            }

            if (state == AttemptState.Finished)
            {
                server.Store.Finish(lease!);
            }

            using var client = server.Client(isOrganiser ? server.Organiser() : token);
            Assert.Equal(may, (await client.GetStringAsync($"/attempts/{id}")).Contains($"/attempts/{id}/cancel", StringComparison.Ordinal));
            using var answer = await client.PostAsync($"/api/v1/attempts/{id}/cancel", null);

            Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Equal(may ? AttemptState.Cancelled : state, server.Store.GetAttempt(null, id).State);
            if (may && lease is not null)
            {
                Assert.False(server.Store.Renew(lease, Hold));
                Assert.False(server.Store.Finish(lease));
                Assert.Null(server.Store.TakeUp("w", Hold));
            }
        }
    }

    [Fact]
    public async Task CancelledWhileItIsChecked_TheWorkStops()
    {
        var team = _registry.Team();
        var id = _registry.Queue(team).Id;
        var (begun, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => new Worker(_registry.Store, new WorkSettings { Name = "w" }, _registry.Clock, _ => { }).RunAsync(
            async (_, hold) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, hold.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                stopped.SetResult();
                hold.Token.ThrowIfCancellationRequested();
                return null;
            },
            _ => false, () => { }, stop.Token));
        await begun.Task;

        _registry.Store.Cancel(team.Team.Id, id, team.Identity);
        _registry.Clock.Pass(new WorkSettings { Name = "w" }.RenewEvery);
        await stopped.Task;
        await stop.CancelAsync();
        await running;

        Assert.Equal(AttemptState.Cancelled, _registry.Store.GetAttempt(null, id).State);
    }

    [Fact]
    public async Task Gpu_AskedForWhereThereIsNone_IsRefusedAtOnce()
    {
        await using var server = await LiveServer.StartAsync();
        using var team = server.Client(server.Team());

        using var answer = await team.PostAsync("/api/v1/attempts", LiveServer.Json(
            """{"challenge":"tiny","phase":"debug","name":"m","image":"registry.example.org/a:b","gpu":true}"""));

        Assert.Equal("gpu-absent", await LiveServer.CodeOfAsync(answer));
        Assert.Empty(server.Store.AllAttempts());
        Assert.DoesNotContain("needs a GPU", await team.GetStringAsync("/submit"), StringComparison.Ordinal);
    }

    private async Task WorkAsync(int ended, Func<Attempt, Hold, Task<string?>> doAsync, Action? first = null)
    {
        first?.Invoke();
        using var stop = new CancellationTokenSource();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var running = Task.Run(() => new Worker(_registry.Store, new WorkSettings { Name = "w" }, _registry.Clock, _ => { })
            .RunAsync(doAsync, _ => false, () => { }, stop.Token));
        while (_registry.Store.AllAttempts().Count(one => one.HasEnded) < ended && !patience.IsCancellationRequested)
        {
            _registry.Clock.PassToNext(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await running;
        Assert.False(patience.IsCancellationRequested, "The queue stands still.");
    }
}
