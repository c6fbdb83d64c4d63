using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Harness.Gpu;

/// <summary>
/// The GPU that containers of a run are given, and NVML where it is there. A machine without NVML can still run GPU
/// containers; then <see cref="Fault"/> says why their memory is unknown.
/// </summary>
public sealed class GpuDevice : IDisposable
{
    private readonly Nvml? _nvml;
    private readonly nint _handle;

    private GpuDevice(string id, Nvml? nvml, nint handle, string fault)
    {
        (Id, _nvml, _handle, Fault) = (id, nvml, handle, fault);
        Model = nvml?.Name(handle) ?? MachineDescription.GpuModel();
        Driver = nvml?.Driver;
        Cuda = nvml?.Cuda;
    }

    /// <summary>Index, or UUID as <c>nvidia-smi -L</c> prints it.</summary>
    public string Id { get; }

    /// <summary>Model; null where nobody tells.</summary>
    public string? Model { get; }

    /// <summary>Version of the driver; null without NVML.</summary>
    public string? Driver { get; }

    /// <summary>Newest CUDA that the driver supports, such as <c>12.4</c>; null without NVML.</summary>
    public string? Cuda { get; }

    /// <summary>Why its memory cannot be sampled, in words; empty when it can.</summary>
    public string Fault { get; }

    /// <summary>Finds a device. Never fails.</summary>
    /// <param name="id">Index or UUID.</param>
    /// <param name="library">Name or path of NVML; null for the driver's own.</param>
    public static GpuDevice Open(string id, string? library = null)
    {
        var nvml = Nvml.TryLoad(library, out var fault);
        if (nvml?.Device(id) is { } handle)
        {
            return new GpuDevice(id, nvml, handle, "");
        }

        fault = nvml is null ? fault : $"NVML knows no GPU {id}.";
        nvml?.Dispose();
        return new GpuDevice(id, null, 0, fault);
    }

    /// <summary>Refuses what asks for a GPU that this machine does not have. Only what runs containers knows whether the engine can give it.</summary>
    /// <param name="isThere">Whether it has it.</param>
    /// <exception cref="SubmissionException"><see cref="SubmissionFault.GpuAbsent"/>: it has not.</exception>
    public static void Demand(bool isThere)
    {
        if (!isThere)
        {
            throw new SubmissionException(
                SubmissionFault.GpuAbsent, "The machine that runs the containers has no GPU. Submit without asking for one, or ask the organisers.");
        }
    }

    /// <summary>Whether this machine has a device: NVML knows it, or without NVML the kernel's driver knows any.</summary>
    /// <param name="id">Index or UUID.</param>
    /// <param name="library">Name or path of NVML; null for the driver's own.</param>
    public static bool IsThere(string id, string? library = null)
    {
        using var nvml = Nvml.TryLoad(library, out _);
        return nvml is null ? MachineDescription.GpuModel() is not null : nvml.Device(id) is not null;
    }

    /// <summary>Memory in use by everybody, in bytes; null where NVML does not tell.</summary>
    internal long? UsedBytes() => _nvml?.UsedBytes(_handle);

    /// <summary>Load of the device, 0 to 100; null where NVML does not tell.</summary>
    internal double? UtilizationPercent() => _nvml?.UtilizationPercent(_handle);

    /// <inheritdoc cref="Nvml.Processes"/>
    internal IReadOnlyDictionary<uint, long?>? Processes() => _nvml?.Processes(_handle);

    /// <summary>Unloads NVML.</summary>
    public void Dispose() => _nvml?.Dispose();
}
