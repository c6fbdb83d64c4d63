using Touchstone.Harness.Images;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Images;

public sealed class ReadingBudgetTests
{
    [Fact]
    public void Count_MoreEntriesThanAnyImageHas_IsRefused()
    {
        var budget = new ReadingBudget(1);
        for (var i = 0; i < ReadingBudget.MostEntries; i++)
        {
            budget.CountEntry();
        }

        Assert.Throws<InvalidDataException>(budget.CountEntry);
    }

    [Fact]
    public void Count_LayersBeyondTheCap_AreRefusedThoughEachWouldFit()
    {
        var budget = new ReadingBudget(100);
        budget.CountLayer(60);

        Assert.Equal(SubmissionFault.ImageTooLarge, Assert.Throws<SubmissionException>(() => budget.CountLayer(60)).Fault);
    }

    [Fact]
    public void Count_AnArchiveOfOtherThingsThanLayers_CountsToo() =>
        Assert.Throws<SubmissionException>(() => new ReadingBudget(100).CountArchive(1 << 30));

    [Theory]
    [InlineData(61, 0, true)]
    [InlineData(59, 0, false)]
    [InlineData(61, 64 << 20, false)]
    public void Count_SlowerThanAnyHonestArchive_IsRefused(int seconds, int bytes, bool isRefused)
    {
        var clock = new SteppedClock();
        var budget = new ReadingBudget(1L << 30, clock);
        budget.CountLayer(bytes);
        clock.Now = TimeSpan.FromSeconds(seconds);

        Assert.Equal(isRefused, Record.Exception(() => budget.CountLayer(1)) is InvalidDataException);
    }

    [Fact]
    public async Task Read_ToldToStopInTheMiddleOfWhatUnpacksToNothing_Stops()
    {
        using var stop = new CancellationTokenSource();
        using var endless = new BoundedGzip(new EmptyMembers(stop), new ReadingBudget(1L << 40));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await endless.ReadExactlyAsync(new byte[1], stop.Token));
    }

    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    /// <summary>Empty members for ever, with large empty names; tells to stop with the third piece.</summary>
    private sealed class EmptyMembers(CancellationTokenSource stop) : ForwardStream
    {
        private int _pieces;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (++_pieces == 3)
            {
                await stop.CancelAsync();
            }

            Assert.True(_pieces < 10, "It goes on.");
            byte[] member = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            member.CopyTo(buffer);
            return member.Length;
        }
    }
}
