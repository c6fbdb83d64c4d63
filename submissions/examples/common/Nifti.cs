using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Examples;

/// <summary>Reads CTs and writes label volumes as NIfTI-1 (<c>.nii.gz</c>).</summary>
internal static class Nifti
{
    private const int HeaderBytes = 348;
    private const int VoxelsStart = 352;

    /// <summary>Reads a CT as the file has it, axes and all.</summary>
    /// <param name="path">A <c>.nii.gz</c> file.</param>
    public static CtFile Read(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var header = new byte[HeaderBytes];
        gzip.ReadExactly(header);
        if (BinaryPrimitives.ReadInt32LittleEndian(header) != HeaderBytes || Short(header, 40) < 3)
        {
            throw new InvalidDataException($"{path} is no little-endian three-dimensional NIfTI-1 volume.");
        }

        gzip.ReadExactly(new byte[(int)Float(header, 108) - HeaderBytes]);
        var type = Short(header, 70);
        var (nx, ny, nz) = (Short(header, 42), Short(header, 44), Short(header, 46));
        var raw = new byte[nx * ny * nz * (Short(header, 72) / 8)];
        gzip.ReadExactly(raw);
        var (slope, intercept) = (Float(header, 112), Float(header, 116));
        var hounsfield = slope == 0 ? Decode(raw, type, 1, 0) : Decode(raw, type, slope, intercept);
        return new CtFile(header, nx, ny, nz, hounsfield, AffineOf(header));
    }

    /// <summary>Writes labels on the grid of the CT, with the CT's own header but for the voxel type.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="ct">The CT that the labels belong to.</param>
    /// <param name="labels">One label per voxel, in the CT's order.</param>
    public static void WriteLabels(string path, CtFile ct, ReadOnlySpan<byte> labels)
    {
        var header = new byte[VoxelsStart];
        ct.Header.CopyTo(header, 0);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(70), 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(72), 8);
        BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(108), VoxelsStart);
        BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(112), 1);
        BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(116), 0);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(124), 0); // no display range
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        gzip.Write(header);
        gzip.Write(labels);
    }

    private static short[] Decode(byte[] raw, short type, float slope, float intercept)
    {
        if (type == 4 && slope == 1 && intercept == 0 && BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.Cast<byte, short>(raw).ToArray(); // as nearly all CTs come
        }

        Func<int, double> value = type switch
        {
            2 => i => raw[i],
            4 => i => BinaryPrimitives.ReadInt16LittleEndian(raw.AsSpan(2 * i)),
            512 => i => BinaryPrimitives.ReadUInt16LittleEndian(raw.AsSpan(2 * i)),
            8 => i => BinaryPrimitives.ReadInt32LittleEndian(raw.AsSpan(4 * i)),
            16 => i => BinaryPrimitives.ReadSingleLittleEndian(raw.AsSpan(4 * i)),
            64 => i => BinaryPrimitives.ReadDoubleLittleEndian(raw.AsSpan(8 * i)),
            _ => throw new InvalidDataException($"NIfTI data type {type} is no type that a CT comes in."),
        };
        var bytesPerVoxel = type switch { 2 => 1, 4 or 512 => 2, 64 => 8, _ => 4 };
        var hounsfield = new short[raw.Length / bytesPerVoxel];
        for (var i = 0; i < hounsfield.Length; i++)
        {
            hounsfield[i] = (short)Math.Clamp(Math.Round((slope * value(i)) + intercept), -1024, 3071);
        }

        return hounsfield;
    }

    // Rows of voxel-to-world: the sform where it is set, else the qform, else spacing alone.
    private static double[,] AffineOf(byte[] header)
    {
        if (Short(header, 254) > 0)
        {
            var sform = new double[3, 4];
            for (var n = 0; n < 12; n++)
            {
                sform[n / 4, n % 4] = Float(header, 280 + (4 * n));
            }

            return sform;
        }

        double b = 0, c = 0, d = 0;
        if (Short(header, 252) > 0)
        {
            (b, c, d) = (Float(header, 256), Float(header, 260), Float(header, 264));
        }

        return Quaternion(header, Math.Sqrt(Math.Max(0, 1 - (b * b) - (c * c) - (d * d))), b, c, d);
    }

    private static double[,] Quaternion(byte[] header, double a, double b, double c, double d)
    {
        double x = Float(header, 80), y = Float(header, 84), z = Float(header, 88) * (Float(header, 76) < 0 ? -1 : 1);
        return new[,]
        {
            {
                ((a * a) + (b * b) - (c * c) - (d * d)) * x, 2 * ((b * c) - (a * d)) * y, 2 * ((b * d) + (a * c)) * z, Float(header, 268),
            },
            {
                2 * ((b * c) + (a * d)) * x, ((a * a) + (c * c) - (b * b) - (d * d)) * y, 2 * ((c * d) - (a * b)) * z, Float(header, 272),
            },
            {
                2 * ((b * d) - (a * c)) * x, 2 * ((c * d) + (a * b)) * y, ((a * a) + (d * d) - (b * b) - (c * c)) * z, Float(header, 276),
            },
        };
    }

    private static short Short(byte[] header, int at) => BinaryPrimitives.ReadInt16LittleEndian(header.AsSpan(at));

    private static float Float(byte[] header, int at) => BinaryPrimitives.ReadSingleLittleEndian(header.AsSpan(at));
}

/// <summary>A CT as its file has it.</summary>
/// <param name="Header">The file's first 348 bytes.</param>
/// <param name="Nx">Voxels along the first axis, which runs fastest.</param>
/// <param name="Ny">Voxels along the second axis.</param>
/// <param name="Nz">Voxels along the third axis.</param>
/// <param name="Hounsfield">One value per voxel.</param>
/// <param name="Affine">Three rows of four: voxel to world, millimetres, RAS+.</param>
internal sealed record CtFile(byte[] Header, int Nx, int Ny, int Nz, short[] Hounsfield, double[,] Affine);
