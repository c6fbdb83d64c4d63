using System.Runtime.InteropServices;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Takes files out of the machine's memory, so that no container learns what was read before it, and all begin alike. All that the
/// kernel can give up goes: pages, and what is remembered of names and attributes. Layers are not walked for it: their names and links
/// are a participant's, and lead wherever they like.
/// </summary>
internal static partial class ImagePages
{
    private const string Place = "/proc/sys/vm/drop_caches";
    private const string PagesAndNames = "3";

    /// <summary>Drops them. Pages in use stay.</summary>
    /// <returns>False where this user may not: everything is as warm as it was.</returns>
    public static bool Drop()
    {
        Sync(); // of an image that came just now pages are still to be written, and those stay
        try
        {
            File.WriteAllText(Place, PagesAndNames);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "sync")]
    private static partial void Sync();
}
