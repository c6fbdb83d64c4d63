using Touchstone.Harness.Server.Work;
using Touchstone.Tests.Harness.Boards;
using Touchstone.Tests.Harness.Intake;

namespace Touchstone.Tests.Harness.Server;

/// <summary>What no request waits for: whatever befalls it, it is told, and the server and the worker go on.</summary>
public sealed class BackgroundTests
{
    [Fact]
    public async Task Tidying_OfAnUploadThatMayNotBeRemoved_IsToldAndTriedAgain()
    {
        await using var server = await LiveServer.StartAsync();
        var by = server.Store.IdentifyToken(server.Team())!;
        var upload = server.Store.AddUpload(by, "tiny", "a.tar", 10);
        Directory.CreateDirectory(Path.Combine(server.Workspace.UploadsPath, $"{upload.Id}.part", "in the way"));

        server.Clock.Pass(TimeSpan.FromDays(8)); // a timer's fault would come out here, and end a real server

        Assert.Contains("Old uploads could not be removed; tried again in 01:00:00", server.Log.ToString(), StringComparison.Ordinal);
        using var reader = server.Client();
        Assert.True((await reader.GetAsync("/")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Renewal_OfBoardsThatCannotBeRead_IsToldOnceAndGoesOn()
    {
        using var ours = new PhasedWorkspace();
        using var registry = new Registry();
        using var stop = new CancellationTokenSource();
        var told = new List<string>();
        var tries = 0;
        var renewal = new BoardRenewal(
            ours.Workspace, () => ++tries < 4 ? throw new UnauthorizedAccessException("The manifest may not be read.") : ours.Manifest,
            registry.Store, registry.Clock, told.Add);
        Touchstone.Harness.Runs.StaleBoards.Mark(ours.Workspace);

        var running = renewal.RunAsync(stop.Token);
        while (tries < 4)
        {
            registry.Clock.PassToNext(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stop.CancelAsync();
        registry.Clock.PassToNext(TimeSpan.FromSeconds(1));
        await running;
        Assert.Single(told, line => line.StartsWith("The boards could not be renewed; tried again every minute. The manifest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_ErrandsThatFailInAnyWay_AreToldAndTriedAgain()
    {
        using var registry = new Registry();
        using var stop = new CancellationTokenSource();
        var told = new List<string>();
        var asked = 0;
        var worker = new Worker(registry.Store, new WorkSettings { Name = "w" }, registry.Clock, told.Add);

        var running = worker.RunAsync(
            (_, _) => Task.FromResult<string?>(null),
            _ => ++asked < 3 ? throw new UnauthorizedAccessException("No way in.") : asked > 3,
            () => stop.Cancel(),
            stop.Token);
        while (!running.IsCompleted)
        {
            registry.Clock.PassToNext(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        await running;
        Assert.Equal(2, told.Count(line => line == "The queue cannot be worked on now; tried again in 00:00:30. No way in."));
    }

    [Fact]
    public async Task Hold_WhoseStoreFailsInAnyWay_IsLostAtItsEndAndEndsNothing()
    {
        using var registry = new Registry();
        registry.Queue(registry.Team());
        var lease = registry.Store.TakeUp("w", TimeSpan.FromMinutes(1))!.Value.Lease;
        await using var hold = new Hold(registry.Store, lease, new WorkSettings { Name = "w" }, registry.Clock, CancellationToken.None);
        registry.Store.Dispose();

        registry.Clock.Pass(TimeSpan.FromSeconds(15));
        Assert.False(hold.IsLost);
        registry.Clock.Pass(TimeSpan.FromSeconds(60));

        Assert.True(hold.IsLost);
    }
}
