using FsCheck;
using FsCheck.Fluent;
using Touchstone.Evaluators;
using static Touchstone.Tests.Evaluators.Some;

namespace Touchstone.Tests.Evaluators;

/// <summary>What must hold for any two masks at any spacing, whichever they are.</summary>
public class PropertyTests
{
    private static readonly Gen<Spacing> Spacings =
        from x in Gen.Elements(0.5, 0.7, 1, 3)
        from y in Gen.Elements(0.5, 1, 1.3)
        from z in Gen.Elements(0.6, 1, 2.5, 5)
        select new Spacing((float)x, (float)y, (float)z);

    private static readonly Gen<Pair> Pairs =
        from nx in Gen.Choose(1, 75)
        from ny in Gen.Choose(1, 24)
        from nz in Gen.Choose(1, 20)
        from spacing in Spacings
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from style in Gen.Choose(0, 3)
        select Pair.Make(Geometry(nx, ny, nz, spacing), seed, style);

    [Fact]
    public void Score_AnyPair_AgreesWithBruteForce() => Check(40, pair =>
    {
        foreach (var protocol in new[] { Protocol.SurfaceDistance, Protocol.Monai })
        {
            var score = Score(pair.Geometry, pair.Reference, pair.Prediction, new Protocol { Name = protocol });
            var (hd, outward, inward) = BruteForce.Distances(pair, isCorners: protocol == Protocol.SurfaceDistance);
            AssertClose(hd, score.HdMm, protocol == Protocol.Monai ? 1e-6 : 0);
            AssertClose(outward, score.AsdReferenceToPredictionMm, protocol == Protocol.Monai ? 1e-6 : 1e-12);
            AssertClose(inward, score.AsdPredictionToReferenceMm, protocol == Protocol.Monai ? 1e-6 : 1e-12);
        }
    });

    [Fact]
    public void Score_AnyPair_HasTheNsdAndHausdorffOfBruteForce() => Check(25, pair =>
    {
        var score = Score(pair.Geometry, pair.Reference, pair.Prediction);

        AssertClose(BruteForce.Nsd(pair, toleranceMm: 1), score.Nsd, 1e-9);
        // Where the area up to a distance is 95 % exactly, rounding decides, and either neighbour is right.
        Assert.InRange(
            score.Hd95Mm!.Value, BruteForce.Hausdorff(pair, 0.95 - 1e-9), BruteForce.Hausdorff(pair, 0.95 + 1e-9));
    });

    [Fact]
    public void Score_Swapped_SwapsItsDirections() => Check(100, pair =>
    {
        var score = Score(pair.Geometry, pair.Reference, pair.Prediction);
        var swapped = Score(pair.Geometry, pair.Prediction, pair.Reference);

        Assert.Equal((score.Dsc, score.Nsd, score.HdMm), (swapped.Dsc, swapped.Nsd, swapped.HdMm));
        Assert.Equal((score.Hd95Mm, score.AssdMm), (swapped.Hd95Mm, swapped.AssdMm));
        Assert.Equal(score.AsdReferenceToPredictionMm, swapped.AsdPredictionToReferenceMm);
        Assert.Equal(score.ReferenceAreaMm2, swapped.PredictionAreaMm2);
        Assert.Equal(score.Sensitivity, swapped.Precision);
    });

    [Fact]
    public void Score_MaskAgainstItself_IsPerfect() => Check(60, pair =>
    {
        foreach (var name in new[] { Protocol.SurfaceDistance, Protocol.Monai })
        {
            var score = Score(pair.Geometry, pair.Reference, pair.Reference, new Protocol { Name = name });

            Assert.Equal((1.0, 1.0, 0.0), (score.Dsc, score.Nsd, score.HdMm));
            Assert.Equal((0.0, 0.0), (score.Hd95Mm, score.AssdMm));
        }
    });

