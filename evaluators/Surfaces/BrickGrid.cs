using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Touchstone.Evaluators;

/// <summary>
/// A surface as bricks of 8×8×8 points and groups of 8×8×8 bricks, each with the smallest box around its points. The bits of
/// the surface tell which bricks hold points; the points themselves are listed when a brick is first looked into.
/// </summary>
internal sealed class BrickGrid : IDisposable
{
    private const int Side = 8;

    private readonly BitBox _surface;
    private readonly BitLayout _layout;
    private readonly RoughDistances _distances;
    private readonly (int X, int Y, int Z) _size;
    private readonly BoxList _groups;
    private readonly List<int> _groupEnds = [];
    private readonly BoxList _bricks;
    private readonly PointBlock[] _blocks;
    private readonly PointBlocks _points;

    /// <summary>Divides a surface.</summary>
    /// <param name="surface">One point at least.</param>
    /// <param name="distances">Squared distances at the grid's spacing.</param>
    public BrickGrid(BitBox surface, SquaredDistances distances)
    {
        (_surface, _layout, _distances) = (surface, surface.Layout, new RoughDistances(distances.Spacing));
        (_groups, _bricks, _points) = (new BoxList(_distances), new BoxList(_distances), new PointBlocks(distances));
        var box = _layout.Box;
        _size = (((box.X1 - box.X0) / Side) + 1, ((box.Y1 - box.Y0) / Side) + 1, ((box.Z1 - box.Z0) / Side) + 1);
        AddGroups(FindOccupied());
        _blocks = new PointBlock[_bricks.Count];
    }

    /// <summary>Sorts points by brick and leaves those of a brick in their order.</summary>
    /// <param name="points">Within the box of the surface's layout; reordered.</param>
    /// <returns>The ends of the bricks that have points.</returns>
    public IReadOnlyList<int> Sort(Span<SurfacePoint> points)
    {
        var places = new int[_size.X * _size.Y * _size.Z];
        foreach (var point in points)
        {
            places[BrickOf(point)]++;
        }

        var ends = new List<int>();
        for (int brick = 0, sum = 0; brick < places.Length; brick++)
        {
            var count = places[brick];
            (places[brick], sum) = (sum, sum + count);
            if (count > 0)
            {
                ends.Add(sum);
            }
        }

        foreach (var point in points.ToArray())
        {
            points[places[BrickOf(point)]++] = point;
        }

        return ends;
    }

    /// <summary>Finds the bricks that may hold a point within a bound of a point of a box.</summary>
    /// <param name="from">The box.</param>
    /// <param name="bound">A squared distance in mm².</param>
    /// <param name="boxes">Receives the boxes around their points; its old content is dropped.</param>
    /// <param name="bricks">Receives their numbers, in the same order; its old content is dropped.</param>
    public void FindNear(in Box from, double bound, BoxList boxes, List<int> bricks)
    {
        boxes.Clear();
        bricks.Clear();
        var rough = new RoughBox(from);
        var limit = _distances.LimitOf(bound);
        for (var i = 0; i < _groups.Count; i += RoughDistances.Lanes)
        {
            for (var near = _groups.Near(i, rough, limit); near != 0; near &= near - 1)
            {
                AddNear(i + BitOperations.TrailingZeroCount(near), rough, limit, boxes, bricks);
            }
        }

        boxes.EndVector();
    }

    /// <summary>Finds the nearest point of a brick, if it is nearer than the nearest so far.</summary>
    /// <param name="brick">Its number.</param>
    /// <param name="from">Where to measure from.</param>
    /// <param name="rough">The same.</param>
    /// <param name="nearest">The nearest so far; replaced by a nearer one.</param>
    public void FindNearer(int brick, SurfacePoint from, in RoughBox rough, ref NearestPoint nearest)
    {
        if (_blocks[brick] == default)
        {
            _blocks[brick] = ListPoints(_bricks.At(brick));
        }

        _points.FindNearer(_blocks[brick], from, rough, ref nearest);
    }

    /// <inheritdoc/>
    public void Dispose() => _points.Dispose();

    private void AddNear(int group, in RoughBox from, Vector512<float> limit, BoxList boxes, List<int> bricks)
    {
        var first = group == 0 ? 0 : _groupEnds[group - 1];
        for (var i = first; i < _groupEnds[group]; i += RoughDistances.Lanes)
        {
            for (var near = _bricks.Near(i, from, limit); near != 0; near &= near - 1)
            {
                var brick = i + BitOperations.TrailingZeroCount(near);
                boxes.AddFrom(_bricks, brick);
                bricks.Add(brick);
            }
        }
    }

