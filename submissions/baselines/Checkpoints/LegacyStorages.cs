using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Touchstone.Baselines.Checkpoints;

/// <summary>
/// The format before PyTorch 1.6, in which Models Genesis and others were published: five pickles (a magic number, a version,
/// the machine, what was saved, the keys of the storages), then each storage as a count and its elements.
/// </summary>
internal sealed class LegacyStorages : ICheckpointStorages
{
    private static readonly BigInteger Magic = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly FileStream _file;
    private readonly IReadOnlyList<object?> _keys;
    private readonly long _storagesStart;
    private readonly Dictionary<string, long> _starts = [];

    /// <summary>Reads the pickles.</summary>
    /// <param name="file">Owned from here on.</param>
    public LegacyStorages(FileStream file)
    {
        _file = file;
        if (!StartsAsPickle(file) || PickleReader.Read(file) is not BigInteger magic || magic != Magic)
        {
            throw new CheckpointException("It is no checkpoint of PyTorch.");
        }

        if (PickleReader.Read(file) is not 1001L)
        {
            throw new CheckpointException("It is of an unknown version of PyTorch's old format.");
        }

        if (PickleReader.Read(file) is Dictionary<object, object?> machine && machine.GetValueOrDefault("little_endian") is false)
        {
            throw new CheckpointException("It was written by a machine whose numbers begin with their most significant byte.");
        }

        Root = PickleReader.Read(file);
        _keys = PickleReader.Read(file) as List<object?> ?? throw new CheckpointException("It has no list of its storages.");
        _storagesStart = file.Position;
    }

    /// <inheritdoc/>
    public object? Root { get; }

    /// <inheritdoc/>
    public byte[] Read(StorageRecord storage)
    {
        Find(storage.Key);
        var bytes = new byte[StorageSize.Checked(storage, Math.Min(_file.Length - _file.Position, Announced(storage)))];
        _file.ReadExactly(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static bool StartsAsPickle(FileStream file)
    {
        var first = file.ReadByte();
        file.Position = 0;
        return first == 0x80;
    }

    private static long Announced(StorageRecord storage) =>
        (long)Int128.Min((Int128)storage.Count * Torch.ElementTypes.BytesOf(storage.Type!.Value), long.MaxValue);

    /// <summary>Goes to the first element of a storage; its count, which stands before it, must be the announced one.</summary>
    private void Find(string key)
    {
        if (_starts.Count == 0)
        {
            Index();
        }

        _file.Position = _starts.TryGetValue(key, out var start)
            ? start
            : throw new CheckpointException($"Storage {key} is not in the file.");
    }

    // The counts between the storages are in elements, so what an element is must be known from the tensors.
    private void Index()
    {
        var types = StoragesIn(Root);
        _file.Position = _storagesStart;
        Span<byte> count = stackalloc byte[8];
        foreach (var key in _keys.OfType<string>())
        {
            _file.ReadExactly(count);
            if (!types.TryGetValue(key, out var storage) || storage.Type is null)
            {
                throw new CheckpointException($"Storage {key} is of an unknown kind, and what follows cannot be found.");
            }

            if (BinaryPrimitives.ReadInt64LittleEndian(count) != storage.Count)
            {
                throw new CheckpointException($"Storage {key} has another number of elements than announced.");
            }

            _starts[key] = _file.Position;
            _file.Position = Math.Min(_file.Length, _file.Position + Math.Min(Announced(storage), _file.Length));
        }
    }

    // Each object once and without recursion: a hostile pickle can hold itself, the same thing a thousand times at every
    // level, or a million levels.
    private static Dictionary<string, StorageRecord> StoragesIn(object? root)
    {
        var storages = new Dictionary<string, StorageRecord>(StringComparer.Ordinal);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var left = new Stack<object?>([root]);
        while (left.TryPop(out var value))
        {
            if (value is TensorRecord tensor)
            {
                storages[tensor.Storage.Key] = tensor.Storage;
            }
            else if (value is not null && seen.Add(value))
            {
                foreach (var item in Inside(value))
                {
                    left.Push(item);
                }
            }
        }

        return storages;
    }

    private static IEnumerable<object?> Inside(object value) => value switch
    {
        Dictionary<object, object?> dictionary => dictionary.Values,
        List<object?> list => list,
        PickleTuple tuple => tuple.Items,
        _ => [],
    };
}
