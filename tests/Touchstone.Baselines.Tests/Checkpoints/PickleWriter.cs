using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Touchstone.Baselines.Tests.Checkpoints;

/// <summary>Writes checkpoints in PyTorch's format, and pickles that no PyTorch would write.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];
    private readonly Dictionary<string, byte[]> _storages = [];

    /// <summary>A checkpoint: one dictionary of float tensors.</summary>
    public static void WriteState(string path, IEnumerable<(string Name, long[] Shape, float[] Values)> tensors)
    {
        var pickle = new PickleWriter().Op(0x80, 2).Op('}').Op('(');
        foreach (var (name, shape, values) in tensors)
        {
            pickle.Text(name).Tensor(shape, values);
        }

        pickle.Op('u').Op('.').Save(path);
    }

    public PickleWriter Op(params int[] codes)
    {
        _bytes.AddRange([.. codes.Select(code => (byte)code)]);
        return this;
    }

    public PickleWriter Global(string module, string name)
    {
        _bytes.AddRange(Encoding.UTF8.GetBytes($"c{module}\n{name}\n"));
        return this;
    }

    public PickleWriter Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Op('X').UInt32((uint)bytes.Length)._bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter UInt32(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter Integer(long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        Op(0x8a, 8)._bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter Tensor(long[] shape, float[] values)
    {
        var bytes = new byte[4 * values.Length];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return Tensor(shape, values.Length, bytes);
    }

    /// <summary>A tensor whose storage says one count and has other bytes, or none.</summary>
    public PickleWriter Tensor(long[] shape, long count, byte[]? storage, long offset = 0, long stride = 0)
    {
        var key = $"{_storages.Count}";
        if (storage is not null)
        {
            _storages[key] = storage;
        }

        Global("torch._utils", "_rebuild_tensor_v2").Op('(', '(').Text("storage").Global("torch", "FloatStorage").Text(key).Text("cpu");
        Integer(count).Op('t', 'Q').Integer(offset).Op('(');
        Array.ForEach(shape, length => Integer(length));
        Op('t', '(');
        for (var i = 0; i < shape.Length; i++)
        {
            Integer(stride != 0 ? stride : shape[(i + 1)..].Aggregate(1L, (product, length) => product * length));
        }

        return Op('t', 0x89).Global("collections", "OrderedDict").Op(')', 'R', 't', 'R');
    }

    public void Save(string path)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Write("archive/data.pkl", _bytes.ToArray());
        foreach (var (key, bytes) in _storages)
        {
            Write($"archive/data/{key}", bytes);
        }

        void Write(string name, byte[] bytes)
        {
            using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(bytes);
        }
    }
}
