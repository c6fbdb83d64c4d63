using System.Runtime.InteropServices;

namespace Touchstone.Baselines.Torch;

/// <summary>What an argument or result is. The values are those of <c>torch_shim.cpp</c>.</summary>
internal enum ValueKind
{
    None,
    Tensor,
    Integer,
    Real,
    Boolean,
    Text,
    Integers,
    Reals,
    Tensors,
    Device,
    OptionalTensors,
}

/// <summary>One argument or result on its way through the C ABI; 32 bytes on both sides.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    public ValueKind Kind;
    public int Count;
    public long Integer;
    public double Real;
    public nint Pointer;
}
