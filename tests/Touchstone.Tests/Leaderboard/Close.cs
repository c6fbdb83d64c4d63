namespace Touchstone.Tests.Leaderboard;

/// <summary>Equality of numbers to a relative tolerance.</summary>
internal static class Close
{
    public static void To(double expected, double? actual, double tolerance)
    {
        Assert.NotNull(actual);
        Assert.True(
            Math.Abs(expected - actual.Value) <= tolerance * Math.Max(Math.Abs(expected), double.Epsilon),
            $"Expected {expected:R}, got {actual:R}.");
    }
}
