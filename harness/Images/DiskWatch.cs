using System.Globalization;
using System.Runtime.InteropServices;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Images;

/// <summary>
/// Keeps room on the disks of engine and workspace: below a floor no image is taken in any more. Runs go on, because their
/// containers write to memory alone and their results are small.
/// </summary>
/// <param name="FloorBytes">What must stay free.</param>
/// <param name="Places">Folders to watch, with words for people; one that is not on this machine is left out.</param>
public sealed partial record DiskWatch(long FloorBytes, IReadOnlyList<(string Folder, string Name)> Places)
{
    /// <summary>What stays free unless an organiser says otherwise: 2 GiB.</summary>
    public const long DefaultFloorBytes = 2L << 30;

    private const int FloorFiles = 50_000;
    private const int FilesAt = 40; // f_files of struct statvfs on 64-bit Linux; f_favail is two further on
    private const int StatBytes = 256;

    /// <summary>Bytes that may still be taken in; below 0 when there is no room at all.</summary>
    public long Room()
    {
        var places = Places.Select(place => place.Folder).Where(Directory.Exists).ToList();
        return places.Any(folder => Files(folder) is var (free, floor) && free < floor) ? -1
            : places.Count == 0 ? long.MaxValue : places.Min(folder => new DriveInfo(folder).AvailableFreeSpace) - FloorBytes;
    }

    /// <summary>Checks that there is room.</summary>
    /// <param name="imageBytes">What is to be taken in, unpacked; 0 when that is not known yet.</param>
    /// <exception cref="IntakeClosedException">There is not.</exception>
    public void Check(long imageBytes = 0)
    {
        // The engine keeps the archive and what it unpacks side by side while it loads.
        var needed = FloorBytes + (2 * imageBytes);
        foreach (var (folder, name) in Places.Where(place => Directory.Exists(place.Folder)))
        {
            var free = new DriveInfo(folder).AvailableFreeSpace;
            var (files, floor) = Files(folder);
            if (files < floor)
            {
                throw new IntakeClosedException(
                    $"Intake is closed: the disk of the {name} takes {Counted.Of(files, "more file")}, and {floor} must stay possible. "
                    + "Runs go on. Submit again when there is room.");
            }

            if (free < needed)
            {
                throw new IntakeClosedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Intake is closed: {free >> 20} MiB are free on the disk of the {name}, and {((needed - 1) >> 20) + 1} MiB are needed "
                    + $"({FloorBytes >> 20} MiB of them stay free). Runs go on. Submit again when there is room."));
            }
        }
    }

    /// <summary>
    /// Files that can still be made, and how many must stay possible: a twentieth of all, at most <see cref="FloorFiles"/>. Very many
    /// where the file system sets no limit, or cannot be asked.
    /// </summary>
    private static (long Free, long Floor) Files(string folder)
    {
        var buffer = new byte[StatBytes];
        return OperatingSystem.IsLinux() && Environment.Is64BitProcess && Stat(folder, ref buffer[0]) == 0
            && BitConverter.ToInt64(buffer, FilesAt) is > 0 and var all
            ? (BitConverter.ToInt64(buffer, FilesAt + 16), Math.Min(FloorFiles, all / 20))
            : (long.MaxValue, 0);
    }

    [LibraryImport("libc", EntryPoint = "statvfs", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string folder, ref byte buffer);
}

/// <summary>There is no room for another image: nobody's fault but the machine's. The message is safe to show.</summary>
public sealed class IntakeClosedException(string message) : IOException(message);
