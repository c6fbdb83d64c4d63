using System.Runtime.InteropServices;

namespace Touchstone.Harness.Runs;

/// <summary>Files that are there whole or not at all, whenever the process or the machine stops.</summary>
public static partial class DurableFile
{
    private const int ReadOnlyFolder = 0x10000; // O_RDONLY | O_DIRECTORY
    private const int HereFolder = -100; // AT_FDCWD
    private const uint Exchange = 2; // RENAME_EXCHANGE

    // What tells that the system or the disk cannot exchange; overlays that may not move a folder say that it is another disk.
    private const int InvalidArgument = 22;
    private const int OtherDisk = 18;
    private const int NotImplemented = 38;
    private const int NotSupported = 95;

    /// <summary>
    /// Writes a file that must not exist yet: beside it first, forced to the disk, then given its name by a hard link,
    /// which never replaces another. So of two writers the first wins.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of it.</param>
    /// <param name="isPrivate">Whether only this user may read it.</param>
    /// <param name="beforeNaming">Done when the content is on the disk and before it has its name; null for nothing.</param>
    /// <returns>False when the file was there already; it is then left as it is.</returns>
    /// <exception cref="IOException">The disk is full, fails, or knows no hard links.</exception>
    public static bool WriteOnce(string path, ReadOnlySpan<byte> content, bool isPrivate = false, Action? beforeNaming = null)
    {
        path = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(path)!;
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

            if (beforeNaming is not null)
            {
                SyncFolder(folder);
                beforeNaming();
            }

            // Not File.Move: it looks whether the name is free and then renames, over whatever has come in between.
            return Link(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Gives a file its name that a process which ended too soon had written for it; nothing where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it must hold.</param>
    internal static void EndNaming(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        foreach (var temporary in Directory.Exists(folder) ? Directory.GetFiles(folder, $".{Path.GetFileName(path)}.*") : [])
        {
            if (RegularFile.Fault(temporary) is null && File.ReadAllBytes(temporary).AsSpan().SequenceEqual(content))
            {
                Link(temporary, path);
                File.Delete(temporary);
                return;
            }
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
    /// <param name="folder">The folder.</param>
    internal static void SyncFolder(string folder)
    {
        var descriptor = Open(folder, ReadOnlyFolder);
        if (descriptor >= 0)
        {
            _ = Sync(descriptor);
            _ = Close(descriptor);
        }
    }

    /// <summary>Gives a file a second name, unless there is a file of that name already.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Its further name, on the same disk.</param>
    /// <returns>False when there is a file of that name; it is left as it is.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    internal static bool Link(string path, string name)
    {
        if (File.Exists(name))
        {
            return false;
        }

        if (Link2(path, name) == 0)
        {
            SyncFolder(Path.GetDirectoryName(name)!);
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return File.Exists(name) ? false : throw new IOException($"{name} could not be made: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    /// <summary>Gives a file or link another name, at once in place of whatever had that name.</summary>
    /// <param name="path">The file or link itself, not what it leads to.</param>
    /// <param name="name">Its name from now on, on the same disk.</param>
    /// <exception cref="IOException">The disk fails, or a folder has that name.</exception>
    internal static void Rename(string path, string name)
    {
        if (Rename2(path, name) != 0)
        {
            throw new IOException($"{name} could not be made: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    /// <summary>Exchanges the names of two folders in one step, where the system and the disk can.</summary>
    /// <param name="one">A folder that is there.</param>
    /// <param name="other">Another on the same disk.</param>
    /// <returns>False where they cannot; nothing has changed then.</returns>
    /// <exception cref="IOException">The disk fails, or one may not be renamed.</exception>
    internal static bool TryExchange(string one, string other)
    {
        try
        {
            if (RenameAt2(HereFolder, one, HereFolder, other, Exchange) == 0)
            {
                return true;
            }
        }
        catch (EntryPointNotFoundException)
        {
            return false; // an older libc
        }

        var error = Marshal.GetLastPInvokeError();
        return error is InvalidArgument or NotImplemented or OtherDisk or NotSupported
            ? false
            : throw new IOException($"{other} could not be replaced: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int RenameAt2(int oneFolder, string one, int otherFolder, string other, uint flags);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Rename2(string path, string name);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link2(string path, string name);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
