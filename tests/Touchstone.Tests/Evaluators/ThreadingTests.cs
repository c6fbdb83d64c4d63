using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

public class ThreadingTests
{
    [Theory]
    [InlineData("noise_07_13_29", Protocol.SurfaceDistance)]
    [InlineData("noise_07_13_29", Protocol.Monai)]
    [InlineData("rounding", Protocol.BodyMaps2024)]
    [ExtraInlineData(Extra.RealAnatomy, "real_3mm", Protocol.SurfaceDistance)]
    [ExtraInlineData(Extra.RealAnatomy, "real_3mm", Protocol.Monai)]
    [ExtraInlineData(Extra.RealAnatomy, "missing", Protocol.BodyMaps2024)]
    public void Score_AnyNumberOfThreads_IsTheSameToTheLastBit(string name, string protocol)
    {
        using var golden = new GoldenCase(name);
        var alone = Score(golden, protocol, threads: 1);

        foreach (var threads in new[] { 2, 3, 8 })
        {
            var together = Score(golden, protocol, threads);

            Assert.Equal(alone.Structures, together.Structures);
            Assert.Equal(alone.UnknownLabelVoxels, together.UnknownLabelVoxels);
        }
    }

    [Theory]
    [ExtraInlineData(Extra.RealAnatomy, 1)]
    [ExtraInlineData(Extra.RealAnatomy, 2)]
    public void Score_FaultOfEitherSide_IsBlamedOnThatSide(int threads)
    {
        using var golden = new GoldenCase("reject_shape");

        var fault = Assert.Throws<CaseException>(() => Score(golden, Protocol.SurfaceDistance, threads));

        Assert.Equal((VolumeFault.WrongShape, CaseSide.Prediction), (fault.Fault, fault.Side));
    }

    private static CaseScore Score(GoldenCase golden, string protocol, int threads) => CaseEvaluator.Score(
        golden.Reference,
        golden.Prediction,
        [.. LabelMaps.AbdomenAtlas11.Structures.Values],
        new Protocol { Name = protocol },
        threads);
}
