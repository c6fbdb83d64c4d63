using System.Globalization;

namespace Touchstone.Harness;

/// <summary>Bytes for people.</summary>
internal static class Sizes
{
    /// <summary>Such as <c>120 MiB</c> or <c>1.5 GiB</c>.</summary>
    public static string Text(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.##} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / (double)(1L << 20)):0} MiB");
}
