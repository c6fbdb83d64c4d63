using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Harness.Server.Work;

/// <summary>Makes the boards anew when something has changed, and every hour, since embargoes end by themselves.</summary>
/// <param name="workspace">Whose boards.</param>
/// <param name="manifest">The datasets that there are.</param>
/// <param name="boards">Where they go.</param>
/// <param name="clock">The clock.</param>
/// <param name="tell">Where lines for operators go.</param>
internal sealed class BoardRenewal(
    Workspace workspace, Manifest manifest, BoardFolder boards, TimeProvider clock, Action<string> tell)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromHours(1);

    /// <summary>Looks after the boards until it is told to end.</summary>
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

    private async Task TryRenewAsync(CancellationToken token)
    {
        try
        {
            await RenewAsync(BoardFolder.Public, forOrganisers: false, token);
            await RenewAsync(BoardFolder.Organisers, forOrganisers: true, token);
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

    private Task RenewAsync(string audience, bool forOrganisers, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        return boards.ReplaceAsync(audience, now, async folder =>
        {
            IReadOnlyList<Board> made;
            using (var store = ResultIndex.OpenCurrent(workspace))
            {
                made = BoardList.Make(BoardList.Entered(workspace, []), manifest, workspace, store, now, forOrganisers, _ => { });
            }

            return made.Count > 0
                && await Publication.WriteAsync(made, new BuildInfo(now, BuildVersion.Text), folder, null, _ => { }, token);
        });
    }
}
