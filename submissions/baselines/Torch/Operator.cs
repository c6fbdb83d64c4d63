namespace Touchstone.Baselines.Torch;

/// <summary>Calls libtorch's operators by their names in its registry, such as <c>aten::conv3d</c>.</summary>
internal static class Operator
{
    private const int MostResults = 64;

    /// <summary>Calls an operator with one tensor as result.</summary>
    /// <param name="name">With its namespace: <c>aten::add</c>.</param>
    /// <param name="overload">Such as <c>Tensor</c>; empty for the one without a name.</param>
    /// <param name="arguments">In the schema's order; those left out at the end take its defaults.</param>
    /// <returns>A tensor that the caller disposes.</returns>
    /// <exception cref="TorchException">There is no such operator, or it does not take these arguments.</exception>
    public static Tensor Call(string name, string overload, params ReadOnlySpan<Value> arguments) =>
        Single(CallAll(name, overload, arguments), name);

    /// <summary>Calls an operator with any number of results; lists of tensors are laid out one after the other.</summary>
    /// <param name="name">With its namespace.</param>
    /// <param name="overload">Empty for the one without a name.</param>
    /// <param name="arguments">In the schema's order.</param>
    /// <returns>The results; the tensors among them belong to the caller.</returns>
    /// <exception cref="TorchException">There is no such operator, or it does not take these arguments.</exception>
    public static IReadOnlyList<Value> CallAll(string name, string overload, params ReadOnlySpan<Value> arguments)
    {
        using var native = new ArgumentList(arguments);
        Span<NativeValue> results = stackalloc NativeValue[MostResults];
        NativeMethods.Check(NativeMethods.Call(
            name, overload, native.Values, native.Values.Length, results, MostResults, out var count));
        return Taken(results[..count]);
    }

    /// <summary>Runs a method of a module.</summary>
    /// <param name="module">Holds the method.</param>
    /// <param name="method">Its name.</param>
    /// <param name="arguments">In its order.</param>
    internal static IReadOnlyList<Value> Run(ModuleHandle module, string method, ReadOnlySpan<Value> arguments)
    {
        using var native = new ArgumentList(arguments);
        Span<NativeValue> results = stackalloc NativeValue[MostResults];
        NativeMethods.Check(NativeMethods.ModuleRun(
            module, method, native.Values, native.Values.Length, results, MostResults, out var count));
        return Taken(results[..count]);
    }

    /// <summary>The one tensor among results; others are disposed before the complaint.</summary>
    /// <param name="results">Of a call.</param>
    /// <param name="name">Of what was called.</param>
    internal static Tensor Single(IReadOnlyList<Value> results, string name)
    {
        if (results is [{ Held: Tensor tensor }])
        {
            return tensor;
        }

        foreach (var result in results)
        {
            (result.Held as Tensor)?.Dispose();
        }

        throw new TorchException($"{name} gave {results.Count} results where one tensor was expected.");
    }

    private static Value[] Taken(ReadOnlySpan<NativeValue> results)
    {
        var values = new Value[results.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Value.Of(results[i]);
        }

        return values;
    }
}
