using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Boards;
using Touchstone.Harness.Server.Work;
using Touchstone.Tests.Harness.Boards;
using Touchstone.Tests.Harness.Intake;

namespace Touchstone.Tests.Harness.Server;

/// <summary>When boards are made anew.</summary>
public sealed class BoardPublisherTests
{
    private static readonly HashSet<string> Nobody = [];

    [Fact]
    public async Task Renew_ClockWentBack_ShowsWhatWasDecidedSince()
    {
        using var ours = new PhasedWorkspace();
        var id = ours.Enter("Beta", "test").Id;
        ours.Enter("Alpha", "test", from: 3);
        var clock = new HandClock();
        var publisher = Publisher(ours, clock);
        Assert.Equal(1, await publisher.RenewAsync(Nobody));
        Assert.Equal(0, await publisher.RenewAsync(Nobody));

        DecisionFile.Add(ours.Workspace, id, new EntryDecision { Kind = DecisionKind.Disqualified, Reason = "So.", By = "t", At = PhasedWorkspace.Now });
        clock.Pass(TimeSpan.FromDays(-3));
        Assert.Equal(1, await publisher.RenewAsync(Nobody));
        Assert.Equal(0, await publisher.RenewAsync(Nobody));

        var edition = new BoardFolder(ours.Workspace).Current(ours.Rules("test"))!;
        Assert.StartsWith("e00000002-20261118", edition.Name, StringComparison.Ordinal);
        Assert.True(EditionDecisions.MayOpen(ours.Workspace, ours.Rules("test"), edition.Folder));
    }

    [Fact]
    public async Task Renew_Embargo_TellsWhenItEnds_AndTheBoardIsMadeForEverybodyThen()
    {
        using var ours = new PhasedWorkspace("    embargo: until 2026-12-01T00:00Z");
        ours.Enter("Beta", "test");
        var clock = new HandClock();
        var publisher = Publisher(ours, clock);

        Assert.Equal(1, await publisher.RenewAsync(Nobody));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), publisher.NextOpening);
        Assert.Equal("organisers", FirstLine());
        clock.Pass(TimeSpan.FromDays(10));
        Assert.Equal(1, await publisher.RenewAsync(Nobody));

        Assert.Null(publisher.NextOpening);
        Assert.Equal("everybody", FirstLine());

        string FirstLine() => File.ReadLines(Path.Combine(
            new BoardFolder(ours.Workspace).Current(ours.Rules("test"))!.Folder, ".decisions")).First();
    }

    [Fact]
    public async Task Renew_OneBoardThatCannotBeMade_KeepsNoOtherFromIt()
    {
        using var ours = new PhasedWorkspace();
        ours.Enter("Beta", "test");
        ours.Enter("Beta", "debug");
        File.Delete(ours.File("hard.csv"));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => Publisher(ours, new HandClock()).RenewAsync(Nobody));

        Assert.StartsWith("ours, test: ", fault.Message, StringComparison.Ordinal);
        Assert.NotNull(new BoardFolder(ours.Workspace).Current(ours.Rules("debug")));
    }

    private static BoardPublisher Publisher(PhasedWorkspace ours, HandClock clock) => new(ours.Workspace, () => ours.Manifest, clock, _ => { });
}
