using System.Globalization;
using System.Text.RegularExpressions;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// What a failure probably came of, and what helps: by the exit code, and by what the container printed where that may be
/// shown. Without a log it depends on nothing else that the container chooses. Pure.
/// </summary>
internal static partial class FailureHint
{
    private const int BusError = 128 + 7;
    private const int FileTooLarge = 128 + 25;

    /// <summary>The hint.</summary>
    /// <param name="ending">How the case ended.</param>
    /// <param name="exitCode">Exit code; null when it was killed at the time limit.</param>
    /// <param name="log">What the container printed; null where the phase keeps it back.</param>
    /// <param name="limits">What it might use.</param>
    /// <param name="hasGpu">Whether it had a GPU.</param>
    /// <returns>A sentence or two; null when nobody can say.</returns>
    public static string? For(Ending ending, int? exitCode, string? log, SandboxLimits limits, bool hasGpu)
    {
        if (ending == Ending.Completed)
        {
            return null;
        }

        var text = log ?? "";
        var isFull = NoSpace.IsMatch(text);
        return exitCode == BusError || SharedMemory.IsMatch(text) || (isFull && text.Contains("/dev/shm", StringComparison.Ordinal))
                ? $"Shared memory (/dev/shm) was probably too small: it has {Mebibytes(limits.SharedMemoryBytes)} MiB under this "
                    + "challenge (limits: shared-memory-mb). Give data loaders fewer worker processes or none (num_workers=0)."
            : exitCode == FileTooLarge || isFull
                ? $"Some place was full. /tmp and $HOME take {Mebibytes(limits.TemporaryBytes)} MiB each, /dev/shm "
                    + $"{Mebibytes(limits.SharedMemoryBytes)} MiB and outputs {Mebibytes(limits.OutputBytes)} MiB under this challenge."
            : !hasGpu && Gpu.IsMatch(text)
                ? "It looks for a GPU and has none: ask for one with --gpu, or let it run without."
            : null;
    }

    private static string Mebibytes(long bytes) => (bytes / (double)(1L << 20)).ToString("0.##", CultureInfo.InvariantCulture);

    // PyTorch's words for a worker that died, and for a tensor that could not be handed over.
    [GeneratedRegex(@"\bbus error\b|\bSIGBUS\b|out of shared memory|(write to file|shared memory object|mmap).{0,80}torch_", RegexOptions.IgnoreCase)]
    private static partial Regex SharedMemory { get; }

    [GeneratedRegex(@"no space left on device|file too large|file size limit exceeded|\bENOSPC\b|\bEFBIG\b|\[Errno 2[78]\]", RegexOptions.IgnoreCase)]
    private static partial Regex NoSpace { get; }

    [GeneratedRegex(@"NVIDIA driver|libcuda\.so|No CUDA GPUs|no CUDA-capable device|CUDA driver|not compiled with CUDA|CUDA is (not available|unavailable)|torch\.cuda\.is_available\(\) is False", RegexOptions.IgnoreCase)]
    private static partial Regex Gpu { get; }
}
