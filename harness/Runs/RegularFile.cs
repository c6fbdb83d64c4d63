using System.Runtime.InteropServices;

namespace Touchstone.Harness.Runs;

/// <summary>
/// Reads files that somebody may have put something else in the place of. Opening a FIFO waits for a writer, and a device
/// may never end: so what is no plain file is not opened.
/// </summary>
public static partial class RegularFile
{
    private const int HereBelow = -100; // AT_FDCWD: paths start from the working directory
    private const uint Kind = 1; // STATX_TYPE
    private const int ModeAt = 28; // of stx_mode in struct statx, on every processor
    private const int StatBytes = 256;

    /// <summary>Makes sure that a path leads to a plain file, through links or not.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="FileNotFoundException">There is nothing.</exception>
    /// <exception cref="IOException">It is something else.</exception>
    public static void Demand(string path)
    {
        if (Fault(path) is { } fault)
        {
            throw new IOException(fault);
        }
    }

    /// <summary>Makes sure that a path leads to a plain file or to nothing, so that it can be made or gone on with.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="IOException">It is something else.</exception>
    public static void DemandWhereThere(string path)
    {
        if (Path.Exists(path))
        {
            Demand(path);
        }
    }

    /// <summary>What is at a path instead of a plain file, in a sentence; null for a plain file.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="FileNotFoundException">There is nothing.</exception>
    public static string? Fault(string path)
    {
        if (Directory.Exists(path))
        {
            return $"{path} is a folder, where a file belongs. Move it away.";
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}.", path);
        }

        return KindOf(path) switch
        {
            0x1000 => $"{path} is a FIFO, where a file belongs. Move it away.",
            0x2000 or 0x6000 => $"{path} is a device, where a file belongs. Move it away.",
            0xC000 => $"{path} is a socket, where a file belongs. Move it away.",
            _ => null,
        };
    }

    /// <summary>Reads a plain file.</summary>
    /// <param name="path">The file.</param>
    /// <inheritdoc cref="Demand" path="/exception"/>
    public static byte[] ReadAllBytes(string path)
    {
        Demand(path);
        return File.ReadAllBytes(path);
    }

    /// <summary>Reads a plain file of text.</summary>
    /// <param name="path">The file.</param>
    /// <inheritdoc cref="Demand" path="/exception"/>
    public static string ReadAllText(string path)
    {
        Demand(path);
        return File.ReadAllText(path);
    }

    /// <summary>Opens a plain file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <inheritdoc cref="Demand" path="/exception"/>
    public static FileStream OpenRead(string path)
    {
        Demand(path);
        return File.OpenRead(path);
    }

    /// <summary>The kind as the kernel tells it; 0 where it does not.</summary>
    private static int KindOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var buffer = new byte[StatBytes];
        return Stat(HereBelow, path, flags: 0, Kind, ref buffer[0]) == 0 ? BitConverter.ToUInt16(buffer, ModeAt) & 0xF000 : 0;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(int folder, string path, int flags, uint mask, ref byte buffer);
}
