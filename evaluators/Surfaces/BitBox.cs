using System.Buffers;

namespace Touchstone.Evaluators;

/// <summary>
/// Where the bits of a box lie in memory: one bit a point, one row of 64-bit words after the other, and around the box enough
/// zeros that a search may look past its faces without asking.
/// </summary>
internal readonly struct BitLayout
{
    /// <summary>Rows of zeros beyond each face along y and z; no search looks further.</summary>
    public const int RowMargin = 8;

    /// <summary>Lays out a box.</summary>
    /// <param name="box">The points.</param>
    public BitLayout(Box box)
    {
        // The word of zeros after a row is also the one before the next.
        Box = box;
        RowWords = ((box.X1 - box.X0) / 64) + 2;
        SliceWords = RowWords * (box.Y1 - box.Y0 + 1 + (2 * RowMargin));
        Words = checked((SliceWords * (box.Z1 - box.Z0 + 1 + (2 * RowMargin))) + 2);
    }

    /// <summary>The points.</summary>
    public Box Box { get; }

    /// <summary>Words from a row to the next.</summary>
    public int RowWords { get; }

    /// <summary>Words from a slice to the next.</summary>
    public int SliceWords { get; }

    /// <summary>Words in all.</summary>
    public int Words { get; }

    /// <summary>
    /// First word of a row that holds points of the box; the word before it and the one after the row are zero.
    /// </summary>
    /// <param name="y">Row, in the volume's numbers.</param>
    /// <param name="z">Slice, in the volume's numbers.</param>
    public int RowStart(int y, int z) =>
        ((z - Box.Z0 + RowMargin) * SliceWords) + ((y - Box.Y0 + RowMargin) * RowWords) + 1;
}

/// <summary>Bits in a <see cref="BitLayout"/>, in memory borrowed from the pool.</summary>
internal sealed class BitBox : IDisposable
{
    private readonly ulong[] _words;

    /// <summary>Borrows the memory, all zeros.</summary>
    /// <param name="layout">Where each bit lies.</param>
    public BitBox(BitLayout layout)
    {
        Layout = layout;
        _words = ArrayPool<ulong>.Shared.Rent(layout.Words);
        Words.Clear();
    }

    /// <summary>Where each bit lies.</summary>
    public BitLayout Layout { get; }

    /// <summary>All words.</summary>
    public Span<ulong> Words => _words.AsSpan(0, Layout.Words);

    /// <summary>The words of a row.</summary>
    /// <param name="y">Row of the box, in the volume's numbers.</param>
    /// <param name="z">Slice of the box, in the volume's numbers.</param>
    public ReadOnlySpan<ulong> Row(int y, int z) => Words.Slice(Layout.RowStart(y, z), Layout.RowWords - 1);

    /// <summary>Whether a place is in the box and its bit is set.</summary>
    /// <param name="x">Place along x, in the volume's numbers.</param>
    /// <param name="y">Place along y, in the volume's numbers.</param>
    /// <param name="z">Place along z, in the volume's numbers.</param>
    public bool Has(int x, int y, int z)
    {
        var box = Layout.Box;
        return x >= box.X0 && x <= box.X1 && y >= box.Y0 && y <= box.Y1 && z >= box.Z0 && z <= box.Z1
            && (_words[Layout.RowStart(y, z) + ((x - box.X0) / 64)] >> (x - box.X0) & 1) != 0;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<ulong>.Shared.Return(_words);
}
