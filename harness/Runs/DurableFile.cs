using System.Runtime.InteropServices;

namespace Touchstone.Harness.Runs;

/// <summary>Files that are there whole or not at all, whenever the process or the machine stops.</summary>
public static partial class DurableFile
{
    private const int ReadOnlyFolder = 0x10000; // O_RDONLY | O_DIRECTORY

    /// <summary>
    /// Writes a file that must not exist yet: beside it first, forced to the disk, then given its name by a hard link,
    /// which
    /// never replaces another. So of two writers the first wins.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of it.</param>
    /// <param name="isPrivate">Whether only this user may read it.</param>
    /// <returns>False when the file was there already; it is then left as it is.</returns>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static bool WriteOnce(string path, ReadOnlySpan<byte> content, bool isPrivate = false)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            using (var file = new FileStream(temporary, isPrivate ? ForOwnerOnly() : new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
            }))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            if (File.Exists(path))
            {
                return false;
            }

            // Without overwriting, .NET links the new name and then unlinks the old one.
            File.Move(temporary, path, overwrite: false);
            SyncFolder(folder);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>How to make a file that no other user of the machine may read (mode 0600).</summary>
    public static FileStreamOptions ForOwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <summary>
    /// Forces a folder's names to the disk; a file system that cannot do that keeps them in its own time.
    /// </summary>
    private static void SyncFolder(string folder)
    {
        var descriptor = Open(folder, ReadOnlyFolder);
        if (descriptor >= 0)
        {
            _ = Sync(descriptor);
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
