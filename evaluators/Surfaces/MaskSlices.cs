using System.Buffers;

namespace Touchstone.Evaluators;

/// <summary>
/// A mask as bits, slice by slice in rising order, of which the last three are at hand. Small enough for the cache.
/// </summary>
internal sealed class MaskSlices : IDisposable
{
    private const int Held = 3;

    private readonly Mask _mask;
    private readonly Box _box;
    private readonly int _rowWords;
    private readonly int _sliceWords;
    private readonly ulong[] _words;
    private int _next;

    /// <summary>Begins before the first slice.</summary>
    /// <param name="mask">The voxels.</param>
    /// <param name="layout">A box around them, whose rows these rows match word by word.</param>
    public MaskSlices(Mask mask, BitLayout layout)
    {
        (_mask, _box, _rowWords) = (mask, layout.Box, layout.RowWords);
        _sliceWords = (_rowWords * (_box.Y1 - _box.Y0 + 3)) + 1;
        _words = ArrayPool<ulong>.Shared.Rent(Held * _sliceWords);
        _words.AsSpan(0, Held * _sliceWords).Clear();
    }

    /// <summary>Takes in the next slice and forgets the oldest.</summary>
    /// <param name="z">One more than at the last call.</param>
    public void Load(int z)
    {
        var slice = Slice(z);
        slice.Clear();
        var runs = _mask.Runs;
        for (; _next < runs.Length && runs[_next].Z == z; _next++)
        {
            var run = runs[_next];
            Fill(slice[RowStart(run.Y)..], run.Start - _box.X0, run.End - _box.X0);
        }
    }

    /// <summary>A row's words, and the zero word on either side of them.</summary>
    /// <param name="y">A row of the box, or the one before its first or after its last.</param>
    /// <param name="z">One of the last three slices.</param>
    public ReadOnlySpan<ulong> Row(int y, int z) => Slice(z).Slice(RowStart(y) - 1, _rowWords + 1);

    /// <summary>
    /// Two rows that follow each other, in one piece: word i of the second is word i + <see cref="BitLayout.RowWords"/>.
    /// </summary>
    /// <param name="y">The first row: one of the box, or the one before.</param>
    /// <param name="z">One of the last three slices.</param>
    public ReadOnlySpan<ulong> TwoRows(int y, int z) => Slice(z).Slice(RowStart(y) - 1, (2 * _rowWords) + 1);

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<ulong>.Shared.Return(_words);

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

    private Span<ulong> Slice(int z) => _words.AsSpan((z + Held) % Held * _sliceWords, _sliceWords);

    private int RowStart(int y) => ((y - _box.Y0 + 1) * _rowWords) + 1;
}
