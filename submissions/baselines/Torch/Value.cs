namespace Touchstone.Baselines.Torch;

/// <summary>
/// One argument of an operator or method, or one result. Arguments convert by themselves:
/// <c>Operator.Call("aten::relu", "", x)</c>.
/// </summary>
/// <remarks>An argument owns nothing. A result that is a tensor belongs to whoever asked for it.</remarks>
internal readonly struct Value
{
    private Value(ValueKind kind, long integer = 0, double real = 0, object? held = null) =>
        (Kind, Integer, Real, Held) = (kind, integer, real, held);

    /// <summary>Python's None; also what an optional argument takes.</summary>
    public static Value None => default;

    /// <summary>What it is.</summary>
    public ValueKind Kind { get; }

    /// <summary>An integer; 0 or 1 for a truth value.</summary>
    public long Integer { get; }

    /// <summary>A floating-point number.</summary>
    public double Real { get; }

    /// <summary>The tensor, text or list.</summary>
    public object? Held { get; }

    public static implicit operator Value(Tensor tensor) => new(ValueKind.Tensor, held: tensor);

    public static implicit operator Value(long number) => new(ValueKind.Integer, number);

    public static implicit operator Value(int number) => new(ValueKind.Integer, number);

    public static implicit operator Value(double number) => new(ValueKind.Real, real: number);

    public static implicit operator Value(bool truth) => new(ValueKind.Boolean, truth ? 1 : 0);

    public static implicit operator Value(string text) => new(ValueKind.Text, held: text);

    public static implicit operator Value(long[] numbers) => new(ValueKind.Integers, held: numbers);

    public static implicit operator Value(double[] numbers) => new(ValueKind.Reals, held: numbers);

    public static implicit operator Value(Tensor[] tensors) => new(ValueKind.Tensors, held: tensors);

    public static implicit operator Value(Device device) => new(ValueKind.Device, held: device.ToString());

    public static implicit operator Value(ElementType type) => new(ValueKind.Integer, (int)type);

    /// <summary>A list in which null stands for no tensor, such as the indices of <c>aten::index</c>.</summary>
    /// <param name="tensors">Tensors and nulls.</param>
    public static Value Optional(params Tensor?[] tensors) => new(ValueKind.OptionalTensors, held: tensors);

    /// <summary>Takes over one result of a native call.</summary>
    /// <param name="result">As the native call left it.</param>
    internal static Value Of(in NativeValue result) => result.Kind switch
    {
        ValueKind.Tensor => new Tensor(new TensorHandle(result.Pointer)),
        ValueKind.Real => result.Real,
        ValueKind.None => None,
        _ => new(result.Kind, result.Integer),
    };
}
