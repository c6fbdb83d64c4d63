using Examples;
using Touchstone.Evaluators;
using Touchstone.Harness.Phantoms;

namespace Touchstone.Tests.Submissions.Examples;

public sealed class ExampleAlgorithmTests
{
    [Fact]
    public void Segment_InDistribution_FindsTheLargeOrgans()
    {
        using var example = new ExampleCase(PhantomHospital.InDistribution, 4);

        var atlasOnly = AtlasOnly.Segment(example.Volume);
        var thresholds = ThresholdComponents.Segment(example.Volume);
        var atlasIntensity = AtlasIntensity.Segment(example.Volume);
        var careful = Careful.Segment(example.Volume);

        AssertFinds(example, atlasOnly, ("liver", 0.6), ("lung_right", 0.6), ("kidney_right", 0.5));
        AssertFinds(example, thresholds, ("liver", 0.75), ("lung_right", 0.9), ("kidney_right", 0.75));
        AssertFinds(example, atlasIntensity, ("liver", 0.85), ("lung_right", 0.85), ("kidney_right", 0.85), ("stomach", 0.6));
        AssertFinds(example, careful, ("liver", 0.85), ("lung_right", 0.85), ("kidney_right", 0.85), ("stomach", 0.6));
        Assert.True(example.MeanDice(atlasOnly) < example.MeanDice(thresholds));
        Assert.True(example.MeanDice(atlasOnly) + 0.05 < example.MeanDice(atlasIntensity));
    }

    [Fact]
    public void Segment_NoContrastMedium_StopsFixedWindowsAndNotLearntBrightness()
    {
        using var example = new ExampleCase(PhantomHospital.NonContrast);

        Assert.True(example.Dice(ThresholdComponents.Segment(example.Volume), "liver") < 0.2);
        Assert.True(example.Dice(AtlasIntensity.Segment(example.Volume), "liver") > 0.7);
    }

    [Fact]
    public void Segment_AxesTurned_GivesTheSameOrgans()
    {
        using var example = new ExampleCase(PhantomHospital.ThickSlices); // stored as LPS
        var (grid, affine) = example.Phantom.Geometry;
        Assert.True(affine.X.I < 0 && affine.Y.J < 0 && grid.Nx > 0);

        var labels = AtlasIntensity.Segment(example.Volume);

        Assert.True(example.Dice(labels, "kidney_left") > 0.75);
        Assert.True(example.Dice(labels, "kidney_right") > 0.75);
    }

    [Fact]
    public void Segment_EmptyScan_FindsNothingAndDoesNotFail()
    {
        using var example = new ExampleCase(PhantomHospital.InDistribution);
        var air = new Volume(example.Ct with { Hounsfield = [.. example.Ct.Hounsfield.Select(_ => (short)-1000)] });

        Assert.DoesNotContain(AtlasOnly.Segment(air), label => label != 0);
        Assert.DoesNotContain(Careful.Segment(air), label => label != 0);
    }

    [Fact]
    public void Fragile_ThickSlices_Crashes()
    {
        using var example = new ExampleCase(PhantomHospital.ThickSlices);

        Assert.Throws<InvalidOperationException>(() => Resampling.ToTrainingGrid(example.Ct));
    }

    [Fact]
    public void Fragile_OtherPixelSize_LosesAColumn()
    {
        using var plain = new ExampleCase(PhantomHospital.NonContrast);
        using var iid = new ExampleCase(PhantomHospital.InDistribution);

        Assert.Equal(plain.Ct.Nx - 1, RoundTrip(plain.Ct).Nx);
        Assert.Equal(iid.Ct.Nx, RoundTrip(iid.Ct).Nx);
    }

    [Fact]
    public void Structures_Labels_AreThoseOfAbdomenAtlas11() =>
        Assert.Equal(LabelMaps.AbdomenAtlas11.Structures.OrderBy(pair => pair.Key).Select(pair => pair.Value), Structures.Names);

    private static CtFile RoundTrip(CtFile ct)
    {
        var resampled = Resampling.ToTrainingGrid(ct);
        return Resampling.Back(ct, resampled, new byte[resampled.Hounsfield.Length]).Grid;
    }

    private static void AssertFinds(ExampleCase example, byte[] labels, params (string Structure, double LeastDice)[] floors) =>
        Assert.All(floors, floor => Assert.True(
            example.Dice(labels, floor.Structure) >= floor.LeastDice,
            $"{floor.Structure}: {example.Dice(labels, floor.Structure):F3} is below {floor.LeastDice}"));
}
