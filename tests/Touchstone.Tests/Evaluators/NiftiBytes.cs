using System.Buffers.Binary;
using System.IO.Compression;

namespace Touchstone.Tests.Evaluators;

/// <summary>A NIfTI file in memory, every field free: what the product's own writer would never write.</summary>
internal sealed record NiftiBytes
{
    public bool IsVersion2 { get; init; }

    public bool IsBigEndian { get; init; }

    public IReadOnlyList<long> Dim { get; init; } = [3, 4, 3, 2, 1, 1, 1, 1];

    public IReadOnlyList<double> PixDim { get; init; } = [1, 1, 1, 2, 0, 0, 0, 0];

    public short DataType { get; init; } = 2;

    public int DataOffset { get; init; } = 560;

    public double Slope { get; init; }

    public double Intercept { get; init; }

    public byte Units { get; init; } = 2;

    public string Magic { get; init; } = "";

    public short? Bits { get; init; }

    /// <summary>Codes of qform and sform.</summary>
    public (short QForm, short SForm) Codes { get; init; } = (0, 2);

    /// <summary>b, c, d and the offsets of the qform.</summary>
    public IReadOnlyList<double> Quaternion { get; init; } = [0, 0, 0, 0, 0, 0];

    /// <summary>The 12 numbers of the sform.</summary>
    public IReadOnlyList<double> SForm { get; init; } = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0];

    /// <summary>Stored numbers, as many as the dimensions ask for; fewer or more make a broken file.</summary>
    public IReadOnlyList<double> Voxels { get; init; } = new double[24];

    /// <summary>A gzip member of nothing, such as block compressors put at the end.</summary>
    public static byte[] EmptyMember => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return memory.ToArray();
    }

    public byte[] Bytes()
    {
        using var memory = new MemoryStream();
        memory.Write(IsVersion2 ? Header2() : Header1());
        memory.SetLength(DataOffset);
        memory.Position = DataOffset;
        foreach (var voxel in Voxels)
        {
            memory.Write(Number(DataType, voxel));
        }

        return memory.ToArray();
    }

    private static int BitsOf(short dataType) => dataType switch
    {
        2 or 256 => 8,
        4 or 512 => 16,
        8 or 16 or 768 => 32,
        _ => 64,
    };

    private byte[] Header1()
    {
        var header = new byte[348];
        Put(header, 0, 8, 348);
        PutAll(header, 40, 4, Dim.Select(size => (double)size));
        Put(header, 70, 4, DataType);
        Put(header, 72, 4, Bits ?? BitsOf(DataType));
        PutAll(header, 76, 16, PixDim);
        PutAll(header, 108, 16, [DataOffset, Slope, Intercept]);
        header[123] = Units;
        PutAll(header, 252, 4, [Codes.QForm, Codes.SForm]);
        PutAll(header, 256, 16, Quaternion.Concat(SForm));
        MagicOr("n+1\0").CopyTo(header, 344);
        return header;
    }

    private byte[] Header2()
    {
        var header = new byte[540];
        Put(header, 0, 8, 540);
        MagicOr("n+2\0\r\n\u001a\n").CopyTo(header, 4);
        Put(header, 12, 4, DataType);
        Put(header, 14, 4, Bits ?? BitsOf(DataType));
        PutAll(header, 16, 1024, Dim.Select(size => (double)size));
        PutAll(header, 104, 64, PixDim);
        Put(header, 168, 1024, DataOffset);
        PutAll(header, 176, 64, [Slope, Intercept]);
        PutAll(header, 344, 8, [Codes.QForm, Codes.SForm]);
        PutAll(header, 352, 64, Quaternion.Concat(SForm));
        Put(header, 500, 8, Units);
        return header;
    }

    private byte[] MagicOr(string magic) => System.Text.Encoding.Latin1.GetBytes(Magic.Length > 0 ? Magic : magic);

    private void PutAll(byte[] header, int at, short dataType, IEnumerable<double> values)
    {
        foreach (var (index, value) in values.Index())
        {
            Put(header, at + (index * BitsOf(dataType) / 8), dataType, value);
        }
    }

    private void Put(byte[] header, int at, short dataType, double value) => Number(dataType, value).CopyTo(header, at);

    private byte[] Number(short dataType, double value)
    {
        var bytes = new byte[8];
        switch (dataType)
        {
            case 2: bytes[0] = (byte)value; break;
            case 256: bytes[0] = (byte)(sbyte)value; break;
            case 4: BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)value); break;
            case 512: BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value); break;
            case 8: BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)value); break;
            case 768: BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value); break;
            case 16: BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value); break;
            case 1024: BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)value); break;
            case 1280: BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)value); break;
            default: BinaryPrimitives.WriteDoubleLittleEndian(bytes, value); break;
        }

        var used = bytes[..(BitsOf(dataType) / 8)];
        if (IsBigEndian)
        {
            Array.Reverse(used);
        }

        return used;
    }
}
