using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Checkpoints;

/// <summary>A Python tuple.</summary>
/// <param name="Items">In order.</param>
internal sealed record PickleTuple(object?[] Items);

/// <summary>A class or function that a pickle names. Here it stays a name: nothing is looked up, nothing is called.</summary>
/// <param name="Module">Python's module.</param>
/// <param name="Name">In the module.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    /// <summary>Dotted.</summary>
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>What a pickle wants made by calling something that is not known here; it is carried and never made.</summary>
/// <param name="Callable">What it would have called.</param>
internal sealed record PicklePlaceholder(PickleGlobal Callable);

/// <summary>Bytes of a checkpoint that tensors lie in.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">What its elements are; null for a kind that is not known here.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record StorageRecord(string Key, ElementType? Type, long Count);

/// <summary>A tensor of a checkpoint, not yet read. Checked: all its elements lie within its storage.</summary>
/// <param name="Storage">Where its elements lie.</param>
/// <param name="Offset">Its first element.</param>
/// <param name="Shape">Lengths, the slowest dimension first.</param>
/// <param name="Strides">Elements between neighbours along each dimension.</param>
internal sealed record TensorRecord(StorageRecord Storage, long Offset, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides)
{
    private const int MostDimensions = 16;

    /// <summary>Makes a record out of what a pickle says, or refuses it.</summary>
    /// <param name="storage">Where its elements lie.</param>
    /// <param name="offset">Its first element.</param>
    /// <param name="shape">Lengths.</param>
    /// <param name="strides">As many.</param>
    /// <exception cref="CheckpointException">An element would lie outside the storage.</exception>
    public static TensorRecord Checked(StorageRecord storage, long offset, long[] shape, long[] strides)
    {
        var isValid = shape.Length == strides.Length && shape.Length <= MostDimensions && offset >= 0
            && shape.All(length => length >= 0) && strides.All(stride => stride >= 0);
        Int128 last = offset;
        for (var i = 0; isValid && i < shape.Length; i++)
        {
            last += (Int128)Math.Max(0, shape[i] - 1) * strides[i];
        }

        var isEmpty = shape.Contains(0);
        return isValid && (isEmpty || last < storage.Count)
            ? new TensorRecord(storage, offset, shape, strides)
            : throw new CheckpointException(
                $"A tensor of shape [{string.Join(", ", shape)}] does not fit its storage of {storage.Count} elements.");
    }
}