    /// <summary>
    /// Lays all rows of eight slices over each other: a byte that is not zero is a brick that holds points.
    /// </summary>
    /// <returns>By brick, x fastest.</returns>
    private bool[] FindOccupied()
    {
        var occupied = new bool[_size.X * _size.Y * _size.Z];
        ReadOnlySpan<ulong> words = _surface.Words;
        Span<ulong> united = stackalloc ulong[_layout.RowWords - 1];
        for (var line = 0; line < _size.Y * _size.Z; line++)
        {
            var first = _layout.RowStart(
                _layout.Box.Y0 + (line % _size.Y * Side), _layout.Box.Z0 + (line / _size.Y * Side));
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
            for (var x = 0; x < _size.X; x++)
            {
                occupied[(line * _size.X) + x] = bytes[x] != 0;
            }
        }

        return occupied;
    }

    private void AddGroups(bool[] occupied)
    {
        for (var z = 0; z < _size.Z; z += Side)
        {
            for (var y = 0; y < _size.Y; y += Side)
            {
                for (var x = 0; x < _size.X; x += Side)
                {
                    AddGroup(occupied, x, y, z);
                }
            }
        }

        _groups.EndVector();
    }

    private void AddGroup(bool[] occupied, int x0, int y0, int z0)
    {
        Box? around = null;
        for (var z = z0; z < Math.Min(z0 + Side, _size.Z); z++)
        {
            for (var y = y0; y < Math.Min(y0 + Side, _size.Y); y++)
            {
                for (var x = x0; x < Math.Min(x0 + Side, _size.X); x++)
                {
                    if (occupied[(((z * _size.Y) + y) * _size.X) + x])
                    {
                        var box = BoxOf(x, y, z);
                        around = around?.Union(box) ?? box;
                        _bricks.Add(box);
                    }
                }
            }
        }

        if (around is { } group)
        {
            _bricks.EndVector();
            _groups.Add(group);
            _groupEnds.Add(_bricks.Count);
        }
    }

    /// <summary>The smallest box around the points of a brick that has some.</summary>
    private Box BoxOf(int brickX, int brickY, int brickZ)
    {
        var (x, y, z) = (
            _layout.Box.X0 + (brickX * Side), _layout.Box.Y0 + (brickY * Side), _layout.Box.Z0 + (brickZ * Side));
        uint along = 0;
        var (y0, y1, z0, z1) = (Side, -1, Side, -1);
        for (var row = 0; row < Side * Side; row++)
        {
            var (dz, dy) = (row / Side, row % Side);
            var here = BitsOf(x, y + dy, z + dz);
            if (here != 0)
            {
                along |= here;
                (y0, y1) = (Math.Min(y0, dy), Math.Max(y1, dy));
                (z0, z1) = (Math.Min(z0, dz), dz);
            }
        }

        return new Box(
            x + BitOperations.TrailingZeroCount(along), x + BitOperations.Log2(along), y + y0, y + y1, z + z0, z + z1);
    }

    private PointBlock ListPoints(Box box)
    {
        var x = box.X0 - ((box.X0 - _layout.Box.X0) % Side);
        for (var z = box.Z0; z <= box.Z1; z++)
        {
            for (var y = box.Y0; y <= box.Y1; y++)
            {
                for (var row = BitsOf(x, y, z); row != 0; row &= row - 1)
                {
                    _points.Add(x + BitOperations.TrailingZeroCount(row), y, z);
                }
            }
        }

        return _points.EndBlock();
    }

    /// <summary>Eight points of a row, one bit each.</summary>
    /// <param name="x">The first; a brick begins there.</param>
    /// <param name="y">Row.</param>
    /// <param name="z">Slice.</param>
    private uint BitsOf(int x, int y, int z) =>
        MemoryMarshal.AsBytes(_surface.Words)[(_layout.RowStart(y, z) * sizeof(ulong)) + ((x - _layout.Box.X0) / Side)];

    private int BrickOf(SurfacePoint point) =>
        ((((point.Z - _layout.Box.Z0) / Side * _size.Y) + ((point.Y - _layout.Box.Y0) / Side)) * _size.X)
            + ((point.X - _layout.Box.X0) / Side);
}
