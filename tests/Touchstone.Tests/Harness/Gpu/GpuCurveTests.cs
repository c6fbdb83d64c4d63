using Touchstone.Harness.Gpu;

namespace Touchstone.Tests.Harness.Gpu;

public sealed class GpuCurveTests
{
    [Fact]
    public void Area_UnevenSamples_IsThatOfTrapezoids()
    {
        var curve = Curve((0, 0), (1, 2), (4, 2), (5, 0));

        Assert.Equal((8.0, 3.0, 4), (curve.AreaMibSeconds, curve.LargestGapSeconds, curve.Samples));
        Assert.Equal(2L << 20, curve.PeakBytes);
    }

    [Fact]
    public void AreaAboveTolerance_MemoryOnBothSides_CountsWhatLiesAbove()
    {
        var curve = Curve((0, 1000), (1, 2048), (2, 3048), (4, 3048), (4.5, 100));

        Assert.Equal(500.0 + 2000 + 250, curve.AreaAboveToleranceMibSeconds);
        Assert.Null(Curve((0, 5000)).AreaAboveToleranceMibSeconds);
    }

    [Fact]
    public void Area_OneSampleOrNone_IsUndefined()
    {
        Assert.Equal((null, null, null), (Curve().AreaMibSeconds, Curve().PeakBytes, Curve().LargestGapSeconds));
        Assert.Equal((null, 1L << 20, null), (Curve((0, 1)).AreaMibSeconds, Curve((0, 1)).PeakBytes, Curve((0, 1)).LargestGapSeconds));
    }

    [Fact]
    public void Thinned_LongCurve_KeepsEndsAndPeak()
    {
        var curve = Curve([.. Enumerable.Range(0, 10_000).Select(i => (i / 10.0, i == 6007 ? 500.0 : 1.0))]);

        var points = curve.Thinned();

        Assert.InRange(points.Count, 300, GpuCurve.MostPoints);
        Assert.Equal((0.0, 999.9), (points[0].Seconds, points[^1].Seconds));
        Assert.Equal(curve.PeakBytes, points.Max(point => point.Bytes));
    }

    private static GpuCurve Curve(params (double Seconds, double Mib)[] samples)
    {
        var curve = new GpuCurve();
        foreach (var (seconds, mib) in samples)
        {
            curve.Add(TimeSpan.FromSeconds(seconds), (long)(mib * (1 << 20)));
        }

        return curve;
    }
}
