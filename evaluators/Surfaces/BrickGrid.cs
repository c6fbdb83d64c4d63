using System.Numerics;
using System.Runtime.InteropServices;

namespace Touchstone.Evaluators;

/// <summary>
/// A surface seen as bricks of 8×8×8 points. A brick of bits is 64 bytes, one for each of its rows, so nothing has to be
/// sorted: the bits of the surface are the index.
/// </summary>
internal sealed class BrickGrid
{
    private const int Side = BrickOffset.Side;

    private readonly BitBox _surface;
    private readonly BitLayout _layout;
    private readonly int _nx;
    private readonly int _ny;
    private readonly int _nz;
    private readonly bool[] _isOccupied;
    private readonly Brick[] _bricks;

    /// <summary>Looks at a surface.</summary>
    /// <param name="surface">One point at least.</param>
    public BrickGrid(BitBox surface)
    {
        (_surface, _layout) = (surface, surface.Layout);
        var box = _layout.Box;
        (_nx, _ny, _nz) = (((box.X1 - box.X0) / Side) + 1, ((box.Y1 - box.Y0) / Side) + 1, ((box.Z1 - box.Z0) / Side) + 1);
        _isOccupied = new bool[_nx * _ny * _nz];
        _bricks = new Brick[_isOccupied.Length];
        FindOccupied();
    }

    /// <summary>Sorts points by brick and leaves those of a brick in their order.</summary>
    /// <param name="points">Within the box; reordered.</param>
    /// <returns>The bricks that have points, in their order, each with the end of its points.</returns>
    public IReadOnlyList<(int Brick, int End)> Sort(Span<SurfacePoint> points)
    {
        var places = new int[_bricks.Length];
        foreach (var point in points)
        {
            places[BrickOf(point)]++;
        }

        var ends = new List<(int Brick, int End)>();
        for (int brick = 0, sum = 0; brick < places.Length; brick++)
        {
            var count = places[brick];
            (places[brick], sum) = (sum, sum + count);
            if (count > 0)
            {
                ends.Add((brick, sum));
            }
        }

        foreach (var point in points.ToArray())
        {
            points[places[BrickOf(point)]++] = point;
        }

        return ends;
    }

    /// <summary>Where a brick is among the bricks.</summary>
    /// <param name="brick">Its number.</param>
    public (int X, int Y, int Z) PlaceOf(int brick) => (brick % _nx, brick / _nx % _ny, brick / _nx / _ny);

    /// <summary>The brick of a place; null when it holds no points or there is none.</summary>
    /// <param name="x">Brick along x.</param>
    /// <param name="y">Brick along y.</param>
    /// <param name="z">Brick along z.</param>
    public Brick? TryGet(int x, int y, int z)
    {
        if ((uint)x >= (uint)_nx || (uint)y >= (uint)_ny || (uint)z >= (uint)_nz)
        {
            return null;
        }

        var number = (((z * _ny) + y) * _nx) + x;
        return _isOccupied[number] ? Get(number) : null;
    }

    /// <summary>Every brick that holds points.</summary>
    public IEnumerable<Brick> All() => Enumerable.Range(0, _isOccupied.Length).Where(number => _isOccupied[number]).Select(Get);

    /// <summary>The lesser of a bound and the least squared distance from a point to the points of a brick.</summary>
    /// <param name="brick">The brick.</param>
    /// <param name="point">Where to measure from.</param>
    /// <param name="squares">Squares of steps.</param>
    /// <param name="best">The bound, a squared distance.</param>
    public double Least(in Brick brick, SurfacePoint point, StepSquares squares, double best)
    {
        ReadOnlySpan<byte> bits = MemoryMarshal.AsBytes(_surface.Words);
        var place = point.X - brick.X;
        var gap = squares.X[Math.Max(0, Math.Max(brick.Box.X0 - point.X, point.X - brick.Box.X1))];
        for (var z = brick.Box.Z0; z <= brick.Box.Z1; z++)
        {
            var zz = squares.Z[Math.Abs(z - point.Z)];
            for (var y = brick.Box.Y0; y <= brick.Box.Y1 && gap + zz < best; y++)
            {
                var yy = squares.Y[Math.Abs(y - point.Y)];
                if (gap + yy + zz >= best)
                {
                    continue;
                }

                uint row = bits[brick.Origin + (((z * _layout.SliceWords) + (y * _layout.RowWords)) * sizeof(ulong))];
                if (row != 0)
                {
                    best = Math.Min(best, squares.X[Steps(row, place)] + yy + zz);
                }
            }
        }

        return best;
    }

