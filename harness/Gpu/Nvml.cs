using System.Runtime.InteropServices;
using System.Text;

namespace Touchstone.Harness.Gpu;

/// <summary>
/// NVIDIA's management library, loaded at run time, so that a machine without one can run everything else. Owns the
/// library's handle. Every member answers null where the library or the driver does not tell.
/// </summary>
internal sealed unsafe class Nvml : IDisposable
{
    /// <summary>What the driver installs.</summary>
    public const string DefaultLibrary = "libnvidia-ml.so.1";

    private const int Success = 0;
    private const int InsufficientSize = 7;
    private const int TextBytes = 96;

    private readonly nint _library;

    private Nvml(nint library) => _library = library;

    /// <summary>Loads and initialises the library.</summary>
    /// <param name="path">Name or path; null for <see cref="DefaultLibrary"/>.</param>
    /// <param name="fault">Why there is none, in words; empty otherwise.</param>
    public static Nvml? TryLoad(string? path, out string fault)
    {
        var name = path ?? DefaultLibrary;
        if (!NativeLibrary.TryLoad(name, out var library))
        {
            fault = $"NVML is absent: {name} cannot be loaded.";
            return null;
        }

        var nvml = new Nvml(library);
        var status = nvml.Find("nvmlInit_v2") is var init and not 0 ? ((delegate* unmanaged[Cdecl]<int>)init)() : -1;
        if (status == Success)
        {
            fault = "";
            return nvml;
        }

        NativeLibrary.Free(library);
        fault = $"NVML does not answer: nvmlInit_v2 of {name} gave {status}.";
        return null;
    }

    /// <summary>Version of the driver.</summary>
    public string? Driver
    {
        get
        {
            var call = (delegate* unmanaged[Cdecl]<byte*, uint, int>)Find("nvmlSystemGetDriverVersion");
            var text = stackalloc byte[TextBytes];
            return call != null && call(text, TextBytes) == Success ? Text(text) : null;
        }
    }

    /// <summary>Newest CUDA that the driver supports, such as <c>12.4</c>.</summary>
    public string? Cuda
    {
        get
        {
            var call = (delegate* unmanaged[Cdecl]<int*, int>)Find("nvmlSystemGetCudaDriverVersion_v2");
            int version;
            return call != null && call(&version) == Success ? $"{version / 1000}.{version % 1000 / 10}" : null;
        }
    }

    /// <summary>Handle of a device; null when there is none.</summary>
    /// <param name="device">Index, or UUID as <c>nvidia-smi -L</c> prints it.</param>
    public nint? Device(string device)
    {
        nint handle;
        if (uint.TryParse(device, out var index))
        {
            var byIndex = (delegate* unmanaged[Cdecl]<uint, nint*, int>)Find("nvmlDeviceGetHandleByIndex_v2");
            return byIndex != null && byIndex(index, &handle) == Success ? handle : null;
        }

        var byUuid = (delegate* unmanaged[Cdecl]<byte*, nint*, int>)Find("nvmlDeviceGetHandleByUUID");
        fixed (byte* uuid = Encoding.ASCII.GetBytes($"{device}\0"))
        {
            return byUuid != null && byUuid(uuid, &handle) == Success ? handle : null;
        }
    }

    /// <summary>Model of a device.</summary>
    /// <param name="device">Its handle.</param>
    public string? Name(nint device)
    {
        var call = (delegate* unmanaged[Cdecl]<nint, byte*, uint, int>)Find("nvmlDeviceGetName");
        var text = stackalloc byte[TextBytes];
        return call != null && call(device, text, TextBytes) == Success ? Text(text) : null;
    }

    /// <summary>Memory in use on a device by everybody, in bytes.</summary>
    /// <param name="device">Its handle.</param>
    public long? UsedBytes(nint device)
    {
        var call = (delegate* unmanaged[Cdecl]<nint, Memory*, int>)Find("nvmlDeviceGetMemoryInfo");
        Memory memory;
        return call != null && call(device, &memory) == Success ? (long)memory.Used : null;
    }

    /// <summary>Part of the last moments in which a device computed, 0 to 100.</summary>
    /// <param name="device">Its handle.</param>
    public double? UtilizationPercent(nint device)
    {
        var call = (delegate* unmanaged[Cdecl]<nint, Utilization*, int>)Find("nvmlDeviceGetUtilizationRates");
        Utilization rates;
        return call != null && call(device, &rates) == Success ? rates.Gpu : null;
    }

    /// <summary>
    /// Memory by computing process, in bytes, under the process ids of this machine; the value is null where the driver
    /// knows the process but not its memory.
    /// </summary>
    /// <param name="device">Its handle.</param>
    public IReadOnlyDictionary<uint, long?>? Processes(nint device)
    {
        var export = Find("nvmlDeviceGetComputeRunningProcesses_v3");
        export = export != 0 ? export : Find("nvmlDeviceGetComputeRunningProcesses_v2");
        var call = (delegate* unmanaged[Cdecl]<nint, uint*, ProcessInfo*, int>)export;
        for (uint room = 64; call != null && room <= 1 << 16; room *= 4)
        {
            var infos = new ProcessInfo[room];
            var count = room;
            fixed (ProcessInfo* first = infos)
            {
                var status = call(device, &count, first);
                if (status == Success)
                {
                    return infos.Take((int)count).GroupBy(one => one.Pid).ToDictionary(group => group.Key, Sum);
                }

                if (status != InsufficientSize)
                {
                    return null;
                }
            }
        }

        return null;
    }

    /// <summary>Shuts the library down and unloads it.</summary>
    public void Dispose()
    {
        if (Find("nvmlShutdown") is var shutdown and not 0)
        {
            ((delegate* unmanaged[Cdecl]<int>)shutdown)();
        }

        NativeLibrary.Free(_library);
    }

    /// <summary>Instances of one process on one device; null when one of them is unknown.</summary>
    private static long? Sum(IEnumerable<ProcessInfo> infos) =>
        infos.Any(one => one.UsedBytes == ulong.MaxValue) ? null : infos.Sum(one => (long)one.UsedBytes);

    private nint Find(string symbol) => NativeLibrary.TryGetExport(_library, symbol, out var address) ? address : 0;

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Memory
    {
        public readonly ulong Total;
        public readonly ulong Free;
        public readonly ulong Used;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Utilization
    {
        public readonly uint Gpu;
        public readonly uint Memory;
    }

    /// <summary>nvmlProcessInfo_t of NVML 11 and later; an unknown size is all ones.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ProcessInfo
    {
        public readonly uint Pid;
        public readonly ulong UsedBytes;
        public readonly uint GpuInstance;
        public readonly uint ComputeInstance;
    }
}
