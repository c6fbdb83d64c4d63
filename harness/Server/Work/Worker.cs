using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Problems;
using Touchstone.Submissions;
using Attempt = Touchstone.Harness.Intake.Attempt;

namespace Touchstone.Harness.Server.Work;

/// <summary>Takes attempts from the queue, one after another, until it is told to end.</summary>
/// <param name="store">The queue.</param>
/// <param name="settings">How it goes about it.</param>
/// <param name="clock">The clock.</param>
/// <param name="tell">Where lines for operators go.</param>
internal sealed class Worker(IntakeStore store, WorkSettings settings, TimeProvider clock, Action<string> tell)
{
    private const string Unable = "Our machine cannot work at the moment. It goes on by itself as soon as it can.";

    /// <summary>Told what keeps the worker from the engine; null when an attempt has ended again. Default nobody.</summary>
    public Action<string?> EngineSaid { get; init; } = static _ => { };

    /// <summary>Works.</summary>
    /// <param name="doAsync">Does one attempt; gives what kept some cases from an ending, or null.</param>
    /// <param name="doErrands">Does what organisers asked for; true when boards must be renewed.</param>
    /// <param name="ended">Told when an attempt has ended, so that boards can be renewed.</param>
    /// <param name="token">Tells it to end: the attempt at hand is let go at once.</param>
    public async Task RunAsync(
        Func<Attempt, Hold, Task<string?>> doAsync, Func<CancellationToken, bool> doErrands, Action ended, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            var wait = await TryWorkAsync(doAsync, doErrands, ended, token);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What the queue itself meets, such as a full disk, is told and passes, or is told again.</summary>
    private async Task<TimeSpan> TryWorkAsync(
        Func<Attempt, Hold, Task<string?>> doAsync, Func<CancellationToken, bool> doErrands, Action ended, CancellationToken token)
    {
        try
        {
            if (doErrands(token))
            {
                ended();
            }

            return store.TakeUp(settings.Name, settings.Lease) is { } taken
                ? await WorkAsync(taken.Attempt, taken.Lease, doAsync, ended, token)
                : settings.LookEvery;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (Exception fault)
        {
            tell($"The queue cannot be worked on now; tried again in {settings.WaitForMachine}. {fault.Message}");
            return settings.WaitForMachine;
        }
    }

    private async Task<TimeSpan> WorkAsync(
        Attempt attempt, Lease lease, Func<Attempt, Hold, Task<string?>> doAsync, Action ended,
        CancellationToken token)
    {
        tell($"Attempt {attempt.Id} of {attempt.Draft.Team}: taken up.");
        await using var hold = new Hold(store, lease, settings, clock, token);
        try
        {
            if (await doAsync(attempt, hold) is { } fault)
            {
                store.Fail(lease, fault);
                tell($"Attempt {attempt.Id}: failed. {fault}");
            }
            else
            {
                store.Finish(lease);
                tell($"Attempt {attempt.Id}: finished.");
                EngineSaid(null);
            }
        }
        catch (OperationCanceledException) when (hold.Token.IsCancellationRequested)
        {
            tell($"Attempt {attempt.Id}: {(hold.IsLost ? "cancelled, or another worker has it" : "let go")}.");
            store.LetGo(lease);
            return TimeSpan.Zero;
        }
        catch (SubmissionException refusal)
        {
            store.Reject(lease, ProblemOf.Kebab(refusal.Fault.ToString()), refusal.Message);
            tell($"Attempt {attempt.Id}: rejected, {refusal.Fault}.");
        }
        catch (IntakeClosedException closed)
        {
            store.PutOff(lease, closed.Message);
            tell($"Attempt {attempt.Id}: there is no room for its image now. {closed.Message}");
            return TimeSpan.Zero;
        }
        catch (EngineException fault) when (fault.IsTransient && attempt.State == AttemptState.Checking)
        {
            if (!store.PutBehind(lease, fault.Message))
            {
                store.LetGo(lease, Unable); // its image was accepted meanwhile
            }

            EngineSaid(fault.Message);
            tell($"The machine cannot work on attempt {attempt.Id} now; others go first. {fault.Message}");
            return settings.WaitForMachine;
        }
        catch (IOException fault) when (Infrastructure.IsDiskFull(fault))
        {
            store.PutBehindFull(lease, fault.Message);
            tell($"There is no room for the results of attempt {attempt.Id} now; others go first. {fault.Message}");
            return TimeSpan.Zero;
        }
        catch (Exception fault) when (MayPass(fault))
        {
            EngineSaid(fault is EngineException ? fault.Message : null);
            store.LetGo(lease, Unable);
            tell($"The machine cannot work on attempt {attempt.Id} now; tried again in {settings.WaitForMachine}. {fault.Message}");
            return settings.WaitForMachine;
        }
        catch (Exception fault)
        {
            store.Fail(lease, fault.Message);
            tell($"Attempt {attempt.Id}: failed. {fault}");
        }

        ended();
        return TimeSpan.Zero;
    }

    /// <summary>Whether it is the machine's state and not the attempt: engine away, workspace taken by a run.</summary>
    private static bool MayPass(Exception fault) => fault is EngineException { IsTransient: true } or WorkspaceBusyException;
}
