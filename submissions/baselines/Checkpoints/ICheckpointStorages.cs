using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Checkpoints;

/// <summary>The parts of a checkpoint in one of its two formats: what was pickled, and the bytes beside it.</summary>
internal interface ICheckpointStorages : IDisposable
{
    /// <summary>What was saved, tensors as <see cref="TensorRecord"/>.</summary>
    public object? Root { get; }

    /// <summary>The bytes of one storage.</summary>
    /// <param name="storage">Named by <see cref="Root"/>, of a known element type.</param>
    /// <exception cref="CheckpointException">They are not there, or of another length than announced.</exception>
    public byte[] Read(StorageRecord storage);
}

/// <summary>Sizes that both formats check before they take memory.</summary>
internal static class StorageSize
{
    /// <summary>Bytes of a storage.</summary>
    /// <param name="storage">As the pickle announces it.</param>
    /// <param name="found">Bytes that the file has for it.</param>
    /// <exception cref="CheckpointException">They differ, or are too many for one array.</exception>
    public static int Checked(StorageRecord storage, long found)
    {
        Int128 announced = (Int128)storage.Count * ElementTypes.BytesOf(storage.Type!.Value);
        return announced == found && announced <= Array.MaxLength
            ? (int)announced
            : throw new CheckpointException($"Storage {storage.Key} has {found} bytes where {announced} are announced.");
    }
}
