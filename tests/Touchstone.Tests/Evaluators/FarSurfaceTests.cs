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
            (double X, double Y, double Z)[] spacings = [(2.6, 2.6, 5), (5, 0.8, 0.8), (1, 1, 1), (0.7, 3, 0.7), (0.5, 0.5, 8)];
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
        var pair = new Pair(geometry, Pieces(), Pieces());

        var score = Score(pair.Geometry, pair.Reference, pair.Prediction);

        var (hd, outward, inward) = BruteForce.Distances(pair, isCorners: true);
        Assert.Equal(hd, score.HdMm!.Value, hd * 1e-12);
        Assert.Equal(outward, score.AsdReferenceToPredictionMm!.Value, outward * 1e-12);
        Assert.Equal(inward, score.AsdPredictionToReferenceMm!.Value, inward * 1e-12);

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
}
