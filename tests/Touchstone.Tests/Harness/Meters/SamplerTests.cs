using Touchstone.Harness.Meters;

namespace Touchstone.Tests.Harness.Meters;

public sealed class SamplerTests
{
    [Fact]
    public void Looks_OneOfThemSlow_KeepTheirDeadlines()
    {
        List<TimeSpan> looks = [];
        using var end = new ManualResetEventSlim();
        using (Sampler.Start(time =>
        {
            looks.Add(time);
            if (looks.Count == 3)
            {
                Thread.Sleep(150); // a slow answer, which must not push later looks back
            }

            if (time > TimeSpan.FromSeconds(1))
            {
                end.Set();
            }
        }))
        {
            Assert.True(end.Wait(TimeSpan.FromSeconds(30)));
        }

        // On a busy machine a look may be late, but never early, and never a second one for a deadline that has passed.
        var numbers = looks.SkipLast(1).Select(time => time.Ticks / Sampler.Interval.Ticks).ToArray();
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.InRange(looks[0], TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.True(looks[^1] >= looks[^2], "the last look comes when it stops");
    }

    [Fact]
    public void Looks_OneOfThemFails_EndNothing()
    {
        var looks = 0;
        using var end = new ManualResetEventSlim();
        using (Sampler.Start(_ =>
        {
            if (++looks == 3)
            {
                end.Set();
            }

            throw new UnauthorizedAccessException("Not now.");
        }))
        {
            Assert.True(end.Wait(TimeSpan.FromSeconds(30)));
        }

        Assert.True(looks > 3, "the last look comes when it stops");
    }
}
