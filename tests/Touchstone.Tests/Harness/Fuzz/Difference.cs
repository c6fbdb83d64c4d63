using System.Globalization;
using System.Text;
using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>What damage did to a file, in a few lines for people.</summary>
internal static class Difference
{
    private const int Around = 60;

    /// <summary>Describes a damaged file.</summary>
    /// <param name="name">How it is called.</param>
    /// <param name="sound">What it was.</param>
    /// <param name="path">Where it is now.</param>
    public static string Of(string name, byte[] sound, string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is { } target)
        {
            return $"{name}: a link to {target}";
        }

        if (!Path.Exists(path))
        {
            return $"{name}: gone";
        }

        if (RegularFile.Fault(path) is { } other)
        {
            return $"{name}: {other}";
        }

        var now = File.ReadAllBytes(path);
        var same = sound.AsSpan().CommonPrefixLength(now);
        return string.Create(CultureInfo.InvariantCulture,
            $"{name}: from byte {same} of {sound.Length}\n  was {Excerpt(sound, same)}\n  is  {Excerpt(now, same)}");
    }

    private static string Excerpt(byte[] bytes, int at)
    {
        var from = Math.Max(0, at - (Around / 3));
        var part = bytes.AsSpan(from, Math.Min(Around, bytes.Length - from)).ToArray();
        return part.Count(one => one is (< 32 or > 126) and not 10) > 3
            ? Convert.ToHexString(part)
            : Encoding.UTF8.GetString(part).ReplaceLineEndings("⏎");
    }
}
