using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Touchstone.Baselines.Torch;

/// <summary>The native library and what holds for the whole process: threads, determinism, seed and GPUs.</summary>
internal static unsafe partial class TorchLibrary
{
    /// <summary>Environment variable with the path of the native library, where it lies at none of the usual places.</summary>
    public const string PathVariable = "TOUCHSTONE_TORCH";

    /// <summary>The version of the C ABI that this code speaks; the native library must say the same.</summary>
    public const int Abi = 1;

    private const string FileName = "libtouchstone_torch.so";

    /// <summary>libtorch's own version, such as <c>1.13.0</c>.</summary>
    public static string Version => Marshal.PtrToStringUTF8(NativeMethods.Version())!;

    /// <summary>Threads that one operator may use. libtorch's own default differs by build: set it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public static int Threads
    {
        get => NativeMethods.Threads();
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            NativeMethods.Check(NativeMethods.SetThreads(value));
        }
    }

    /// <summary>GPUs that libtorch can use; 0 in a build without CUDA.</summary>
    public static int CudaDevices
    {
        get
        {
            NativeMethods.Check(NativeMethods.CudaDevices(out var count));
            return count;
        }
    }

    /// <summary>
    /// Switches deterministic mode: equal input gives equal bits on the same machine, full 32-bit floats on CUDA, and
    /// operators that cannot promise it fail.
    /// </summary>
    /// <param name="on">True for deterministic, false for fast.</param>
    public static void SetDeterministic(bool on) => NativeMethods.Check(NativeMethods.Deterministic(on ? 1 : 0));

    /// <summary>Seeds libtorch's random numbers on every device.</summary>
    /// <param name="seed">Any number.</param>
    public static void Seed(ulong seed) => NativeMethods.Check(NativeMethods.Seed(seed));

    /// <summary>
    /// Keeps freed memory for the next tensors instead of giving it back to the system: training takes and frees the same large tensors
    /// at every step, and asking the system anew cost almost as much as computing (54 of 123 CPU seconds). Does nothing where the C
    /// library is not glibc.
    /// </summary>
    public static void KeepMemory()
    {
        const int TrimThreshold = -1;
        const int MapThreshold = -3;
        try
        {
            _ = SetAllocation(TrimThreshold, int.MaxValue);
            _ = SetAllocation(MapThreshold, 1 << 30);
        }
        catch (EntryPointNotFoundException)
        {
        }
    }

    /// <summary>Waits until a GPU has done what was asked of it; returns at once for the processor.</summary>
    /// <param name="device">Where the work runs.</param>
    public static void Synchronize(Device device)
    {
        if (device.CudaIndex is { } index)
        {
            NativeMethods.Check(NativeMethods.CudaSynchronize(index));
        }
    }

    [ModuleInitializer]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(TorchLibrary).Assembly, Resolve);

    /// <summary>Loads the native library from a file and makes sure that it speaks <see cref="Abi"/>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TorchException">It is not there, does not load, or speaks another version.</exception>
    internal static nint Load(string path)
    {
        SetEnvironment();
        nint library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
        {
            throw new TorchException($"{path} cannot be loaded; is libtorch installed? {fault.Message}", fault);
        }

        var found = NativeLibrary.TryGetExport(library, "touchstone_abi", out var abi)
            ? ((delegate* unmanaged<int>)abi)()
            : 0;
        return found == Abi
            ? library
            : throw new TorchException(
                $"{path} speaks version {found} of the binding, this program version {Abi}: build it again with native/build.sh.");
    }

    /// <summary>Where the native library is looked for, first to last.</summary>
    internal static IReadOnlyList<string> Candidates(string? named, string programFolder) => named is not null
        ? [named]
        : [
            Path.Combine(programFolder, FileName),
            Path.GetFullPath(Path.Combine(programFolder, "..", "..", "..", "native", FileName)), // .artifacts/native
        ];

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != NativeMethods.Library)
        {
            return 0;
        }

        var candidates = Candidates(Environment.GetEnvironmentVariable(PathVariable), AppContext.BaseDirectory);
        return candidates.FirstOrDefault(File.Exists) is { } path
            ? Load(path)
            : throw new TorchException(
                $"The native library of the baselines is at none of {string.Join(", ", candidates)}: install libtorch-dev and "
                + $"libopenblas0-pthread and run submissions/baselines/native/build.sh, or name the file in {PathVariable}.");
    }

    /// <summary>
    /// OpenBLAS and OpenMP read these when they are loaded, which is with libtorch. Without them their idle threads
    /// wait in loops, each library beside the other's, and a forward pass takes several times as long. CUBLAS's is
    /// what deterministic mode asks for. Environment.SetEnvironmentVariable would reach .NET only.
    /// </summary>
    private static void SetEnvironment()
    {
        _ = SetVariable("OPENBLAS_NUM_THREADS", "1", overwrite: 0);
        _ = SetVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);
        _ = SetVariable("CUBLAS_WORKSPACE_CONFIG", ":4096:8", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocation(int what, int value);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
