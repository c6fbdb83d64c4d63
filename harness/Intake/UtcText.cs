using System.Globalization;

namespace Touchstone.Harness.Intake;

/// <summary>Times as a column holds them: UTC and of one width, so that the order of texts is the order of times.</summary>
internal static class UtcText
{
    /// <summary>A time, exact to its tick.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The inverse of <see cref="Of(DateTimeOffset)"/>.</summary>
    public static DateTimeOffset Time(string text) =>
        new(DateTime.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));

    /// <summary>A time that may be absent.</summary>
    public static DateTimeOffset? TimeOrNull(string? text) => text is null ? null : Time(text);
}
