namespace Touchstone.Evaluators;

/// <summary>
/// The rows around a point in order of distance, and the rank of every distance within reach. Whatever is nearer than
/// <see cref="ReachSquared"/> is found by looking at these rows and nothing else; comparing ranks is comparing distances.
/// </summary>
internal sealed class Neighbourhood
{
    /// <summary>
    /// Ranks a row has: one for each number of steps along x that a window of 64 bits can hold, and a last one, out of reach,
    /// for the 64 steps that a count of zeros gives for an empty window.
    /// </summary>
    public const int RankStride = 65;

    /// <summary>Steps along x that the window surely holds to either side of the point.</summary>
    public const int WindowReach = 28;

    /// <summary>Rows that are looked at together, beyond the point's own.</summary>
    public const int Together = 4;

    private const int MaxRows = 1 + (16 * Together);

    /// <summary>Prepares the search at a spacing.</summary>
    /// <param name="distances">Squared distances at that spacing.</param>
    public Neighbourhood(SquaredDistances distances)
    {
        var nearest = RowsByDistance(distances);
        ReachSquared = new[]
        {
            distances.Of(WindowReach + 1, 0, 0),
            distances.Of(0, BitLayout.RowMargin + 1, 0),
            distances.Of(0, 0, BitLayout.RowMargin + 1),
            distances.Of(0, nearest[MaxRows].Dy, nearest[MaxRows].Dz),
        }.Min();
        Rows = nearest[..MaxRows];
        Squared =
        [
            .. Rows.SelectMany(row => Enumerable.Range(0, RankStride).Select(dx => distances.Of(dx, row.Dy, row.Dz)))
                .Where(squared => squared < ReachSquared).Distinct().Order(),
        ];
        var along = Enumerable.Range(1, WindowReach).Count(dx => distances.Of(dx, 0, 0) < ReachSquared);
        WindowInReach = ((2UL << (2 * along)) - 1) << (WindowReach - along);
        Ranks =
        [
            .. Rows.SelectMany(row => Enumerable.Range(0, RankStride).Select(dx => RankOf(distances.Of(dx, row.Dy, row.Dz)))),
        ];
    }

    /// <summary>Rows, nearest first: the point's own, and some times <see cref="Together"/> others.</summary>
    public (int Dy, int Dz)[] Rows { get; }

    /// <summary>The bits of a window whose places along x are within reach.</summary>
    public ulong WindowInReach { get; }

    /// <summary>
    /// Rank by row and number of steps along x; <see cref="OutOfReach"/> where it may not be the nearest.
    /// </summary>
    public int[] Ranks { get; }

    /// <summary>Squared distances by rank, ascending.</summary>
    public double[] Squared { get; }

    /// <summary>The rank that stands for every distance beyond reach.</summary>
    public int OutOfReach => Squared.Length;

    /// <summary>Squared distance, in mm², below which the nearest point is certain to be found.</summary>
    public double ReachSquared { get; }

    private static (int Dy, int Dz)[] RowsByDistance(SquaredDistances distances)
    {
        var range = Enumerable.Range(-BitLayout.RowMargin, (2 * BitLayout.RowMargin) + 1).ToArray();
        return
        [
            .. range.SelectMany(dz => range.Select(dy => (Dy: dy, Dz: dz)))
                .OrderBy(row => distances.Of(0, row.Dy, row.Dz)),
        ];
    }

    private int RankOf(double squared) => squared < ReachSquared ? Array.BinarySearch(Squared, squared) : OutOfReach;
}
