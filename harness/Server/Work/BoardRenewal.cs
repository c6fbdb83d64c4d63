using Touchstone.Harness.Datasets;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Boards;

namespace Touchstone.Harness.Server.Work;

/// <summary>Makes the boards anew when somebody says that something has changed, when an embargo ends, and every hour.</summary>
/// <param name="workspace">Whose boards.</param>
/// <param name="readManifest">Reads the datasets that there are now.</param>
/// <param name="store">Knows which entries are not finished.</param>
/// <param name="clock">The clock.</param>
/// <param name="tell">Where lines for operators go.</param>
internal sealed class BoardRenewal(
    Workspace workspace, Func<Manifest> readManifest, IntakeStore store, TimeProvider clock, Action<string> tell)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(1);

    private readonly BoardPublisher _publisher = new(workspace, readManifest, clock, tell);

    /// <summary>Works until it is told to end, whatever befalls it: nobody looks at how it goes.</summary>
    /// <param name="token">Tells it.</param>
    public async Task RunAsync(CancellationToken token)
    {
        // By the time that passes, not by the clock: that may go back.
        var (triedAt, opening, fault) = (clock.GetTimestamp(), (DateTimeOffset?)null, (string?)null);
        while (!token.IsCancellationRequested)
        {
            try
            {
                var isDue = clock.GetElapsedTime(triedAt) >= (fault is null ? AtLeastEvery : AgainAfter)
                    || clock.GetUtcNow() >= opening;
                if (isDue || (fault is null && StaleBoards.Take(workspace)))
                {
                    (triedAt, opening) = (clock.GetTimestamp(), null);
                    await _publisher.RenewAsync(Unfinished(store.AllAttempts(int.MaxValue)), token);
                    (fault, opening) = (null, _publisher.NextOpening);
                }
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                // The next worker does it: a worker makes the boards anew when it starts.
            }
            catch (Exception thrown)
            {
                triedAt = clock.GetTimestamp();
                if (fault != thrown.Message)
                {
                    tell($"The boards could not be renewed; tried again every minute. {thrown.Message}");
                }

                fault = thrown.Message;
            }

            await Task.Delay(LookEvery, clock, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Entries that came as attempts and of which none has finished.</summary>
    /// <param name="attempts">All attempts.</param>
    internal static IReadOnlySet<string> Unfinished(IEnumerable<Attempt> attempts) => attempts
        .Where(one => one.SubmissionId is not null)
        .GroupBy(one => one.SubmissionId!)
        .Where(same => same.All(one => one.State != AttemptState.Finished))
        .Select(same => same.Key)
        .ToHashSet(StringComparer.Ordinal);
}
