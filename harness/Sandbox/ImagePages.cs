using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Takes the pages of an image's files out of memory, so that nobody learns from them what was read before, and everybody begins
/// alike. Needs to read the engine's folder; elsewhere it does nothing.
/// </summary>
internal static partial class ImagePages
{
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED

    private static readonly string[] Places = ["UpperDir", "LowerDir"];

    /// <summary>Drops the pages of every layer.</summary>
    /// <param name="image">The image, of which no container runs: pages in use stay.</param>
    /// <param name="isCold">Whether what the disk's own cache has of the files' names and attributes goes too, with that of all files.</param>
    /// <returns>Files looked at; 0 where the layers are not to be reached.</returns>
    public static int Drop(ImageDetails image, bool isCold = false)
    {
        var (files, layers) = (0, Layers(image));
        if (layers.Count > 0)
        {
            Sync(); // of an image that came just now pages are still to be written, and those stay
        }

        var unnamed = isCold && layers.Count > 0;
        foreach (var path in layers.SelectMany(OwnFolder.Entries))
        {
            unnamed |= path.Contains('\uFFFD', StringComparison.Ordinal);
            files += TryDrop(path) ? 1 : 0;
        }

        if (unnamed)
        {
            DropAll();
        }

        return files;
    }

    /// <summary>
    /// Drops every page of the machine that can be, and all that is remembered of names and attributes: a name that is no UTF-8 cannot
    /// be opened from here, and whatever lies below it is not even listed.
    /// </summary>
    private static void DropAll()
    {
        try
        {
            File.WriteAllText("/proc/sys/vm/drop_caches", "3");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Not root of the machine: as good as it gets.
        }
    }

    /// <summary>The folders of an image's layers as overlay file systems name them; none for other kinds of store.</summary>
    internal static IReadOnlyList<string> Layers(ImageDetails image)
    {
        var data = image.GraphDriver?.Data ?? new Dictionary<string, string>();
        return
        [
            .. Places.SelectMany(name => data.GetValueOrDefault(name)?.Split(':') ?? []).Where(IsReadable),
        ];
    }

    private static bool IsReadable(string folder)
    {
        try
        {
            return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
        }
        catch (UnauthorizedAccessException)
        {
            return false; // not root: the engine keeps its folder to itself
        }
    }

    /// <summary>Devices and FIFOs, which a layer may hold, are never opened.</summary>
    private static bool TryDrop(string path)
    {
        try
        {
            using var file = !Directory.Exists(path) && RegularFile.Fault(path) is null ? File.OpenHandle(path) : null;
            return file is not null && Advise(file, 0, 0, DontNeed) == 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false; // gone, or not ours to read: as good as it gets
        }
    }

    [LibraryImport("libc", EntryPoint = "sync")]
    private static partial void Sync();

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long from, long bytes, int advice);
}
