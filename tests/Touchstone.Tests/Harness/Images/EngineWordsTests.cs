using System.Diagnostics;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;

namespace Touchstone.Tests.Harness.Images;

public sealed class EngineWordsTests
{
    [Fact]
    public void Of_WordsThatQuoteAPathOfAMegabyte_AreShortAndSoon()
    {
        var path = string.Concat(Enumerable.Repeat("/a", 1 << 19));
        var begin = Stopwatch.GetTimestamp();

        var fault = new EngineException("refused") { Words = $"mkdir {path}: no space left on device" };

        Assert.True(EngineWords.Of(fault).Length <= 301);
        Assert.True(EngineWords.IsLackOfRoom(fault)); // the kernel's words stand last
        Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(2), $"It took {Stopwatch.GetElapsedTime(begin)}.");
        Assert.True(new EngineException(path).Message.Length < 5000);
    }
}
