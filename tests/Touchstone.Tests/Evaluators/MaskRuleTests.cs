using System.Globalization;
using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>A mask holds 0 and at most one other whole number from 1 to 255, however it is stored and whichever side it is on.</summary>
public sealed class MaskRuleTests : IDisposable
{
    private static readonly double[] Inside = [.. Enumerable.Range(0, 24).Select(i => i is 5 or 6 or 17 ? 1.0 : 0)];

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 255)]
    [InlineData(256, 127)]
    [InlineData(4, 200)]
    [InlineData(512, 255)]
    [InlineData(8, 3)]
    [InlineData(768, 77)]
    [InlineData(1024, 9)]
    [InlineData(1280, 255)]
    [InlineData(16, 255)]
    [InlineData(64, 2)]
    public void Score_OneWholeNumber_IsInsideInAnyStorage(short dataType, double value)
    {
        foreach (var isBigEndian in new[] { false, true })
        {
            Assert.Equal(3, Voxels(new NiftiBytes
            {
                DataType = dataType,
                IsBigEndian = isBigEndian,
                Voxels = [.. Inside.Select(one => one * value)],
            }));
        }
    }

    /// <summary>What is scaled counts after scaling: -1024 and -1023 with an intercept of 1024 are 0 and 1.</summary>
    [Theory]
    [InlineData(4, 1, 1024, -1024, -1023)]
    [InlineData(4, 0.5, 0, 0, 2)]
    [InlineData(2, -1, 255, 255, 0)]
    [InlineData(16, 2, 1, -0.5, 1)]
    [InlineData(2, 0, 77, 0, 1)]
    public void Score_ScaledToAMask_IsOne(short dataType, double slope, double intercept, double outside, double inside) =>
        Assert.Equal(3, Voxels(new NiftiBytes
        {
            DataType = dataType,
            Slope = slope,
            Intercept = intercept,
            Voxels = [.. Inside.Select(one => one == 0 ? outside : inside)],
        }));

    [Fact]
    public void Score_NegativeZeros_AreOutside() => Assert.Equal(
        3, Voxels(new NiftiBytes { DataType = 16, Voxels = [.. Inside.Select(one => one == 0 ? -0.0 : 1)] }));

    [Fact]
    public void Score_ZerosAlone_IsLookedForAndAbsent() => Assert.Equal(0, Voxels(new NiftiBytes { DataType = 4 }));

    [Theory]
    [InlineData(16, 1e-7, "1e-07")]
    [InlineData(16, 0.02, "0.02")]
    [InlineData(64, 0.9999999999, "0.9999999999")]
    [InlineData(16, double.NaN, "NaN")]
    [InlineData(16, double.PositiveInfinity, "Infinity")]
    [InlineData(64, double.NegativeInfinity, "-Infinity")]
    [InlineData(4, -1, "-1")]
    [InlineData(256, -1, "-1")]
    [InlineData(4, 256, "256")]
    [InlineData(8, 2147483647, "2147483647")]
    public void Score_AnotherNumber_IsRefusedWithVoxelValueAndRule(short dataType, double value, string words)
    {
        foreach (var isBigEndian in new[] { false, true })
        {
            double[] voxels = [.. Inside];
            voxels[9] = value;
            var fault = Refusal(new NiftiBytes { DataType = dataType, IsBigEndian = isBigEndian, Voxels = voxels });

            Assert.Equal(VolumeFault.NotLabels, fault.Fault);
            Assert.StartsWith(
                $"The mask of liver: Voxel (1, 2, 0) holds {words}; a mask holds 0 and at most one other whole number from 1 to 255.",
                fault.Message,
                StringComparison.Ordinal);
            Assert.EndsWith(
                double.IsInteger(value) ? "Save it as uint8 with 0 outside."
                    : "Save whole numbers (uint8): the arg max or what is above the threshold, not probabilities.",
                fault.Message,
                StringComparison.Ordinal);
        }
    }

    /// <summary>255 × (1/255 as the header's 32-bit number) is not 1: such files are refused as label maps are.</summary>
    [Theory]
    [InlineData(4, 1, -1024, 1, 0, "-1024")]
    [InlineData(2, 1 / 255.0, 0, 255, 5, "1.0000000591")]
    public void Score_SlopeOrInterceptThatMakesNoMask_NamesThem(
        short dataType, double slope, double intercept, double inside, int first, string words)
    {
        var fault = Refusal(new NiftiBytes
        {
            DataType = dataType,
            Slope = slope,
            Intercept = intercept,
            Voxels = [.. Inside.Select(one => one * inside)],
        });

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"Voxel ({first % 4}, {first / 4}, 0) holds {words}"),
            fault.Message,
            StringComparison.Ordinal);
        Assert.Contains("Its header has a slope of", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(4, 255)]
    [InlineData(16, 3)]
    public void Score_TwoNumbers_AreNoMask(short dataType, double value)
    {
        double[] voxels = [.. Inside];
        voxels[17] = value;

        var fault = Refusal(new NiftiBytes { DataType = dataType, Voxels = voxels });

        Assert.Equal(VolumeFault.SeveralLabels, fault.Fault);
        Assert.Contains($"Voxel (1, 1, 1) holds {value} where others hold 1", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>The second number comes long after the first, in another stretch of the reading.</summary>
    [Fact]
    public void Score_SecondNumberFarBehindTheFirst_IsFoundWhereItIs()
    {
        var voxels = new double[400 * 300 * 9];
        (voxels[7], voxels[^1]) = (4, 5);

        var fault = Refusal(new NiftiBytes { Dim = [3, 400, 300, 9, 1, 1, 1, 1], Voxels = voxels });

        Assert.Contains("Voxel (399, 299, 8) holds 5 where others hold 4", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_ReferenceThatIsNoMask_IsTheReferencesFault()
    {
        var (sound, broken) = (Masks("sound", new NiftiBytes { Voxels = Inside }), Masks(
            "broken", new NiftiBytes { DataType = 16, Voxels = [.. Inside.Select(one => one * 0.5)] }));

        Assert.Equal(CaseSide.Reference, Assert.Throws<CaseException>(() => Score(broken, sound)).Side);
        Assert.Equal(CaseSide.Reference, Assert.Throws<CaseException>(() => CaseEvaluator.Inventory(broken, ["liver"])).Side);
        Assert.Equal(CaseSide.Prediction, Assert.Throws<CaseException>(() => Score(sound, broken)).Side);
    }

    [Fact]
    public void Read_MaskThatIsNone_IsRefusedByEveryReader()
    {
        var masks = Masks("masks", new NiftiBytes { Voxels = [.. Inside.Select((one, i) => i == 6 ? 9 : one)] });
        var file = Path.Combine(masks.Path, "liver.nii");
        var grid = PreviewGrid.Over(VolumeFile.ReadGeometry(file));

        Assert.All(
            new Action[]
            {
                () => Preview.ReadLabels(masks, ["liver"], grid),
                () => MaskFile.ReadSlices(file, (_, _) => { }),
                () => CaseEvaluator.Inventory(masks, ["liver"]),
            },
            read => Assert.Equal(VolumeFault.SeveralLabels, Assert.ThrowsAny<VolumeException>(read).Fault));
    }

    [Fact]
    public void ReadSlices_Mask_GivesEverySliceOnce()
    {
        var masks = Masks("masks", new NiftiBytes { DataType = 16, Voxels = [.. Inside.Select(one => one * 255)] });
        var read = new List<byte>();

        MaskFile.ReadSlices(Path.Combine(masks.Path, "liver.nii"), (voxels, z) =>
        {
            Assert.Equal(read.Count, z * 12);
            read.AddRange(voxels);
        });

        Assert.Equal(Inside.Select(one => (byte)(one * 255)), read);
    }

    public void Dispose() => _folder.Dispose();

    private static CaseScore Score(MaskSource reference, MaskSource prediction) =>
        CaseEvaluator.Score(reference, prediction, ["liver"], new Protocol { Name = Protocol.SurfaceDistance });

    private long Voxels(NiftiBytes file) =>
        Assert.Single(CaseEvaluator.Inventory(Masks("masks", file), ["liver"]).Structures).ReferenceVoxels;

    private CaseException Refusal(NiftiBytes file) =>
        Assert.Throws<CaseException>(() => CaseEvaluator.Inventory(Masks("masks", file), ["liver"]));

    private MaskSource.MaskFolder Masks(string name, NiftiBytes file)
    {
        Directory.CreateDirectory(_folder.File(name));
        File.WriteAllBytes(_folder.File(name, "liver.nii"), file.Bytes());
        return new MaskSource.MaskFolder(_folder.File(name));
    }
}
