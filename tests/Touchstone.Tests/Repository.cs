using System.Runtime.CompilerServices;

namespace Touchstone.Tests;

/// <summary>Where the repository and the shared reference data lie.</summary>
internal static class Repository
{
    /// <summary>The top folder of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>A path below the top folder.</summary>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A path below <c>../shared</c>, where extra data lie beside the repository; it may not exist.</summary>
    public static string SharedPath(params string[] parts) => Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));

    /// <summary>The same for an extra test, which runs only where the data are; their absence fails it loudly.</summary>
    public static string Shared(params string[] parts)
    {
        var path = SharedPath(parts);
        return Path.Exists(path)
            ? path
            : throw new InvalidOperationException($"{path} is absent: mark the test as one that needs extra data.");
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
