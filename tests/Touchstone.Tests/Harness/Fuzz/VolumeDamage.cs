using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Touchstone.Tests.Evaluators;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Damages volumes where their headers mean something.</summary>
internal static class VolumeDamage
{
    private static readonly int[] Shorts = [40, 42, 44, 46, 48, 50, 70, 72, 252, 254];
    private static readonly int[] Floats = [76, 80, 84, 88, 92, 108, 112, 116, 256, 260, 264, 268, 280, 284, 296, 300, 312, 320, 324];
    private static readonly int[] Bytes = [0, 1, 123, 344, 345, 346, 348];

    private static readonly short[] OddShorts = [0, 1, -1, 2, 3, 4, 8, 16, 64, 128, 256, 512, 768, 1024, 1536, 32767, -32768];

    private static readonly float[] OddFloats =
    [
        0, -0f, 1, -1, 0.5f, 1e-7f, 1e-38f, 1e38f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 352, 1e9f, 2147483648f, -1024, 256,
    ];

    /// <summary>Damages a NIfTI-1 file, gzipped or not.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="random">Decides how.</param>
    public static byte[] OfNifti(byte[] file, Random random)
    {
        var isGzip = file is [0x1f, 0x8b, ..];
        var plain = isGzip ? Unpack(file) : file;
        if (plain.Length < 352)
        {
            return Damage.OfBytes(file, random);
        }

        for (var n = 1 + random.Next(3); n > 0; n--)
        {
            Field(plain, random);
        }

        return isGzip ? NiftiBytes.Gzip(plain) : plain;
    }

    /// <summary>Damages a MetaImage file with its voxels in it.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="random">Decides how.</param>
    public static byte[] OfMetaImage(byte[] file, Random random)
    {
        var end = file.AsSpan().IndexOf("LOCAL\n"u8) + 6;
        return end < 6 ? Damage.OfBytes(file, random)
            : [.. TextDamage.Apply(Encoding.ASCII.GetString(file.AsSpan(0, end)), random), .. file.AsSpan(end)];
    }

    private static void Field(byte[] plain, Random random)
    {
        switch (random.Next(5))
        {
            case 0 or 1:
                BinaryPrimitives.WriteInt16LittleEndian(
                    plain.AsSpan(Shorts[random.Next(Shorts.Length)]), OddShorts[random.Next(OddShorts.Length)]);
                break;
            case 2 or 3:
                BinaryPrimitives.WriteSingleLittleEndian(
                    plain.AsSpan(Floats[random.Next(Floats.Length)]), OddFloats[random.Next(OddFloats.Length)]);
                break;
            default:
                plain[random.Next(2) == 0 ? Bytes[random.Next(Bytes.Length)] : random.Next(plain.Length)] = (byte)random.Next(256);
                break;
        }
    }

    private static byte[] Unpack(byte[] file)
    {
        using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        using var all = new MemoryStream();
        gzip.CopyTo(all);
        return all.ToArray();
    }
}
