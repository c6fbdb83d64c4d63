using Touchstone.Harness.Intake;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Intake;

public sealed class QueueTests : IDisposable
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    private readonly Registry _registry = new();

    private IntakeStore Store => _registry.Store;

    public void Dispose() => _registry.Dispose();

    [Fact]
    public void TakeUp_OldestFirst_UntilNothingWaits()
    {
        var team = _registry.Team();
        var first = _registry.Queue(team, "first");
        var second = _registry.Queue(team, "second");

        Assert.Equal(first.Id, Store.TakeUp("w1", Hold)!.Value.Attempt.Id);
        Assert.Equal(second.Id, Store.TakeUp("w2", Hold)!.Value.Attempt.Id);
        Assert.Null(Store.TakeUp("w3", Hold));
        Assert.Equal(AttemptState.Checking, Store.GetAttempt(null, first.Id).State);
    }

    [Fact]
    public void Lease_RunOut_IsTakenUpAgain_AndTheLateWorkerChangesNothing()
    {
        var attempt = _registry.Queue(_registry.Team());
        var late = Store.TakeUp("late", Hold)!.Value.Lease;
        _registry.Clock.Pass(Hold);
        using var other = _registry.OpenAnother();

        var (taken, lease) = other.TakeUp("next", Hold)!.Value;

        Assert.Equal(attempt.Id, taken.Id);
        Assert.True(lease.Fence > late.Fence);
        Assert.False(Store.Renew(late, Hold));
        Assert.False(Store.Accept(late, "entry", 3, 0));
        Assert.False(Store.Reject(late, "malformed", "No."));
        Assert.False(Store.Finish(late));
        Assert.False(Store.Fail(late, "x"));
        Assert.False(Store.LetGo(late));
        Assert.True(other.Accept(lease, "entry", 3, 0));
        Assert.True(other.Finish(lease));
        Assert.False(other.Finish(lease));
    }

    [Fact]
    public void Lease_Renewed_IsNotTakenByOthers()
    {
        _registry.Queue(_registry.Team());
        var lease = Store.TakeUp("w", Hold)!.Value.Lease;

        _registry.Clock.Pass(Hold * 0.9);
        Assert.True(Store.Renew(lease, Hold));
        _registry.Clock.Pass(Hold * 0.9);

        Assert.Null(Store.TakeUp("other", Hold));
    }

    [Fact]
    public void TakeUp_TeamsTakeTurns_WhateverOneOfThemSent()
    {
        var (many, few) = (_registry.Team("Many"), _registry.Team("Few"));
        string[] sent = [.. Enumerable.Range(0, 4).Select(n => _registry.Queue(many, $"m{n}").Id)];
        string[] others = [.. Enumerable.Range(0, 2).Select(n => _registry.Queue(few, $"f{n}").Id)];
        string[] expected = [sent[0], others[0], sent[1], others[1], sent[2], sent[3]];

        Assert.Equal(expected, Store.Queue().Select(one => one.Id));
        var taken = new List<string>();
        while (Store.TakeUp("w", Hold) is { } next)
        {
            taken.Add(next.Attempt.Id);
            _registry.Clock.Pass(TimeSpan.FromSeconds(1));
            Assert.True(Store.Reject(next.Lease, "malformed", "No."));
        }

        Assert.Equal(expected, taken);
    }

    [Fact]
    public void LetGo_IsTakenUpAtOnce_InTheStateItWas_AndCountsAsNoLoss()
    {
        _registry.Queue(_registry.Team());
        for (var round = 0; round < 2 * IntakeStore.MostLost; round++)
        {
            var (_, lease) = Store.TakeUp("w", Hold)!.Value;
            Assert.True(Store.Accept(lease, "entry", 3, round));
            Assert.True(Store.LetGo(lease));
        }

        Assert.Equal(AttemptState.Running, Store.TakeUp("w", Hold)!.Value.Attempt.State);
    }

    [Fact]
    public void TakeUp_WorkersDieWithItAgainAndAgain_FailsItFreeOfCharge()
    {
        var attempt = _registry.Queue(_registry.Team());
        for (var round = 0; round < IntakeStore.MostLost; round++)
        {
            Assert.NotNull(Store.TakeUp("w", Hold));
            _registry.Clock.Pass(Hold);
        }

        Assert.Null(Store.TakeUp("w", Hold));
        Assert.Equal(AttemptState.Failed, Store.GetAttempt(null, attempt.Id).State);
    }

    [Fact]
    public void TakeUp_ManyWorkersAtOnce_EveryAttemptEndsExactlyOnce()
    {
        var team = _registry.Team();
        var ids = Enumerable.Range(0, 24).Select(number => _registry.Queue(team, $"method {number}").Id).ToHashSet();
        var finished = new System.Collections.Concurrent.ConcurrentBag<string>();

        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, worker =>
        {
            using var store = _registry.OpenAnother();
            while (store.TakeUp($"w{worker}", Hold) is { } taken)
            {
                Assert.True(store.Accept(taken.Lease, "entry", 1, 0));
                Assert.True(store.Finish(taken.Lease));
                finished.Add(taken.Attempt.Id);
            }
        });

        Assert.Equal(ids.Order(), finished.Order());
    }

    [Fact]
    public void Cancel_WhileWaiting_LeavesTheQueue_AndTwiceIsHarmless()
    {
        var team = _registry.Team();
        var attempt = _registry.Queue(team);

        Store.Cancel(team.Team.Id, attempt.Id, team.Identity);
        Store.Cancel(team.Team.Id, attempt.Id, team.Identity);

        Assert.Null(Store.TakeUp("w", Hold));
        Assert.Equal(AttemptState.Cancelled, Store.GetAttempt(team.Team.Id, attempt.Id).State);
    }

    [Fact]
    public void Cancel_RunningByItsTeam_IsRefused_AndOfAnotherTeamNotFound()
    {
        var team = _registry.Team();
        var other = _registry.Team("Other");
        var attempt = _registry.Queue(team);
        Assert.Equal(IntakeFault.NotFound, Refusal(() => Store.Cancel(other.Team.Id, attempt.Id, other.Identity)));

        Store.Accept(Store.TakeUp("w", Hold)!.Value.Lease, "entry", 1, 0);

        Assert.Equal(IntakeFault.WrongState, Refusal(() => Store.Cancel(team.Team.Id, attempt.Id, team.Identity)));
    }

    [Fact]
    public void RunAgain_Failed_WaitsAgain_ButFinishedNever()
    {
        var organiser = _registry.Organiser();
        var attempt = _registry.Queue(_registry.Team());
        Store.Fail(Store.TakeUp("w", Hold)!.Value.Lease, "disk");

        Assert.Equal(AttemptState.Waiting, Store.RunAgain(attempt.Id, organiser).State);

        var lease = Store.TakeUp("w", Hold)!.Value.Lease;
        Store.Accept(lease, "entry", 1, 1);
        Store.Finish(lease);
        Assert.Equal(IntakeFault.WrongState, Refusal(() => Store.RunAgain(attempt.Id, organiser)));
    }

    [Fact]
    public void AddAttempt_SameKey_IsTheSameAttempt_AndJudgedOnce()
    {
        var (team, identity, _) = _registry.Team();
        var judged = 0;

        var (first, isNew) = Store.AddAttempt(Registry.Request(team, key: "k"), _ => judged++, identity);
        var (second, again) = Store.AddAttempt(Registry.Request(team, key: "k"), _ => judged++, identity);

        Assert.True(isNew);
        Assert.False(again);
        Assert.Equal(first, second);
        Assert.Equal(1, judged);
        Assert.Equal(
            IntakeFault.IdempotencyKeyReused,
            Refusal(() => Store.AddAttempt(Registry.Request(team, "another", "k"), _ => { }, identity)));
    }

    [Fact]
    public void AddAttempt_ManyAtOnce_CannotExceedTheQuotaTogether()
    {
        var (team, identity, _) = _registry.Team();
        var refused = 0;

        Parallel.For(0, 12, new ParallelOptions { MaxDegreeOfParallelism = 4 }, number =>
        {
            using var store = _registry.OpenAnother();
            try
            {
                store.AddAttempt(Registry.Request(team, $"m{number}"), AtMostThree, identity);
            }
            catch (IntakeException fault) when (fault.Fault == IntakeFault.QuotaExhausted)
            {
                Interlocked.Increment(ref refused);
            }
        });

        Assert.Equal(3, Store.Attempts(team.Id).Count);
        Assert.Equal(9, refused);

        static void AtMostThree(TeamHistory history)
        {
            if (history.Attempts.Count >= 3)
            {
                throw new IntakeException(IntakeFault.QuotaExhausted, "spent");
            }
        }
    }

    [Fact]
    public void AddAttempt_UploadNotWhole_IsRefused_AndAcknowledgedOffsetNeverGoesBack()
    {
        var (team, identity, _) = _registry.Team();
        var upload = Store.AddUpload(identity, "demo", "image.tar", 100);
        var request = Registry.Request(team) with { Reference = null, UploadId = upload.Id };

        Assert.True(Store.Acknowledge(upload.Id, 60));
        Assert.False(Store.Acknowledge(upload.Id, 50));
        Assert.False(Store.Complete(upload.Id, new string('a', 64)));
        Assert.Equal(IntakeFault.UploadIncomplete, Refusal(() => Store.AddAttempt(request, _ => { }, identity)));

        Assert.True(Store.Acknowledge(upload.Id, 100));
        Assert.True(Store.Complete(upload.Id, new string('a', 64)));
        var attempt = Store.AddAttempt(request, _ => { }, identity).Attempt;
        Assert.Equal((new string('a', 64), "image.tar"), (attempt.ArchiveSha256, attempt.ArchiveName));
        Store.Forget(upload);
        Assert.True(Store.IsNeeded(new string('a', 64)));
        Store.Cancel(team.Id, attempt.Id, identity);
        Assert.False(Store.IsNeeded(new string('a', 64)));
    }

    [Fact]
    public void Draft_ComesBackAsItWasStated()
    {
        var (team, identity, _) = _registry.Team();
        var request = Registry.Request(team) with
        {
            Draft = new() { Team = team.Name, Name = "n", Challenge = "demo", NeedsGpu = true, TrainedOn = ["a", "b"], Command = "x" },
        };

        var id = Store.AddAttempt(request, _ => { }, identity).Attempt.Id;

        var draft = Store.GetAttempt(null, id).Draft;
        Assert.Equal(request.Draft with { TrainedOn = null }, draft with { TrainedOn = null });
        Assert.Equal(["a", "b"], draft.TrainedOn!);
    }

    [Fact]
    public void Grant_LastOneHolds_InItsPhaseOnly_UntilTakenBack()
    {
        var (team, _, _) = _registry.Team();
        var phase = new ChallengePhase { Name = "validation", Datasets = ["d"], Quota = new() { Valid = new() { PerPhase = 9 } } };
        QuotaGrant Of(int? bound) => new()
        {
            TeamId = team.Id,
            Challenge = "demo",
            Phase = "validation",
            Quota = bound is null ? null : new Quota { Valid = new QuotaBounds { PerPhase = bound } },
            Reason = "late",
            At = default,
        };
        int Bound(string name) => Store.History(team.Id, "demo")
            .Verdict(phase with { Name = name }, _registry.Clock.GetUtcNow()).Uses.Single().Bound;

        Store.Grant(Of(1), "organiser");
        Store.Grant(Of(3), "organiser");
        Assert.Equal((3, 9), (Bound("validation"), Bound("test")));
        Store.Grant(Of(null), "organiser");
        Assert.Equal(9, Bound("validation"));
    }

    private static IntakeFault Refusal(Action act) => Assert.Throws<IntakeException>(act).Fault;
}
