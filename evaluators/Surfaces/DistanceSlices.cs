using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Touchstone.Evaluators;

/// <summary>
/// For every place of some slices, the key of the distance to the nearest surface point of the same slice. Slices are made in
/// rising order, each in two passes, along x and along y; the last ones are at hand. Memory is borrowed from the pool.
/// </summary>
internal sealed class DistanceSlices : IDisposable
{
    /// <summary>Places that are worked on at once.</summary>
    public static readonly int Lanes = Vector<short>.Count;

    private readonly BitBox _surface;
    private readonly DistanceKeys _keys;
    private readonly Box _window;
    private readonly int _width;
    private readonly int _held;
    private readonly short[] _alongX;
    private readonly short[] _keysHeld;
    private readonly short[] _around;
    private readonly Vector<short>[] _acrossRows;
    private readonly List<int> _rows = [];
    private int _next;

    /// <summary>Begins before the first slice.</summary>
    /// <param name="surface">The surface to find.</param>
    /// <param name="keys">Keys of distances.</param>
    /// <param name="window">The places that are asked for, by x and y.</param>
    public DistanceSlices(BitBox surface, DistanceKeys keys, Box window)
    {
        (_surface, _keys, _window) = (surface, keys, window);
        _width = WidthOf(window);
        _held = (2 * keys.Z.Length) - 1;
        _alongX = ArrayPool<short>.Shared.Rent(_width * (surface.Layout.Box.Y1 - surface.Layout.Box.Y0 + 1));
        _keysHeld = ArrayPool<short>.Shared.Rent(checked(_held * _width * (window.Y1 - window.Y0 + 1)));
        _around = KeysAround(_width + surface.Layout.Box.X1 - surface.Layout.Box.X0);
        _acrossRows = [.. keys.Y.Select(key => new Vector<short>(key))];
        _next = surface.Layout.Box.Z0;
    }

    /// <summary>Keys that are held for each row of a window.</summary>
    /// <param name="window">The window.</param>
    public static int WidthOf(Box window) => (((window.X1 - window.X0) / (2 * Lanes)) + 1) * 2 * Lanes;

    /// <summary>
    /// The keys held: for every row of the window, and every <see cref="Lanes"/> places of it, those of one slice after the other.
    /// </summary>
    public ReadOnlySpan<short> Keys => _keysHeld;

    /// <summary>Where, from <see cref="PlaceOf"/>, the keys of a slice are, while it is at hand.</summary>
    /// <param name="z">The slice.</param>
    public int SliceOffset(int z) => (z - _surface.Layout.Box.Z0) % _held * Lanes;

    /// <summary>Where the places begin among which a point is.</summary>
    /// <param name="point">Of the window.</param>
    public int PlaceOf(SurfacePoint point) =>
        (((point.Y - _window.Y0) * _width) + (point.X - _window.X0) - LaneOf(point)) * _held;

    /// <summary>Which of those places is the point's.</summary>
    /// <param name="point">Of the window.</param>
    public int LaneOf(SurfacePoint point) => (point.X - _window.X0) % Lanes;

    /// <summary>Has the slices at hand that are within reach of one, as far as the surface's box goes.</summary>
    /// <param name="z">The slice; no lesser than at the last call.</param>
    public void Reach(int z)
    {
        _next = Math.Max(_next, z - (_held / 2));
        for (; _next <= Math.Min(z + (_held / 2), _surface.Layout.Box.Z1); _next++)
        {
            MakeAlongX(_next);
            MakeAlongY(SliceOffset(_next));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<short>.Shared.Return(_alongX);
        ArrayPool<short>.Shared.Return(_keysHeld);
    }

    /// <summary>Keys of the places before and after a point, which is in the middle.</summary>
    private short[] KeysAround(int most) =>
    [
        .. Enumerable.Range(-most, (2 * most) + 1)
            .Select(steps => Math.Abs(steps) < _keys.X.Length ? _keys.X[Math.Abs(steps)] : DistanceKeys.Nothing),
    ];

    /// <summary>The first pass: for every row that has points, the key of the distance to the nearest of its own.</summary>
    private void MakeAlongX(int z)
    {
        var (box, reach) = (_surface.Layout.Box, _keys.Y.Length - 1);
        _rows.Clear();
        for (var y = Math.Max(box.Y0, _window.Y0 - reach); y <= Math.Min(box.Y1, _window.Y1 + reach); y++)
        {
            if (MakeRow(_surface.Row(y, z), _alongX.AsSpan(_rows.Count * _width, _width)))
            {
                _rows.Add(y);
            }
        }
    }

    /// <summary>Copies, around every point of a row, the keys up to halfway to the next.</summary>
    /// <returns>Whether there are points.</returns>
    private bool MakeRow(ReadOnlySpan<ulong> bits, Span<short> row)
    {
        var (start, done, last) = (_surface.Layout.Box.X0 - _window.X0, 0, int.MinValue);
        for (var word = 0; word < bits.Length; word++, start += 64)
        {
            for (var left = bits[word]; left != 0; left &= left - 1)
            {
                var point = start + BitOperations.TrailingZeroCount(left);
                if (last != int.MinValue)
                {
                    CopyUpTo(Math.Min(((last + point) >> 1) + 1, row.Length), row);
                }

                last = point;
            }
        }

        if (last != int.MinValue)
        {
            CopyUpTo(row.Length, row);
        }

        return last != int.MinValue;

        void CopyUpTo(int end, Span<short> row)
        {
            if (end > done)
            {
                _around.AsSpan((_around.Length / 2) + done - last, end - done).CopyTo(row[done..]);
                done = end;
            }
        }
    }

    /// <summary>The second pass: the least over the rows within reach, two vectors at a time.</summary>
    private void MakeAlongY(int offset)
    {
        var (first, end) = (0, 0);
        for (var y = _window.Y0; y <= _window.Y1; y++, offset += _width * _held)
        {
            for (; first < _rows.Count && y - _rows[first] >= _acrossRows.Length; first++)
            {
            }

            for (; end < _rows.Count && _rows[end] - y < _acrossRows.Length; end++)
            {
            }

            for (var x = 0; x < _width; x += 2 * Lanes)
            {
                var (a, b) = LeastAlongY(y, first, end, x);
                a.CopyTo(_keysHeld, offset + (x * _held));
                b.CopyTo(_keysHeld, offset + ((x + Lanes) * _held));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector<short> A, Vector<short> B) LeastAlongY(int y, int firstRow, int endRow, int x)
    {
        ref var keys = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_alongX), (firstRow * _width) + x);
        var a = new Vector<short>(DistanceKeys.Nothing);
        var b = a;
        foreach (var row in CollectionsMarshal.AsSpan(_rows)[firstRow..endRow])
        {
            var across = _acrossRows[Math.Abs(row - y)];
            a = Vector.Min(a, Vector.LoadUnsafe(ref keys) + across);
            b = Vector.Min(b, Vector.LoadUnsafe(ref keys, (nuint)Lanes) + across);
            keys = ref Unsafe.Add(ref keys, _width);
        }

        return (a, b);
    }
}
