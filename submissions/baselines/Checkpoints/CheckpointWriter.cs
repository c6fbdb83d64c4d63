using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Checkpoints;

/// <summary>
/// Writes tensors by their names into a file that <see cref="CheckpointFile"/> reads and so does Python: <c>torch.load</c> gives a
/// dictionary. The format is that of PyTorch 1.6 and later, the pickle's protocol 2.
/// </summary>
internal sealed class CheckpointWriter
{
    private readonly List<byte> _pickle = [];

    private CheckpointWriter()
    {
    }

    /// <summary>Writes a file: whole and on the disk under its name, or not at all.</summary>
    /// <param name="path">To make or replace.</param>
    /// <param name="tensors">In this order; names differ.</param>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        var part = path + ".part";
        try
        {
            using (var file = new FileStream(part, FileMode.Create, FileAccess.ReadWrite))
            {
                using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
                {
                    WriteEntry(zip, "archive/data.pkl", new CheckpointWriter().Pickle(tensors));
                    WriteEntry(zip, "archive/byteorder", "little"u8);
                    foreach (var (n, (_, tensor)) in tensors.Index())
                    {
                        WriteEntry(zip, $"archive/data/{n}", Bytes(tensor));
                    }

                    WriteEntry(zip, "archive/version", "3\n"u8);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static void WriteEntry(ZipArchive zip, string name, ReadOnlySpan<byte> bytes)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // equal content, equal bytes
        using var content = entry.Open();
        content.Write(bytes);
    }

    private static byte[] Bytes(Tensor tensor)
    {
        using var flat = Operator.Call("aten::reshape", "", tensor, new long[] { -1 });
        using var bytes = Operator.Call("aten::view", "dtype", flat, ElementType.UInt8);
        return bytes.ToArray<byte>();
    }

    private byte[] Pickle(IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        Write(0x80, 2, '}', '(');
        foreach (var (n, (name, tensor)) in tensors.Index())
        {
            Text(name);
            Rebuilt(n, tensor);
        }

        Write('u', '.');
        return [.. _pickle];
    }

    // torch._utils._rebuild_tensor_v2(('storage', torch.FloatStorage, key, 'cpu', count), 0, shape, strides, False, OrderedDict())
    private void Rebuilt(int key, Tensor tensor)
    {
        var shape = tensor.Shape;
        Global("torch._utils", "_rebuild_tensor_v2");
        Write('(', '(');
        Text("storage");
        Global("torch", StorageOf(tensor.Type));
        Text(key.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Text("cpu");
        Integer(tensor.Count);
        Write('t', 'Q');
        Integer(0);
        Write('(');
        foreach (var length in shape)
        {
            Integer(length);
        }

        Write('t', '(');
        for (var n = 0; n < shape.Count; n++)
        {
            Integer(shape.Skip(n + 1).Aggregate(1L, (product, length) => product * length));
        }

        Write('t', 0x89);
        Global("collections", "OrderedDict");
        Write(')', 'R', 't', 'R');
    }

    private static string StorageOf(ElementType type) => type switch
    {
        ElementType.Float32 => "FloatStorage",
        ElementType.Float64 => "DoubleStorage",
        ElementType.BFloat16 => "BFloat16Storage",
        ElementType.Float16 => "HalfStorage",
        ElementType.Int64 => "LongStorage",
        ElementType.Int32 => "IntStorage",
        ElementType.Int16 => "ShortStorage",
        ElementType.Int8 => "CharStorage",
        ElementType.UInt8 => "ByteStorage",
        ElementType.Boolean => "BoolStorage",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such element type."),
    };

    private void Write(params ReadOnlySpan<int> codes)
    {
        foreach (var code in codes)
        {
            _pickle.Add((byte)code);
        }
    }

    private void Global(string module, string name) => _pickle.AddRange(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));

    private void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        Write('X');
        _pickle.AddRange(length);
        _pickle.AddRange(bytes);
    }

    private void Integer(long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        Write(0x8a, 8);
        _pickle.AddRange(bytes);
    }
}
