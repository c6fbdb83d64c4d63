using System.Globalization;

namespace Touchstone.Baselines.Torch;

/// <summary>Where tensors lie and are computed.</summary>
/// <param name="CudaIndex">Which GPU, from 0; null for the processor.</param>
internal readonly record struct Device(int? CudaIndex)
{
    /// <summary>The processor and its memory.</summary>
    public static Device Cpu => default;

    /// <summary>A GPU.</summary>
    /// <param name="index">From 0.</param>
    public static Device Cuda(int index) => new(index);

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>; null for anything else.</summary>
    /// <param name="name">As libtorch writes devices.</param>
    public static Device? Find(string name) => name switch
    {
        "cpu" => Cpu,
        "cuda" => Cuda(0),
        _ when name.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index) => Cuda(index),
        _ => null,
    };

    /// <summary>As libtorch writes it.</summary>
    public override string ToString() => CudaIndex is { } index
        ? string.Create(CultureInfo.InvariantCulture, $"cuda:{index}")
        : "cpu";
}
