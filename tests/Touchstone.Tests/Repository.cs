using System.Runtime.CompilerServices;

namespace Touchstone.Tests;

/// <summary>Where the repository and the shared reference data lie.</summary>
internal static class Repository
{
    /// <summary>The top folder of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>A path below the top folder.</summary>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A path below <c>../shared</c>, the reference data beside the repository; its absence fails the test loudly.</summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));
        return Path.Exists(path)
            ? path
            : throw new InvalidOperationException(
                $"{path} is absent: this test needs the shared reference data beside the repository and cannot pass without it.");
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
