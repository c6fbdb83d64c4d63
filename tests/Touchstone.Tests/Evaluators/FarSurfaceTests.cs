using Touchstone.Evaluators;
using static Touchstone.Tests.Evaluators.Some;

namespace Touchstone.Tests.Evaluators;

/// <summary>
/// Few small pieces far from each other in large, anisotropic grids. Here a nearest point can lie many bricks away along the
/// short axis while another, farther one is found first along the long axis: once, that one was taken.
/// </summary>
public sealed class FarSurfaceTests
{
    public static TheoryData<int, double, double, double> Grids
    {
        get
        {
            var grids = new TheoryData<int, double, double, double>();
            (double X, double Y, double Z)[] spacings =
            [
                (2.6, 2.6, 5), (5, 0.8, 0.8), (1, 1, 1), (0.7, 3, 0.7), (0.5, 0.5, 8),
                (1e-5, 40, 0.003), (3e6, 3e6, 4e6), (2e-7, 2e-7, 1e-7),
            ];
            foreach (var (index, spacing) in spacings.Index())
            {
                for (var seed = 0; seed < 12; seed++)
                {
                    grids.Add((100 * index) + seed, spacing.X, spacing.Y, spacing.Z);
                }
            }

            return grids;
        }
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void Score_SmallPiecesFarApart_HasTheDistancesOfBruteForce(int seed, double x, double y, double z)
    {
        var random = new Random(seed);
        var geometry = Geometry(random.Next(60, 140), random.Next(50, 120), random.Next(40, 80), new Spacing((float)x, (float)y, (float)z)); // as headers store them
        AssertDistancesOfBruteForce(new Pair(geometry, Pieces(), Pieces()));

        byte[] Pieces()
        {
            var mask = new byte[geometry.Grid.VoxelCount];
            for (var piece = random.Next(1, 6); piece > 0; piece--)
            {
                mask[random.Next(mask.Length)] = 1;
            }

            return mask;
        }
    }

    /// <summary>Every point of a round surface is far, and the balls around them touch the other surface over many bricks.</summary>
    [Theory]
    [InlineData(30, 0, 0)]
    [InlineData(0, 0, -28)]
    [InlineData(17, -21, 11)]
    public void Score_BallMovedFar_HasTheDistancesOfBruteForce(int dx, int dy, int dz)
    {
        var geometry = Geometry(90, 80, 75, new Spacing(0.8f, 0.8f, 1.5f));

        AssertDistancesOfBruteForce(new Pair(geometry, Ball(45, 40, 37), Ball(45 + dx, 40 + dy, 37 + dz)));

        byte[] Ball(int x0, int y0, int z0)
        {
            var mask = new byte[geometry.Grid.VoxelCount];
            for (var i = 0; i < mask.Length; i++)
            {
                var (x, y, z) = ((i % 90) - x0, (i / 90 % 80) - y0, (i / 90 / 80) - z0);
                mask[i] = (byte)((x * x) + (y * y) + (z * z) < 81 ? 1 : 0);
            }

            return mask;
        }
    }

    private static void AssertDistancesOfBruteForce(Pair pair)
    {
        var score = Score(pair.Geometry, pair.Reference, pair.Prediction);

        var (hd, outward, inward) = BruteForce.Distances(pair, isCorners: true);
        Assert.Equal(hd, score.HdMm!.Value, hd * 1e-12);
        Assert.Equal(outward, score.AsdReferenceToPredictionMm!.Value, outward * 1e-12);
        Assert.Equal(inward, score.AsdPredictionToReferenceMm!.Value, inward * 1e-12);
    }
}
