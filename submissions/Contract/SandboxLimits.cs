using System.Runtime.CompilerServices;

namespace Touchstone.Submissions;

/// <summary>What one container may use while it segments one case. Immutable; vary with <c>with</c>.</summary>
public sealed record SandboxLimits
{
    /// <summary>Time from start to kill. Default 10 minutes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public TimeSpan WallTime { get; init => field = Positive(value); } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Time between the request to stop at the limit and the kill. Nothing that is written in it counts. Default 5 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public TimeSpan GraceTime { get; init => field = Positive(value); } = TimeSpan.FromSeconds(5);

    /// <summary>Memory in bytes, swap included. Default 16 GiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public long MemoryBytes { get; init => field = Positive(value); } = 16L << 30;

    /// <summary>CPU cores; fractions allowed. Default 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public double Cpus { get; init => field = Positive(value); } = 2;

    /// <summary>Processes and threads. Default 256.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public int ProcessCount { get; init => field = Positive(value); } = 256;

    /// <summary>Size of the output file system in bytes. Default 256 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public long OutputBytes { get; init => field = Positive(value); } = 256L << 20;

    /// <summary>Size of <c>/tmp</c> in bytes, part of the memory limit. Default 1 GiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public long TemporaryBytes { get; init => field = Positive(value); } = 1L << 30;

    /// <summary>Shared memory (<c>/dev/shm</c>) in bytes, part of the memory limit. Default 1 GiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public long SharedMemoryBytes { get; init => field = Positive(value); } = 1L << 30;

    private static T Positive<T>(T value, [CallerMemberName] string name = "")
        where T : struct, IComparable<T> =>
        value.CompareTo(default) > 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "A limit must be above zero.");
}
