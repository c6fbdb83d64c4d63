using System.Runtime.InteropServices;

namespace Touchstone.Baselines.Torch;

/// <summary>A tensor on the heap of the native library, freed exactly once, by disposal or else by the collector.</summary>
internal sealed class TensorHandle : SafeHandle
{
    /// <summary>No tensor yet: filled by a native call.</summary>
    public TensorHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <summary>Takes over a tensor that a native call returned among its results.</summary>
    /// <param name="pointer">Not owned by anybody else.</param>
    public TensorHandle(nint pointer)
        : this() => SetHandle(pointer);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMethods.TensorFree(handle);
        return true;
    }
}

/// <summary>A module on the heap of the native library, freed exactly once.</summary>
internal sealed class ModuleHandle : SafeHandle
{
    /// <summary>No module yet: filled by a native call.</summary>
    public ModuleHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMethods.ModuleFree(handle);
        return true;
    }
}
