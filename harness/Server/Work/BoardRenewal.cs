using Touchstone.Harness.Datasets;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Boards;

namespace Touchstone.Harness.Server.Work;

/// <summary>Makes the boards anew when somebody says that something has changed, and every hour.</summary>
/// <param name="workspace">Whose boards.</param>
/// <param name="readManifest">Reads the datasets that there are now.</param>
/// <param name="store">Knows which entries are not finished.</param>
/// <param name="boards">Where they go.</param>
/// <param name="clock">The clock.</param>
/// <param name="tell">Where lines for operators go.</param>
internal sealed class BoardRenewal(
    Workspace workspace, Func<Manifest> readManifest, IntakeStore store, BoardFolder boards, TimeProvider clock,
    Action<string> tell)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromHours(1);

    private readonly BoardPublisher _publisher = new(workspace, readManifest, clock, tell);

    /// <summary>Works until it is told to end.</summary>
    /// <param name="token">Tells it.</param>
    public async Task RunAsync(CancellationToken token)
    {
        var madeAt = clock.GetUtcNow();
        while (!token.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            if (boards.TakeStale() || now - madeAt >= AtLeastEvery)
            {
                madeAt = now;
                await TryRenewAsync(token);
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

    private async Task TryRenewAsync(CancellationToken token)
    {
        try
        {
            await _publisher.RenewAsync(Unfinished(store.AllAttempts(int.MaxValue)), token);
        }
        catch (OperationCanceledException)
        {
            boards.MarkStale();
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or InvalidOperationException or DatasetAbsentException)
        {
            tell($"The boards could not be renewed: {fault.Message}");
        }
    }
}
