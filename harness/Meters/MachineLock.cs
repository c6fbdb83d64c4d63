using System.Globalization;

namespace Touchstone.Harness.Meters;

/// <summary>
/// Cores and GPUs that a timed run holds for itself on this machine, whatever its workspace. The locks are the kernel's
/// (flock), one file each, so a process that is killed holds none; the files stay and mean nothing by themselves.
/// </summary>
internal sealed class MachineLock : IDisposable
{
    /// <summary>Where every user of a machine may lock.</summary>
    public static readonly string DefaultFolder =
        Path.Combine(Directory.Exists("/run/lock") ? "/run/lock" : Path.GetTempPath(), "touchstone");

    private const UnixFileMode Everybody = (UnixFileMode)0b110_110_110;

    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private readonly List<FileStream> _held = [];

    private MachineLock()
    {
    }

    /// <summary>Names of what a run needs, in the one order in which everybody takes them: nobody waits in a circle.</summary>
    /// <param name="cores">Cores.</param>
    /// <param name="gpu">GPU by index or UUID; null for none.</param>
    public static IReadOnlyList<string> Names(CpuSet cores, string? gpu) =>
    [
        .. cores.Cores.Select(core => string.Create(CultureInfo.InvariantCulture, $"core-{core}")),
        .. gpu is null ? Array.Empty<string>() : [$"gpu-{gpu}"],
    ];

    /// <summary>Takes what a run needs, waiting for whoever holds it.</summary>
    /// <param name="folder">Where the files lie.</param>
    /// <param name="names">What, in the order of <see cref="Names"/>.</param>
    /// <param name="waiting">Told once what is waited for.</param>
    /// <param name="clock">For waiting.</param>
    /// <param name="token">Stops waiting.</param>
    public static async Task<MachineLock> TakeAsync(
        string folder, IReadOnlyList<string> names, Action<string> waiting, TimeProvider clock, CancellationToken token)
    {
        MakeFolder(folder);
        var taken = new MachineLock();
        try
        {
            var told = false;
            foreach (var name in names)
            {
                while (!taken.TryTake(Path.Combine(folder, $"{name}.lock")))
                {
                    if (!told)
                    {
                        waiting($"Another timed run holds {name} of this machine. Waiting until it has finished.");
                        told = true;
                    }

                    await Task.Delay(AskEvery, clock, token);
                }
            }

            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Gives everything back.</summary>
    public void Dispose() => _held.ForEach(file => file.Dispose());

    private bool TryTake(string path)
    {
        try
        {
            // Without asking to create it: kernels refuse that for another user's file in a folder like /tmp.
            var isNew = !File.Exists(path);
            _held.Add(new FileStream(path, isNew ? FileMode.OpenOrCreate : FileMode.Open, FileAccess.ReadWrite, FileShare.None));
            if (isNew && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, Everybody);
            }

            return true;
        }
        catch (IOException fault) when (fault is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return false;
        }
    }

    /// <summary>A folder in which every user can lock, like /tmp.</summary>
    private static void MakeFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder, Everybody | (UnixFileMode)0b1_001_001_001);
            }
        }
    }
}