    [Fact]
    public void Score_MovedTogether_StaysTheSameToTheLastBit() => Check(60, pair =>
    {
        var score = Score(pair.Geometry, pair.Reference, pair.Prediction);
        var (reference, geometry) = pair.Padded(pair.Reference, 67, 3, 2);
        var moved = Score(geometry, reference, pair.Padded(pair.Prediction, 67, 3, 2).Labels);

        var unaffected = moved with
        {
            ReferenceTouchesBorder = score.ReferenceTouchesBorder,
            PredictionTouchesBorder = score.PredictionTouchesBorder,
        };
        Assert.Equal(score, unaffected);
    });

    [Fact]
    public void Score_AxesPermutedWithTheirSpacing_StaysTheSame() => Check(60, pair =>
    {
        var score = Score(pair.Geometry, pair.Reference, pair.Prediction);
        var (reference, geometry) = pair.Reversed(pair.Reference);
        var permuted = Score(geometry, reference, pair.Reversed(pair.Prediction).Labels);

        Assert.Equal((score.Dsc, score.PredictionComponents), (permuted.Dsc, permuted.PredictionComponents));
        AssertClose(score.Nsd, permuted.Nsd, 1e-9);
        AssertClose(score.HdMm, permuted.HdMm, 1e-12);
        AssertClose(score.AssdMm, permuted.AssdMm, 1e-9);
        AssertClose(score.ReferenceAreaMm2, permuted.ReferenceAreaMm2, 1e-12);
    });

    [Fact]
    public void Score_SpacingDoubled_DoublesDistancesAndQuadruplesAreas() => Check(60, pair =>
    {
        var grid = pair.Geometry.Grid;
        var (x, y, z) = (2 * grid.SpacingMm.X, 2 * grid.SpacingMm.Y, 2 * grid.SpacingMm.Z);
        var score = Score(pair.Geometry, pair.Reference, pair.Prediction);
        var doubled = Score(
            Geometry(grid.Nx, grid.Ny, grid.Nz, new Spacing(x, y, z)), pair.Reference, pair.Prediction,
            new Protocol { Name = Protocol.SurfaceDistance, ToleranceMm = 2 });

        Assert.Equal(score.Nsd, doubled.Nsd);
        Assert.Equal((2 * score.HdMm, 2 * score.Hd95Mm), (doubled.HdMm, doubled.Hd95Mm));
        Assert.Equal(4 * score.ReferenceAreaMm2, doubled.ReferenceAreaMm2);
    });

    [Fact]
    public void Nsd_GrowingTolerance_NeverFalls() => Check(60, pair =>
    {
        var nsd = new[] { 0, 0.4, 0.7, 1, 2, 5, 20, 1000 }.Select(tolerance => Score(
            pair.Geometry, pair.Reference, pair.Prediction,
            new Protocol { Name = Protocol.SurfaceDistance, ToleranceMm = tolerance }).Nsd!.Value).ToList();

        Assert.Equal(nsd.Order(), nsd);
        Assert.Equal(1, nsd[^1], 12);
    });

    [Fact]
    public void Hausdorff_GrowingPercentile_NeverFallsAndEndsAtTheMaximum() => Check(60, pair =>
    {
        var scores = new[] { 1, 50, 95, 99.5, 100 }.Select(percent => Score(
            pair.Geometry, pair.Reference, pair.Prediction,
            new Protocol { Name = Protocol.SurfaceDistance, HausdorffPercentile = percent })).ToList();

        Assert.Equal(scores.Select(score => score.HdAtPercentileMm).Order(), scores.Select(score => score.HdAtPercentileMm));
        Assert.Equal(scores[2].Hd95Mm, scores[2].HdAtPercentileMm);
        Assert.Equal(scores[^1].HdMm, scores[^1].HdAtPercentileMm);
    });

    private static void Check(int times, Action<Pair> holds) => Prop.ForAll(Pairs.ToArbitrary(), holds)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithReplay(20240612, 7));

    private static void AssertClose(double? expected, double? actual, double relative) => Assert.True(
        expected == actual || Math.Abs(expected!.Value - actual!.Value) <= relative * Math.Abs(expected.Value),
        $"expected {expected:R}, got {actual:R}");
}
