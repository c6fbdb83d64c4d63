using System.Globalization;

namespace Touchstone.Leaderboard;

/// <summary>Numbers of things, for people.</summary>
public static class Counted
{
    /// <summary>A count with its noun: <c>1 case</c>, <c>2 cases</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">What, in the singular.</param>
    /// <param name="plural">What, in the plural; null for the singular with an s.</param>
    public static string Of(long count, string noun, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? noun : plural ?? noun + "s")}");
}
