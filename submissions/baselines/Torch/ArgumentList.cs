using System.Runtime.InteropServices;
using System.Text;

namespace Touchstone.Baselines.Torch;

/// <summary>
/// Arguments laid out for a native call. Until it is disposed, what they point at is pinned and their tensors cannot be freed,
/// not even by another thread.
/// </summary>
internal sealed class ArgumentList : IDisposable
{
    private readonly NativeValue[] _values;
    private readonly List<GCHandle> _pinned = [];
    private readonly List<TensorHandle> _held = [];

    /// <summary>Lays out arguments.</summary>
    /// <param name="values">In the order of the schema.</param>
    /// <exception cref="ObjectDisposedException">A tensor among them is disposed.</exception>
    public ArgumentList(ReadOnlySpan<Value> values)
    {
        _values = new NativeValue[values.Length];
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                _values[i] = Native(values[i]);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>As the C ABI takes them.</summary>
    public ReadOnlySpan<NativeValue> Values => _values;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pin in _pinned)
        {
            pin.Free();
        }

        foreach (var handle in _held)
        {
            handle.DangerousRelease();
        }

        _pinned.Clear();
        _held.Clear();
    }

    private NativeValue Native(Value value)
    {
        var native = new NativeValue { Kind = value.Kind, Integer = value.Integer, Real = value.Real };
        switch (value.Held)
        {
            case Tensor tensor:
                native.Pointer = Hold(tensor);
                break;
            case string text:
                native.Pointer = Pin(Encoding.UTF8.GetBytes(text + '\0'));
                break;
            case long[] or double[]:
                native.Pointer = Pin(value.Held);
                native.Count = ((Array)value.Held).Length;
                break;
            case Tensor?[] tensors:
                native.Pointer = Pin(Array.ConvertAll(tensors, tensor => tensor is null ? 0 : Hold(tensor)));
                native.Count = tensors.Length;
                break;
        }

        return native;
    }

    private nint Hold(Tensor tensor)
    {
        var added = false;
        tensor.Handle.DangerousAddRef(ref added);
        _held.Add(tensor.Handle);
        return tensor.Handle.DangerousGetHandle();
    }

    private nint Pin(object array)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        _pinned.Add(pin);
        return pin.AddrOfPinnedObject();
    }
}
