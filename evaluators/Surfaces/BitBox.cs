using System.Buffers;
using System.Runtime.CompilerServices;

namespace Touchstone.Evaluators;

/// <summary>
/// Where the bits of a box lie in memory: one bit a point, one row of 64-bit words after the other, and around the box enough
/// zeros that a search may look past its faces without asking.
/// </summary>
internal readonly struct BitLayout
{
    /// <summary>Rows of zeros beyond each face along y and z; no search looks further.</summary>
    public const int RowMargin = 8;

    /// <summary>Zero bits before and after each row.</summary>
    public const int BitMargin = 64;

    /// <summary>Lays out a box.</summary>
    /// <param name="box">The points.</param>
    public BitLayout(Box box)
    {
        Box = box;
        RowWords = (box.X1 - box.X0 + 1 + (2 * BitMargin) + 63) / 64;
        SliceWords = RowWords * (box.Y1 - box.Y0 + 1 + (2 * RowMargin));
        Words = checked(SliceWords * (box.Z1 - box.Z0 + 1 + (2 * RowMargin)));
    }

    /// <summary>The points.</summary>
    public Box Box { get; }

    /// <summary>Words from a row to the next.</summary>
    public int RowWords { get; }

    /// <summary>Words from a slice to the next.</summary>
    public int SliceWords { get; }

    /// <summary>Words in all.</summary>
    public int Words { get; }

    /// <summary>First word of a row that holds points of the box; the row's margin is the word before.</summary>
    /// <param name="y">Row, in the volume's numbers.</param>
    /// <param name="z">Slice, in the volume's numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int RowStart(int y, int z) =>
        ((z - Box.Z0 + RowMargin) * SliceWords) + ((y - Box.Y0 + RowMargin) * RowWords) + (BitMargin / 64);
}

/// <summary>Bits in a <see cref="BitLayout"/>, in memory borrowed from the pool.</summary>
/// <param name="layout">Where each lies.</param>
internal sealed class BitBox(BitLayout layout) : IDisposable
{
    private readonly ulong[] _words = Cleared(layout.Words);

    /// <summary>Where each bit lies.</summary>
    public BitLayout Layout { get; } = layout;

    /// <summary>All words.</summary>
    public Span<ulong> Words => _words.AsSpan(0, Layout.Words);

    /// <summary>The voxels of a mask, one bit each.</summary>
    /// <param name="mask">Within the layout's box.</param>
    /// <param name="layout">Where each lies.</param>
    public static BitBox Of(Mask mask, BitLayout layout)
    {
        var bits = new BitBox(layout);
        var words = bits.Words;
        foreach (var run in mask.Runs)
        {
            Fill(words[layout.RowStart(run.Y, run.Z)..], run.Start - layout.Box.X0, run.End - layout.Box.X0);
        }

        return bits;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<ulong>.Shared.Return(_words);

    private static ulong[] Cleared(int count)
    {
        var words = ArrayPool<ulong>.Shared.Rent(count);
        words.AsSpan(0, count).Clear();
        return words;
    }

    private static void Fill(Span<ulong> row, int start, int end)
    {
        var (first, last) = (start / 64, (end - 1) / 64);
        var (head, tail) = (ulong.MaxValue << start, ulong.MaxValue >> -end);
        if (first == last)
        {
            row[first] |= head & tail;
            return;
        }

        row[first] |= head;
        row[(first + 1)..last].Fill(ulong.MaxValue);
        row[last] |= tail;
    }
}
