namespace Touchstone.Harness.Sandbox;

/// <summary>
/// The environment given over an image's own. Programs of the host that prepare a container (the NVIDIA toolkit's
/// hooks)
/// have in the past inherited its environment, so nothing in it may steer a loader or choose devices.
/// </summary>
internal static class SandboxEnvironment
{
    private const string LibraryPath = "LD_LIBRARY_PATH";

    // The user is in no image's password file, and Python's getpass.getuser(), which torch calls, looks here before there.
    private const string UserName = "participant";

    /// <summary>Entries to set, and bare names to take away.</summary>
    /// <param name="image">The image's entries, <c>NAME=value</c> each.</param>
    /// <param name="home">The writable home folder.</param>
    /// <param name="gpu">Whether the engine is asked for a GPU, which then sets the NVIDIA variables itself.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<string> image, string home, bool gpu)
    {
        List<string> entries = [$"HOME={home}", $"LOGNAME={UserName}", $"USER={UserName}"];
        foreach (var (name, value) in image.Select(Split).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (name == LibraryPath && AbsoluteOnly(value) is { Length: > 0 } path)
            {
                entries.Add($"{LibraryPath}={path}");
            }
            else if (name.StartsWith("LD_", StringComparison.Ordinal) || name.StartsWith("NVIDIA_", StringComparison.Ordinal))
            {
                entries.Add(name);
            }
        }

        if (!gpu)
        {
            // An engine whose default runtime is NVIDIA's gives out every GPU unless told otherwise.
            entries.Remove("NVIDIA_VISIBLE_DEVICES");
            entries.Add("NVIDIA_VISIBLE_DEVICES=void");
        }

        return entries;
    }

    /// <summary>
    /// Relative and empty entries of a search path mean "where the program stands", which a participant fills; entries below /proc
    /// and /dev can mean it too.
    /// </summary>
    private static string AbsoluteOnly(string path) =>
        string.Join(':', path.Split(':').Where(entry => entry.StartsWith('/') && !entry.Split('/').Contains("..")
            && entry.Split('/').FirstOrDefault(part => part is not ("" or ".")) is not ("proc" or "dev")));

    private static (string Name, string Value) Split(string entry)
    {
        var equals = entry.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (entry, "") : (entry[..equals], entry[(equals + 1)..]);
    }
}
