using Touchstone.Harness.Engine;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Server.Work;
using Touchstone.Submissions;
using Touchstone.Tests.Harness.Intake;
using Attempt = Touchstone.Harness.Intake.Attempt;

namespace Touchstone.Tests.Harness.Server;

public sealed class WorkerTests : IDisposable
{
    private static readonly WorkSettings Settings = new() { Name = "w" };

    private readonly Registry _registry = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Dispose();
        _registry.Dispose();
    }

    [Fact]
    public async Task Attempts_AreDoneInTheirOrder_AndEndByWhatCameOfThem()
    {
        var team = _registry.Team();
        string[] ids = [.. Enumerable.Range(0, 4).Select(number => _registry.Queue(team, $"m{number}").Id)];

        await WorkAsync(ids.Length, (attempt, hold) => attempt.Draft.Name switch
        {
            "m0" => Accepted(hold, null),
            "m1" => throw new SubmissionException(SubmissionFault.ArchiveInvalid, "It is no archive."),
            "m2" => Accepted(hold, "2 cases are left without a result."),
            _ => throw new InvalidOperationException("a defect of ours in /var/lib"),
        });

        var ended = ids.Select(id => _registry.Store.GetAttempt(null, id)).ToList();
        Assert.Equal(
            [AttemptState.Finished, AttemptState.Rejected, AttemptState.Failed, AttemptState.Failed], ended.Select(one => one.State));
        Assert.Equal(("archive-invalid", "It is no archive."), (ended[1].FaultCode, ended[1].FaultText));
        Assert.Equal("2 cases are left without a result.", ended[2].OperatorText);
        Assert.DoesNotContain("/var", ended[3].FaultText, StringComparison.Ordinal);
        Assert.Contains("/var", ended[3].OperatorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EngineAway_TheAttemptWaits_AndIsNobodysFault()
    {
        var id = _registry.Queue(_registry.Team()).Id;
        var tries = 0;

        await WorkAsync(1, (_, hold) => ++tries < 3
            ? throw new EngineException("no answer") { IsTransient = true }
            : Accepted(hold, null));

        Assert.Equal(3, tries);
        Assert.Equal(AttemptState.Finished, _registry.Store.GetAttempt(null, id).State);
    }

    [Fact]
    public async Task ToldToEnd_LetsTheAttemptGo_SoThatTheNextTakesItAtOnce()
    {
        var id = _registry.Queue(_registry.Team()).Id;
        var begun = new TaskCompletionSource();
        var running = RunAsync(async (_, hold) =>
        {
            Assert.True(_registry.Store.Accept(hold.Lease, "entry", 5, 2));
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, hold.Token);
            return null;
        });
        await begun.Task;

        await _stop.CancelAsync();
        await running;

        var (attempt, _) = _registry.Store.TakeUp("next", Settings.Lease)!.Value;
        Assert.Equal((id, AttemptState.Running, 2), (attempt.Id, attempt.State, attempt.CasesDone));
    }

    [Fact]
    public async Task WorkThatTakesLong_KeepsItsHold()
    {
        _registry.Queue(_registry.Team());
        var (begun, done) = (new TaskCompletionSource(), new TaskCompletionSource());
        var running = RunAsync(async (_, hold) =>
        {
            _registry.Store.Accept(hold.Lease, "entry", 1, 0);
            begun.SetResult();
            await done.Task;
            return null;
        });
        await begun.Task;

        for (var i = 0; i < 40; i++)
        {
            _registry.Clock.Pass(Settings.RenewEvery);
            Assert.Null(_registry.Store.TakeUp("other", Settings.Lease));
        }

        done.SetResult();
        await EndedAsync(1);
        await _stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task HoldThatWasLost_StopsTheWork_AndChangesNothing()
    {
        var id = _registry.Queue(_registry.Team()).Id;
        var (begun, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        var running = RunAsync(async (_, hold) =>
        {
            // As a process that was stopped for longer than its lease: somebody else has it before it renews.
            using var other = _registry.OpenAnother();
            other.LetGo(hold.Lease);
            Assert.NotNull(other.TakeUp("other", TimeSpan.FromDays(1)));
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, hold.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.True(hold.IsLost);
            stopped.SetResult();
            hold.Token.ThrowIfCancellationRequested();
            return null;
        });
        await begun.Task;

        _registry.Clock.Pass(Settings.RenewEvery);
        await stopped.Task;
        await _stop.CancelAsync();
        await running;

        Assert.Equal(AttemptState.Checking, _registry.Store.GetAttempt(null, id).State);
        Assert.Null(_registry.Store.TakeUp("third", Settings.Lease));
    }

    [Fact]
    public async Task TwoWorkers_NothingIsDoneTwice()
    {
        var team = _registry.Team();
        for (var i = 0; i < 10; i++)
        {
            _registry.Queue(team, $"m{i}");
        }

        var done = new System.Collections.Concurrent.ConcurrentBag<string>();
        Task<string?> Do(Attempt attempt, Hold hold)
        {
            done.Add(attempt.Id);
            return Accepted(hold, null);
        }

        using var store = _registry.OpenAnother();
        var second = new Worker(store, Settings with { Name = "w2" }, _registry.Clock, _ => { })
            .RunAsync(Do, _ => false, () => { }, _stop.Token);
        await WorkAsync(10, Do);
        await second;

        Assert.Equal(10, done.Count);
        Assert.Equal(10, done.Distinct().Count());
    }

    [Fact]
    public async Task Errand_IsDoneBeforeAttempts_AndReported()
    {
        _registry.Queue(_registry.Team());
        var asked = _registry.Store.AskRescore("phantom", "organiser x");
        Assert.Equal(asked, _registry.Store.AskRescore("phantom", "organiser y"));

        await WorkAsync(1, (_, hold) =>
        {
            Assert.Null(_registry.Store.NextErrand());
            return Accepted(hold, null);
        });

        Assert.Equal("done", _registry.Store.Errands().Single().Report);
        Assert.Contains(_registry.Store.Audit(), line => line is { Action: "rescore-ended", Subject: "phantom", Detail: "done" });
    }

    private Task<string?> Accepted(Hold hold, string? fault)
    {
        hold.Demand(_registry.Store.Accept(hold.Lease, "entry", 1, 0) || hold.IsLost);
        return Task.FromResult(fault);
    }

    private Task RunAsync(Func<Attempt, Hold, Task<string?>> doAsync) => Task.Run(() =>
        new Worker(_registry.Store, Settings, _registry.Clock, _ => { }).RunAsync(doAsync, DoErrands, () => { }, _stop.Token));

    private bool DoErrands(CancellationToken token)
    {
        if (_registry.Store.NextErrand() is not { } errand)
        {
            return false;
        }

        _registry.Store.EndErrand(errand, "done");
        return true;
    }

    /// <summary>Works until so many attempts have ended.</summary>
    private async Task WorkAsync(int attempts, Func<Attempt, Hold, Task<string?>> doAsync)
    {
        var running = RunAsync(doAsync);
        await EndedAsync(attempts);
        await _stop.CancelAsync();
        await running;
    }

    private async Task EndedAsync(int attempts)
    {
        while (_registry.Store.AllAttempts().Count(one => one.HasEnded) < attempts)
        {
            _registry.Clock.PassToNext(Settings.WaitForMachine);
            await Task.Yield();
        }
    }
}
