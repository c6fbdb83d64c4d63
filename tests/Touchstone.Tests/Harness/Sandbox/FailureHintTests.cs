using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Sandbox;

public sealed class FailureHintTests
{
    private static readonly SandboxLimits Limits = new()
    {
        SharedMemoryBytes = 64L << 20,
        TemporaryBytes = 32L << 20,
        OutputBytes = 16L << 20,
    };

    [Theory]
    [InlineData(135, "")]
    [InlineData(1, "RuntimeError: DataLoader worker (pid 7) is killed by signal: Bus error.")]
    [InlineData(1, "Bus error (core dumped)")]
    [InlineData(1, "OSError: [Errno 28] No space left on device: /dev/shm/queue")]
    [InlineData(1, "dd: error writing '/dev/shm/x': File too large")]
    [InlineData(1, "RuntimeError: unable to write to file </torch_42_1>")]
    [InlineData(1, "It is possible that dataloader's workers are out of shared memory.")]
    public void For_SharedMemoryTooSmall_NamesItWithTheLimit(int code, string log)
    {
        var hint = FailureHint.For(Ending.Crashed, code, log, Limits, hasGpu: false);

        Assert.Contains("/dev/shm", hint, StringComparison.Ordinal);
        Assert.Contains("64 MiB", hint, StringComparison.Ordinal);
        Assert.Contains("worker", hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(153, "")]
    [InlineData(1, "OSError: [Errno 27] File too large")]
    [InlineData(1, "IOError: [Errno 28] No space left on device: '/tmp/cache'")]
    public void For_SomePlaceFull_NamesThemAllWithTheirLimits(int code, string log)
    {
        var hint = FailureHint.For(Ending.Crashed, code, log, Limits, hasGpu: false);

        Assert.Contains("/tmp and $HOME take 32 MiB each, /dev/shm 64 MiB and outputs 16 MiB", hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RuntimeError: Found no NVIDIA driver on your system.")]
    [InlineData("OSError: libcuda.so.1: cannot open shared object file: No such file or directory")]
    [InlineData("RuntimeError: No CUDA GPUs are available")]
    [InlineData("AssertionError: Torch not compiled with CUDA enabled")]
    public void For_CudaWithoutAGpu_SaysHowToAskForOne(string log)
    {
        Assert.Contains("--gpu", FailureHint.For(Ending.Crashed, 1, log, Limits, hasGpu: false), StringComparison.Ordinal);
        Assert.Null(FailureHint.For(Ending.Crashed, 1, log, Limits, hasGpu: true));
    }

    [Theory]
    [InlineData(Ending.Crashed, 1, "ModuleNotFoundError: No module named 'skimage'")]
    [InlineData(Ending.Crashed, 139, "")]
    [InlineData(Ending.Crashed, 1, "mounted /dev/shm")]
    [InlineData(Ending.Completed, 0, "Bus error")]
    public void For_AnotherKind_SaysNothing(Ending ending, int code, string log) =>
        Assert.Null(FailureHint.For(ending, code, log, Limits, hasGpu: false));

    [Fact]
    public void For_WithoutALog_DependsOnTheExitCodeAlone() =>
        Assert.All(Enumerable.Range(1, 255), code => Assert.Equal(
            code is 135 or 153, FailureHint.For(Ending.Crashed, code, log: null, Limits, hasGpu: false) is not null));
}
