using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>A CT without a place in the world: every library makes up another, and none of them is wrong.</summary>
public class PlaceTests
{
    private static readonly Spacing Spacing = new(2, 2, 2.5);

    private static readonly Geometry Nowhere =
        new(new Grid(12, 10, 8, Spacing), Affine.Scaling(Spacing, (0, 0, 0))) { Source = PlaceSource.None };

    private static readonly Geometry Placed = new(Nowhere.Grid, Affine.Scaling(Spacing, (-30, -40, 50)));

    private static readonly Geometry Centred = new(
        Nowhere.Grid, new Affine(new(-2, 0, 0, 11), new(0, 2, 0, -9), new(0, 0, 2.5, -8.75)));

    [Fact]
    public void Require_ReferenceWithoutAPlace_ComparesShapeAndSpacing()
    {
        Assert.All([Nowhere, Placed, Centred], prediction => GeometryAgreement.Require(Nowhere, prediction));
        AssertRefused(VolumeFault.WrongShape, Nowhere, Placed with { Grid = Placed.Grid with { Nz = 9 } });
        AssertRefused(
            VolumeFault.WrongAffine, Nowhere, Placed with { Grid = Placed.Grid with { SpacingMm = new Spacing(2, 2, 2.51) } });
    }

    [Fact]
    public void Require_PredictionThatLostItsPlace_IsToldSo() => Assert.Contains(
        "neither qform nor sform", AssertRefused(VolumeFault.WrongAffine, Placed, Nowhere).Message, StringComparison.Ordinal);

    /// <summary>A CT without a place, masks saved by a library that makes one up, and a prediction that copied the CT's header.</summary>
    [Fact]
    public void Require_ReferenceAtAMadeUpPlace_TakesAPredictionWithout()
    {
        GeometryAgreement.Require(Centred, Nowhere);
        GeometryAgreement.Require(Nowhere with { Source = PlaceSource.SForm }, Nowhere);
    }

    private static VolumeException AssertRefused(VolumeFault fault, Geometry reference, Geometry prediction)
    {
        var refusal = Assert.Throws<VolumeException>(() => GeometryAgreement.Require(reference, prediction));
        Assert.Equal(fault, refusal.Fault);
        return refusal;
    }
}
