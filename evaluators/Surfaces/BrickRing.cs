namespace Touchstone.Evaluators;

/// <summary>A brick's place as seen from another brick.</summary>
/// <param name="Dx">Bricks along x.</param>
/// <param name="Dy">Bricks along y.</param>
/// <param name="Dz">Bricks along z.</param>
/// <param name="Least">Least squared distance that points of the two can have, in mm².</param>
/// <param name="Greatest">Greatest squared distance that points of the two can have, in mm².</param>
internal readonly record struct BrickOffset(int Dx, int Dy, int Dz, double Least, double Greatest)
{
    /// <summary>Points of a brick along each axis.</summary>
    public const int Side = 8;

    /// <summary>An offset at a spacing.</summary>
    /// <param name="distances">Squared distances.</param>
    /// <param name="dx">Bricks along x.</param>
    /// <param name="dy">Bricks along y.</param>
    /// <param name="dz">Bricks along z.</param>
    public static BrickOffset Of(SquaredDistances distances, int dx, int dy, int dz) => new(
        dx, dy, dz, distances.Of(LeastSteps(dx), LeastSteps(dy), LeastSteps(dz)),
        distances.Of(MostSteps(dx), MostSteps(dy), MostSteps(dz)));

    private static int LeastSteps(int bricks) => Math.Max(0, (Math.Abs(bricks) * Side) - (Side - 1));

    private static int MostSteps(int bricks) => (Math.Abs(bricks) * Side) + (Side - 1);
}

/// <summary>
/// The bricks around a brick, nearest first: what a search goes through until nothing nearer can come.
/// </summary>
internal sealed class BrickRing
{
    private const int Reach = 5;

    /// <summary>Prepares for a grid.</summary>
    /// <param name="distances">Squared distances at its spacing.</param>
    public BrickRing(SquaredDistances distances)
    {
        var range = Enumerable.Range(-Reach, (2 * Reach) + 1).ToArray();
        Offsets =
        [
            .. range.SelectMany(dz => range.SelectMany(dy => range.Select(dx => BrickOffset.Of(distances, dx, dy, dz))))
                .OrderBy(offset => offset.Least),
        ];
        ReachSquared = new[]
        {
            BrickOffset.Of(distances, Reach + 1, 0, 0).Least,
            BrickOffset.Of(distances, 0, Reach + 1, 0).Least,
            BrickOffset.Of(distances, 0, 0, Reach + 1).Least,
        }.Min();
    }

    /// <summary>The bricks around, nearest first.</summary>
    public BrickOffset[] Offsets { get; }

    /// <summary>Bricks that are not among <see cref="Offsets"/> are at least this far, in mm².</summary>
    public double ReachSquared { get; }
}
