using Touchstone.Harness.Intake;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Intake;

/// <summary>What one team does with its attempts costs no other team its turn, and itself no more and no less than is said.</summary>
public sealed class QueueFairnessTests : IDisposable
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    private readonly Registry _registry = new();

    private IntakeStore Store => _registry.Store;

    public void Dispose() => _registry.Dispose();

    [Fact]
    public void TakeUp_TeamWhoseAttemptsArePutOff_WasServedAllTheSame()
    {
        var (full, honest) = (_registry.Team("Full"), _registry.Team("Honest"));
        foreach (var n in Enumerable.Range(0, 4))
        {
            _registry.Queue(full, $"m{n}");
        }

        _registry.Queue(honest, "before");
        var taken = new List<string>();
        while (taken.Count < 5 && Store.TakeUp("w", Hold) is { } next)
        {
            taken.Add(next.Attempt.Draft.Team);
            _registry.Clock.Pass(TimeSpan.FromSeconds(1));
            Assert.True(next.Attempt.TeamId == full.Team.Id ? Store.PutOff(next.Lease, "no room") : Store.Finish(next.Lease) || Store.Reject(next.Lease, "malformed", "No."));
            if (taken.Count == 2)
            {
                _registry.Queue(honest, "after");
            }
        }

        Assert.Equal(["Full", "Honest", "Full", "Honest", "Full"], taken);
    }

    [Fact]
    public void AddAttempt_SentAndTakenBackWithoutEnd_IsBoundedForADay()
    {
        var team = _registry.Team();
        foreach (var n in Enumerable.Range(0, IntakeStore.MostADay))
        {
            Store.Cancel(team.Team.Id, _registry.Queue(team, $"m{n}").Id, team.Identity);
        }

        var fault = Assert.Throws<IntakeException>(() => _registry.Queue(team, "one more"));

        Assert.Equal(IntakeFault.QuotaExhausted, fault.Fault);
        _registry.Queue(_registry.Team("Other"));
        _registry.Clock.Pass(TimeSpan.FromHours(25));
        _registry.Queue(team, "next day");
    }

    [Fact]
    public void RunAgain_ThenTakenBackWhileItWaits_CostsNothing()
    {
        var team = _registry.Team();
        var id = _registry.Queue(team).Id;
        Store.Fail(Store.TakeUp("w", Hold)!.Value.Lease, "the archive is lost");

        Store.RunAgain(id, _registry.Organiser());
        Store.Cancel(team.Team.Id, id, team.Identity);

        Assert.Null(Store.GetAttempt(null, id).StartedAt); // by which quotas know whether a machine looked at it
    }

    [Fact]
    public void PutBehind_ImageAcceptedMeanwhile_StaysRunning()
    {
        var id = _registry.Queue(_registry.Team()).Id;
        var lease = Store.TakeUp("w", Hold)!.Value.Lease;
        Store.Accept(lease, "entry", 2, 1);

        Assert.False(Store.PutBehind(lease, "the engine is away"));

        Assert.Equal(AttemptState.Running, Store.GetAttempt(null, id).State);
        Assert.True(Store.Progress(lease, 2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Verdict_EntryTakenOutAfterCasesRan_CountsAsValid(bool ran)
    {
        var team = _registry.Team();
        _registry.Queue(team);
        var lease = Store.TakeUp("w", Hold)!.Value.Lease;
        if (ran)
        {
            Store.Accept(lease, "entry", 2, 1);
        }

        Store.Reject(lease, "entry-taken-out", "It was withdrawn.");
        var phase = new ChallengePhase { Name = "validation", Datasets = ["d"], Limits = new SandboxLimits(), Quota = new Quota { Valid = new QuotaBounds { PerDay = 1 } } };

        var verdict = Store.History(team.Team.Id, "demo").Verdict(phase, _registry.Clock.GetUtcNow());

        Assert.Equal(ran, verdict is QuotaVerdict.Refused);
    }
}