    /// <summary>Steps along x from a place to the nearest set bit.</summary>
    /// <param name="row">Eight places, of which one is set at least.</param>
    /// <param name="place">Place of the point; 0 is the first of the eight, and it may lie beyond them.</param>
    private static int Steps(uint row, int place)
    {
        if (place <= 0)
        {
            return BitOperations.TrailingZeroCount(row) - place;
        }

        var last = BitOperations.Log2(row);
        if (place >= last)
        {
            return place - last;
        }

        var (before, up) = (row & ((2u << place) - 1), BitOperations.TrailingZeroCount(row >> place));
        return before == 0 ? up : Math.Min(up, place - BitOperations.Log2(before));
    }

    /// <summary>
    /// Lays all rows of eight slices over each other: a byte that is not zero is a brick that holds points.
    /// </summary>
    private void FindOccupied()
    {
        ReadOnlySpan<ulong> words = _surface.Words;
        Span<ulong> united = stackalloc ulong[_layout.RowWords - 1];
        for (var line = 0; line < _ny * _nz; line++)
        {
            var first = RowStart(line);
            united.Clear();
            for (var row = 0; row < Side * Side; row++)
            {
                var at = first + (row / Side * _layout.SliceWords) + (row % Side * _layout.RowWords);
                for (var word = 0; word < united.Length; word++)
                {
                    united[word] |= words[at + word];
                }
            }

            var bytes = MemoryMarshal.AsBytes(united);
            for (var x = 0; x < _nx; x++)
            {
                _isOccupied[(line * _nx) + x] = bytes[x] != 0;
            }
        }
    }

    private int BrickOf(SurfacePoint point) =>
        ((((point.Z - _layout.Box.Z0) / Side * _ny) + ((point.Y - _layout.Box.Y0) / Side)) * _nx)
            + ((point.X - _layout.Box.X0) / Side);

    /// <summary>First word of the first row of a line of bricks.</summary>
    private int RowStart(int line) =>
        _layout.RowStart(_layout.Box.Y0 + (line % _ny * Side), _layout.Box.Z0 + (line / _ny * Side));

    /// <summary>A brick, whose box is found when it is first asked for.</summary>
    private Brick Get(int number)
    {
        if (_bricks[number].Box == default)
        {
            _bricks[number] = Find(number);
        }

        return _bricks[number];
    }

    private Brick Find(int number)
    {
        ReadOnlySpan<byte> bits = MemoryMarshal.AsBytes(_surface.Words);
        var (line, column) = Math.DivRem(number, _nx);
        var (x, y, z) = (
            _layout.Box.X0 + (column * Side), _layout.Box.Y0 + (line % _ny * Side), _layout.Box.Z0 + (line / _ny * Side));
        var first = (RowStart(line) * sizeof(ulong)) + column;
        uint along = 0;
        var (y0, y1, z0, z1) = (Side, -1, Side, -1);
        for (var row = 0; row < Side * Side; row++)
        {
            var (dz, dy) = (row / Side, row % Side);
            uint here = bits[first + (((dz * _layout.SliceWords) + (dy * _layout.RowWords)) * sizeof(ulong))];
            if (here != 0)
            {
                along |= here;
                (y0, y1) = (Math.Min(y0, dy), Math.Max(y1, dy));
                (z0, z1) = (Math.Min(z0, dz), dz);
            }
        }

        return new Brick(
            first - (((z * _layout.SliceWords) + (y * _layout.RowWords)) * sizeof(ulong)),
            x,
            new Box(
                x + BitOperations.TrailingZeroCount(along), x + BitOperations.Log2(along), y + y0, y + y1, z + z0, z + z1));
    }
}
