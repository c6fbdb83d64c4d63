using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Checkpoints;

/// <summary>What the calls in a PyTorch checkpoint's pickle stand for.</summary>
internal static class PickleCalls
{
    /// <summary>The result of a call, or an inert placeholder for it.</summary>
    /// <param name="callable">What is called.</param>
    /// <param name="arguments">Its arguments.</param>
    public static object? Made(object callable, object?[] arguments) => callable switch
    {
        PickleGlobal { Module: "collections", Name: "OrderedDict" } => Ordered(arguments),
        PickleGlobal { Module: "torch._utils", Name: "_rebuild_tensor_v2" or "_rebuild_tensor" } => Rebuilt(arguments),
        PickleGlobal { Module: "torch._utils", Name: "_rebuild_parameter" } when arguments is [TensorRecord tensor, ..] => tensor,
        PickleGlobal global => new PicklePlaceholder(global),
        _ => new PicklePlaceholder(new PickleGlobal("", callable.GetType().Name)),
    };

    /// <summary>What a persistent id names: the storage of tensors.</summary>
    /// <param name="id">('storage', class, key, device, number of elements) and, in old files, more.</param>
    /// <exception cref="CheckpointException">It names something else.</exception>
    public static StorageRecord Persistent(object? id) =>
        id is PickleTuple { Items: [var kind, PickleGlobal type, var key, _, long count, .. var more] }
        && Text(kind) == "storage" && Text(key) is { } name && count >= 0
        && more is [] or [null] // a view into another storage, in files older than any published
            ? new StorageRecord(name, TypeOf(type), count)
            : throw new CheckpointException("Its pickle refers to something outside itself that is no storage of tensors.");

    private static Dictionary<object, object?> Ordered(object?[] arguments)
    {
        var made = new Dictionary<object, object?>();
        foreach (var pair in arguments is [List<object?> pairs] ? pairs : [])
        {
            var items = (pair as PickleTuple)?.Items ?? (pair as List<object?>)?.ToArray() ?? [];
            if (items is [{ } key, var value])
            {
                made[key] = value;
            }
        }

        return made;
    }

    private static TensorRecord Rebuilt(object?[] arguments) =>
        arguments is [StorageRecord storage, long offset, PickleTuple shape, PickleTuple strides, ..]
        && shape.Items.All(length => length is long) && strides.Items.All(stride => stride is long)
            ? TensorRecord.Checked(storage, offset, [.. shape.Items.Cast<long>()], [.. strides.Items.Cast<long>()])
            : throw new CheckpointException("Its pickle describes a tensor in an unknown way.");

    // Python 2 wrote texts as bytes.
    private static string? Text(object? value) => value switch
    {
        string text => text,
        byte[] bytes => System.Text.Encoding.Latin1.GetString(bytes),
        _ => null,
    };

    private static ElementType? TypeOf(PickleGlobal type) => type is { Module: "torch" or "torch.cuda" } ? type.Name switch
    {
        "FloatStorage" => ElementType.Float32,
        "DoubleStorage" => ElementType.Float64,
        "HalfStorage" => ElementType.Float16,
        "BFloat16Storage" => ElementType.BFloat16,
        "LongStorage" => ElementType.Int64,
        "IntStorage" => ElementType.Int32,
        "ShortStorage" => ElementType.Int16,
        "CharStorage" => ElementType.Int8,
        "ByteStorage" => ElementType.UInt8,
        "BoolStorage" => ElementType.Boolean,
        _ => null,
    }
    : null;
}
