using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Touchstone.Baselines.Torch;

/// <summary>
/// A tensor of libtorch. Dispose it: its memory lies outside the collector's view, which would come late.
/// After disposal every use throws <see cref="ObjectDisposedException"/>. Its memory is never handed out, only copied.
/// </summary>
internal sealed unsafe class Tensor(TensorHandle handle) : IDisposable
{
    private const int MostDimensions = 16;

    /// <summary>The native tensor; for native calls only.</summary>
    public TensorHandle Handle { get; } = handle;

    /// <summary>Length along each dimension, the slowest first.</summary>
    public IReadOnlyList<long> Shape => Read().Shape;

    /// <summary>What the elements are.</summary>
    public ElementType Type => Read().Type;

    /// <summary>Where it lies.</summary>
    public Device Device => Read().Device;

    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, length) => product * length);

    /// <summary>The gradient that has arrived at this tensor, or null; the caller disposes it.</summary>
    public Tensor? Gradient
    {
        get
        {
            NativeMethods.Check(NativeMethods.TensorGradient(Handle, out var gradient));
            return gradient.IsInvalid ? null : new Tensor(gradient);
        }
    }

    /// <summary>
    /// A tensor over an array, without a copy: both see what the other writes. The array stays pinned as long as the tensor
    /// or any view of it lives.
    /// </summary>
    /// <param name="values">Elements, the last dimension fastest.</param>
    /// <param name="shape">Lengths, the slowest dimension first; none for a scalar.</param>
    /// <exception cref="ArgumentException">The shape does not hold as many elements as the array.</exception>
    public static Tensor Over<T>(T[] values, params ReadOnlySpan<long> shape)
        where T : unmanaged => Over(values, values.Length, ElementTypes.Of<T>(), shape);

    /// <summary>A tensor over bytes that hold elements of any type, without a copy.</summary>
    /// <param name="bytes">Elements, the last dimension fastest, in this machine's byte order.</param>
    /// <param name="type">What they are.</param>
    /// <param name="shape">Lengths, the slowest dimension first.</param>
    /// <exception cref="ArgumentException">The shape does not hold as many elements as the bytes.</exception>
    public static Tensor OverBytes(byte[] bytes, ElementType type, params ReadOnlySpan<long> shape)
    {
        var (count, rest) = Math.DivRem(bytes.Length, ElementTypes.BytesOf(type));
        return rest == 0
            ? Over(bytes, count, type, shape)
            : throw new ArgumentException($"{bytes.Length} bytes are no whole number of {type}.", nameof(bytes));
    }

    /// <summary>A tensor of zeros.</summary>
    /// <param name="type">Of its elements.</param>
    /// <param name="device">Where it shall lie.</param>
    /// <param name="shape">Lengths, the slowest dimension first.</param>
    public static Tensor Zeros(ElementType type, Device device, params long[] shape) =>
        Operator.Call("aten::zeros", "", shape, type, Value.None, device);

    /// <summary>Copies the elements out, from wherever they lie.</summary>
    /// <exception cref="TorchException"><typeparamref name="T"/> is not what the elements are.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var values = new T[Count];
        CopyTo<T>(values);
        return values;
    }

    /// <summary>Copies the elements out, from wherever they lie.</summary>
    /// <param name="values">Exactly as many as the tensor has.</param>
    /// <exception cref="TorchException"><typeparamref name="T"/> is not what the elements are, or the number differs.</exception>
    public void CopyTo<T>(Span<T> values)
        where T : unmanaged
    {
        if (Type != ElementTypes.Of<T>())
        {
            throw new TorchException($"The tensor's elements are {Type}, not {ElementTypes.Of<T>()}.");
        }

        // Lengths in bytes go beyond what a span of bytes can say; the native side takes them as 64 bits.
        fixed (T* first = values)
        {
            NativeMethods.Check(NativeMethods.TensorCopyOut(Handle, first, (long)values.Length * Unsafe.SizeOf<T>()));
        }
    }

    /// <summary>The same elements elsewhere or of another type.</summary>
    /// <param name="device">Where.</param>
    /// <param name="type">Null keeps the type.</param>
    /// <returns>A tensor that the caller disposes; it shares memory where nothing had to change.</returns>
    public Tensor To(Device device, ElementType? type = null)
    {
        NativeMethods.Check(NativeMethods.TensorTo(Handle, device.ToString(), type is { } code ? (int)code : -1, out var result));
        return new Tensor(result);
    }

    /// <summary>Replaces the elements, converting their type; gradients do not notice.</summary>
    /// <param name="source">Of the same shape.</param>
    /// <exception cref="TorchException">The shapes differ.</exception>
    public void Assign(Tensor source) => NativeMethods.Check(NativeMethods.TensorAssign(Handle, source.Handle));

    /// <summary>Whether operations on this tensor are recorded for gradients.</summary>
    /// <param name="on">True records.</param>
    public void RequireGradient(bool on) => NativeMethods.Check(NativeMethods.TensorRequireGradient(Handle, on ? 1 : 0));

    /// <summary>Sends gradients of this scalar back to all tensors that require them.</summary>
    public void Backward() => NativeMethods.Check(NativeMethods.TensorBackward(Handle));

    /// <summary>The only element.</summary>
    /// <exception cref="TorchException">There is not exactly one.</exception>
    public double Scalar()
    {
        NativeMethods.Check(NativeMethods.TensorScalar(Handle, out var value));
        return value;
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    private static Tensor Over(Array values, long elements, ElementType type, ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length);
            count = checked(count * length);
        }

        if (count != elements)
        {
            throw new ArgumentException($"{elements} elements do not fill [{string.Join(", ", shape.ToArray())}].", nameof(shape));
        }

        var pin = GCHandle.Alloc(values, GCHandleType.Pinned);
        var status = NativeMethods.TensorWrap(
            pin.AddrOfPinnedObject(), type, shape, shape.Length, &Release, GCHandle.ToIntPtr(pin), out var handle);
        if (status != 0)
        {
            pin.Free();
            NativeMethods.Check(status);
        }

        return new Tensor(handle);
    }

    [UnmanagedCallersOnly]
    private static void Release(nint pin) => GCHandle.FromIntPtr(pin).Free();

    private (ElementType Type, long[] Shape, Device Device) Read()
    {
        Span<long> sizes = stackalloc long[MostDimensions];
        NativeMethods.Check(NativeMethods.TensorInfo(
            Handle, out var type, out var rank, sizes, MostDimensions, out var device, out var index));
        return (type, sizes[..rank].ToArray(), device == 0 ? Device.Cpu : Device.Cuda(index));
    }
}
