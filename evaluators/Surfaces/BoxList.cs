using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Touchstone.Evaluators;

/// <summary>
/// Boxes around points, in vectors of <see cref="RoughDistances.Lanes"/> that are tested at once: in memory six vectors follow
/// each other, the first and the last places along x, along y and along z.
/// </summary>
/// <param name="distances">Distances at the grid's spacing.</param>
internal sealed class BoxList(RoughDistances distances)
{
    private const int Faces = 6;

    private float[] _faces = [];

    /// <summary>How many there are, those included that fill up a vector.</summary>
    public int Count { get; private set; }

    /// <summary>Appends a box.</summary>
    /// <param name="box">The box.</param>
    public void Add(in Box box)
    {
        var lane = NewLane();
        (lane[0], lane[RoughDistances.Lanes]) = (box.X0, box.X1);
        (lane[2 * RoughDistances.Lanes], lane[3 * RoughDistances.Lanes]) = (box.Y0, box.Y1);
        (lane[4 * RoughDistances.Lanes], lane[5 * RoughDistances.Lanes]) = (box.Z0, box.Z1);
    }

    /// <summary>Appends a box of another list.</summary>
    /// <param name="other">The other list.</param>
    /// <param name="index">The box's place in it.</param>
    public void AddFrom(BoxList other, int index)
    {
        var lane = NewLane();
        var from = other.Lane(index);
        for (var face = 0; face < Faces; face++)
        {
            lane[face * RoughDistances.Lanes] = from[face * RoughDistances.Lanes];
        }
    }

    /// <summary>Fills up the last vector with places that are near to nothing.</summary>
    public void EndVector()
    {
        while (Count % RoughDistances.Lanes != 0)
        {
            var lane = Lane(Count++);
            for (var face = 0; face < Faces; face++)
            {
                lane[face * RoughDistances.Lanes] = float.PositiveInfinity;
            }
        }
    }

    /// <summary>Removes all boxes.</summary>
    public void Clear() => Count = 0;

    /// <summary>A box.</summary>
    /// <param name="index">Its place in the list.</param>
    public Box At(int index)
    {
        var lane = Lane(index);
        return new Box(
            (int)lane[0], (int)lane[RoughDistances.Lanes],
            (int)lane[2 * RoughDistances.Lanes], (int)lane[3 * RoughDistances.Lanes],
            (int)lane[4 * RoughDistances.Lanes], (int)lane[5 * RoughDistances.Lanes]);
    }

    /// <summary>Which boxes of a vector may hold a point within a limit of another box, one bit each.</summary>
    /// <param name="first">Place of the vector's first box.</param>
    /// <param name="from">The other box.</param>
    /// <param name="limit">The limit.</param>
    public ulong Near(int first, in RoughBox from, Vector512<float> limit)
    {
        var faces = MemoryMarshal.Cast<float, Vector512<float>>(_faces.AsSpan(Faces * first, Faces * RoughDistances.Lanes));
        var squared = distances.Squared(
            Gap(faces[0] - from.X1, from.X0 - faces[1]),
            Gap(faces[2] - from.Y1, from.Y0 - faces[3]),
            Gap(faces[4] - from.Z1, from.Z0 - faces[5]));
        return RoughDistances.Within(squared, limit);
    }

    /// <summary>Steps between ranges, of which one begins so far before or after the other; 0 where they overlap.</summary>
    private static Vector512<float> Gap(Vector512<float> before, Vector512<float> after) =>
        Vector512.MaxNative(Vector512<float>.Zero, Vector512.MaxNative(before, after));

    private Span<float> NewLane()
    {
        if (Faces * Count == _faces.Length)
        {
            Array.Resize(ref _faces, Faces * Math.Max(4 * RoughDistances.Lanes, 2 * Count));
        }

        return Lane(Count++);
    }

    private Span<float> Lane(int index) => _faces.AsSpan(
        (Faces * (index - (index % RoughDistances.Lanes))) + (index % RoughDistances.Lanes));
}
