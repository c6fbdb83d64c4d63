using System.Runtime.Intrinsics;

namespace Touchstone.Evaluators;

/// <summary>
/// Boxes around points. Their faces lie apart, an array for each, so that a vector of <see cref="RoughDistances.Lanes"/> boxes
/// is tested at once.
/// </summary>
/// <param name="distances">Distances at the grid's spacing.</param>
internal sealed class BoxList(RoughDistances distances)
{
    // First and last place along x, along y and along z.
    private readonly float[][] _faces = [[], [], [], [], [], []];

    /// <summary>How many there are, those included that fill up a vector.</summary>
    public int Count { get; private set; }

    /// <summary>Appends a box.</summary>
    /// <param name="box">The box.</param>
    public void Add(in Box box)
    {
        if (Count == _faces[0].Length)
        {
            Grow();
        }

        (_faces[0][Count], _faces[1][Count]) = (box.X0, box.X1);
        (_faces[2][Count], _faces[3][Count]) = (box.Y0, box.Y1);
        (_faces[4][Count], _faces[5][Count]) = (box.Z0, box.Z1);
        Count++;
    }

    /// <summary>Fills up the last vector with places that are near to nothing.</summary>
    public void EndVector()
    {
        for (; Count % RoughDistances.Lanes != 0; Count++)
        {
            foreach (var face in _faces)
            {
                face[Count] = float.PositiveInfinity;
            }
        }
    }

    /// <summary>Removes all boxes.</summary>
    public void Clear() => Count = 0;

    /// <summary>A box.</summary>
    /// <param name="index">Its place in the list.</param>
    public Box At(int index) => new(
        (int)_faces[0][index], (int)_faces[1][index], (int)_faces[2][index],
        (int)_faces[3][index], (int)_faces[4][index], (int)_faces[5][index]);

    /// <summary>Which boxes of a vector may hold a point within a limit of another box, one bit each.</summary>
    /// <param name="first">Place of the vector's first box.</param>
    /// <param name="from">The other box.</param>
    /// <param name="limit">The limit.</param>
    public ulong Near(int first, in Box from, Vector512<float> limit) => distances.Within(
        Gap(_faces[0], _faces[1], first, from.X0, from.X1),
        Gap(_faces[2], _faces[3], first, from.Y0, from.Y1),
        Gap(_faces[4], _faces[5], first, from.Z0, from.Z1),
        limit);

    /// <summary>Steps from a range to each of a vector of ranges; 0 where they overlap.</summary>
    private static Vector512<float> Gap(float[] starts, float[] ends, int first, int from, int to)
    {
        var before = Vector512.Create(starts.AsSpan(first)) - Vector512.Create((float)to);
        var after = Vector512.Create((float)from) - Vector512.Create(ends.AsSpan(first));
        return Vector512.MaxNative(Vector512<float>.Zero, Vector512.MaxNative(before, after));
    }

    private void Grow()
    {
        for (var face = 0; face < _faces.Length; face++)
        {
            Array.Resize(ref _faces[face], Math.Max(8 * RoughDistances.Lanes, 2 * Count));
        }
    }
}
