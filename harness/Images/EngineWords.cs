using System.Text.RegularExpressions;
using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Images;

/// <summary>What an engine says against an image, in words that its participant may read: no path of the machine. Pure.</summary>
internal static partial class EngineWords
{
    private const int Most = 300;

    /// <summary>Its words.</summary>
    /// <param name="fault">What it refused.</param>
    public static string Of(EngineException fault)
    {
        var words = LogText.Line(Identity.Replace(MachinePath.Replace(LogText.Clean(fault.Words ?? fault.Message), "…"), "…"), Most);
        return string.IsNullOrWhiteSpace(words) ? "it gives no reason" : words.TrimEnd('.');
    }

    /// <summary>
    /// Whether the engine's machine is short of something, so that no image is to blame. The kernel's words stand last; what
    /// stands before them may be quoted from the image.
    /// </summary>
    /// <param name="fault">What it refused.</param>
    public static bool IsLackOfRoom(EngineException fault) => LackOfRoom.IsMatch(fault.Words ?? fault.Message);

    [GeneratedRegex(@"(/[^\s:""',]*)?/(overlay2?|vfs|containers|containerd|docker[^\s:""',/]*|tmp|storage)(/[^\s:""',]*)?")]
    private static partial Regex MachinePath { get; }

    [GeneratedRegex("(sha256:)?[0-9a-f]{64}")]
    private static partial Regex Identity { get; }

    [GeneratedRegex(@": (no space left on device|disk quota exceeded|input/output error|read-only file system|too many open files|cannot allocate memory)(: unknown)?\.?\s*\z",
        RegexOptions.IgnoreCase)]
    private static partial Regex LackOfRoom { get; }
}
