using System.Buffers.Binary;
using System.Text;

namespace Touchstone.Harness.Engine;

/// <summary>The 512-byte header in front of an entry of a tar archive.</summary>
/// <param name="Type">Type flag.</param>
/// <param name="Name">Name, prefix included.</param>
/// <param name="Size">Bytes of content announced.</param>
/// <param name="LinkName">Target of a link.</param>
internal readonly record struct TarHeader(char Type, string Name, long Size, string LinkName)
{
    private const int ChecksumAt = 148;

    /// <summary>True for a header that describes the next one: PAX records and GNU long names.</summary>
    public bool IsExtension => Type is 'x' or 'g' or 'L' or 'K';

    /// <summary>Reads a header.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static TarHeader Read(ReadOnlySpan<byte> block)
    {
        if (Number(block.Slice(ChecksumAt, 8)) != Checksum(block))
        {
            throw new InvalidDataException("This is no tar archive, or a damaged one (a header's checksum is wrong).");
        }

        var name = Text(block[..100]);
        var prefix = "";
        if (block.Slice(257, 6).SequenceEqual("ustar\0"u8))
        {
            prefix = block[^4..].SequenceEqual("tar\0"u8) ? throw Ambiguous() : Text(block.Slice(345, 155)); // star's is shorter
        }
        else if (block.Slice(257, 8).SequenceEqual("ustar  \0"u8))
        {
            // Where GNU's two times are none, some readers take the field for a prefix of the name all the same.
            _ = (Number(block.Slice(345, 12)), Number(block.Slice(357, 12)));
        }

        return new TarHeader(
            (char)block[156],
            prefix.Length > 0 ? $"{prefix}/{name}" : name,
            Number(block.Slice(124, 12)),
            Text(block.Slice(157, 100)));
    }

    /// <summary>
    /// A header for a file or, with type '5', a folder. Owner root, time 0: equal content gives equal archives.
    /// </summary>
    /// <param name="name">Path of at most 100 ASCII characters.</param>
    /// <param name="size">Bytes of content that follow, then zeros up to a multiple of 512.</param>
    /// <param name="mode">Permissions.</param>
    /// <param name="type">Type flag.</param>
    public static byte[] Write(string name, long size, int mode, char type = '0')
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, 100, nameof(name));
        var block = new byte[512];
        Encoding.ASCII.GetBytes(name, block);
        Octal(block.AsSpan(100, 8), mode);
        Octal(block.AsSpan(108, 8), 0);
        Octal(block.AsSpan(116, 8), 0);
        if (size < 1L << 33)
        {
            Octal(block.AsSpan(124, 12), size);
        }
        else
        {
            // Beyond eleven octal digits: GNU's binary form, its first bit set.
            BinaryPrimitives.WriteInt64BigEndian(block.AsSpan(128, 8), size);
            block[124] = 0x80;
        }

        Octal(block.AsSpan(136, 12), 0);
        block[156] = (byte)type;
        "ustar\000"u8.CopyTo(block.AsSpan(257));
        Octal(block.AsSpan(ChecksumAt, 7), Checksum(block));
        block[ChecksumAt + 7] = (byte)' ';
        return block;
    }

    /// <summary>Zeros that follow content of a given size.</summary>
    public static byte[] Padding(long size) => new byte[-size & 511];

    /// <summary>Text up to the first zero.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private static void Octal(Span<byte> field, long value) =>
        Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(field.Length - 1, '0'), field);

    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            var value = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
            return value >= 0 && field[0] == 0x80 && !field[1..^8].ContainsAnyExcept((byte)0) ? value : throw Impossible();
        }

        // Blanks, digits, and blanks or zeros up to the end. Readers differ in what else they pass over, and each would go on
        // somewhere else in the archive.
        var digits = field.TrimStart((byte)' ').TrimEnd(" \0"u8);
        long number = 0;
        foreach (var digit in digits)
        {
            number = digit is >= (byte)'0' and <= (byte)'7' && number >> 60 == 0 ? (number << 3) | (long)(digit - '0') : throw Impossible();
        }

        return number;
    }

    /// <summary>Readers differ, and each would see other files in the archive.</summary>
    internal static InvalidDataException Ambiguous() => new(
        "The archive describes an entry in a way that no two readers agree on. Write it with docker save, or a tar of today.");

    private static InvalidDataException Impossible() =>
        new("The archive holds a header with an impossible number.");

    /// <summary>Sum of the bytes with the checksum itself taken as blanks.</summary>
    private static int Checksum(ReadOnlySpan<byte> block)
    {
        var sum = 8 * ' ';
        for (var i = 0; i < block.Length; i++)
        {
            sum += i is >= ChecksumAt and < ChecksumAt + 8 ? 0 : block[i];
        }

        return sum;
    }
}
