using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Touchstone.Tests.Harness.Gpu;

/// <summary>
/// A library with NVML's symbols and a device whose memory follows a known curve, compiled when it is first needed.
/// </summary>
internal sealed unsafe class StandIn : IDisposable
{
    private static readonly Lazy<string> Compiled = new(Compile);

    private readonly nint _library = NativeLibrary.Load(Compiled.Value);

    public static string Library => Compiled.Value;

    /// <summary>Begins, now, a triangle of memory over some seconds in one process.</summary>
    public void Begin(uint process, double peakBytes, double seconds) =>
        ((delegate* unmanaged[Cdecl]<uint, double, double, void>)NativeLibrary.GetExport(_library, "stand_in_begin"))(
            process, peakBytes, seconds);

    /// <summary>Whether it lists processes, and their memory; and which process uses 512 MiB all the time.</summary>
    public void Tell(bool processes = true, bool sizes = true, uint other = 4000000) =>
        ((delegate* unmanaged[Cdecl]<int, int, uint, void>)NativeLibrary.GetExport(_library, "stand_in_tell"))(
            processes ? 1 : 0, sizes ? 1 : 0, other);

    public void Dispose() => NativeLibrary.Free(_library);

    private static string Compile()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "libnvml-stand-in.so");
        var source = Repository.File("tests", "Touchstone.Tests", "Harness", "Gpu", "nvml_stand_in.c");
        using var gcc = Process.Start("gcc", ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source]);
        gcc.WaitForExit();
        return gcc.ExitCode == 0
            ? library
            : throw new InvalidOperationException($"gcc could not compile {source}; tests/install-packages.sh installs it.");
    }
}
