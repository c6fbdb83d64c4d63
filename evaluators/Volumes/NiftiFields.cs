using System.Buffers.Binary;

namespace Touchstone.Evaluators;

/// <summary>
/// The numbers of a NIfTI header: version 1 stores 16-bit integers and 32-bit reals, version 2 64-bit ones.
/// </summary>
internal readonly ref struct NiftiFields(ReadOnlySpan<byte> bytes, bool isVersion2, bool isSwapped)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>True when the header's first byte of a number is its most significant.</summary>
    public bool IsBigEndian { get; } = isSwapped;

    /// <summary>A 16-bit integer, in both versions.</summary>
    /// <param name="at">First byte.</param>
    public short Short(int at) => IsBigEndian
        ? BinaryPrimitives.ReadInt16BigEndian(_bytes[at..])
        : BinaryPrimitives.ReadInt16LittleEndian(_bytes[at..]);

    /// <summary>A transform code: 16 bits in version 1, 32 in version 2.</summary>
    /// <param name="at">First byte.</param>
    public int Code(int at) => !isVersion2 ? Short(at)
        : IsBigEndian ? BinaryPrimitives.ReadInt32BigEndian(_bytes[at..])
        : BinaryPrimitives.ReadInt32LittleEndian(_bytes[at..]);

    /// <summary>An integer of an array: 16 bits in version 1, 64 in version 2.</summary>
    /// <param name="at">First byte of the array.</param>
    /// <param name="index">Which of the array.</param>
    public long Integer(int at, int index) => !isVersion2 ? Short(at + (2 * index))
        : IsBigEndian ? BinaryPrimitives.ReadInt64BigEndian(_bytes[(at + (8 * index))..])
        : BinaryPrimitives.ReadInt64LittleEndian(_bytes[(at + (8 * index))..]);

    /// <summary>A real of an array: 32 bits in version 1 (widened unchanged), 64 in version 2.</summary>
    /// <param name="at">First byte of the array.</param>
    /// <param name="index">Which of the array.</param>
    public double Real(int at, int index)
    {
        if (isVersion2)
        {
            return BitConverter.Int64BitsToDouble(Integer(at, index));
        }

        var four = _bytes[(at + (4 * index))..];
        return IsBigEndian ? BinaryPrimitives.ReadSingleBigEndian(four) : BinaryPrimitives.ReadSingleLittleEndian(four);
    }

    /// <summary>A row of the sform.</summary>
    /// <param name="at">First byte of the first row.</param>
    /// <param name="row">0 to 2.</param>
    public AffineRow Row(int at, int row) => new(
        Real(at, 4 * row), Real(at, (4 * row) + 1), Real(at, (4 * row) + 2), Real(at, (4 * row) + 3));
}
