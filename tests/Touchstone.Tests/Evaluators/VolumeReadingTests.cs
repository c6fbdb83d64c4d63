using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>
/// Files that must be read the same whatever they are stored as, and files that must never be scored.
/// </summary>
public sealed class VolumeReadingTests : IDisposable
{
    private static readonly double[] Labels = [.. Enumerable.Range(0, 24).Select(i => i % 5 == 0 ? 2.0 : i % 7 == 0 ? 1 : 0)];

    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-volumes-").FullName;

    public static TheoryData<short, bool, bool, bool> Storages()
    {
        var data = new TheoryData<short, bool, bool, bool>();
        foreach (short type in new short[] { 2, 4, 8, 16, 64, 256, 512, 768, 1024, 1280 })
        {
            for (var bits = 0; bits < 8; bits++)
            {
                data.Add(type, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public void Score_AnyStorage_CountsTheSameVoxels(short dataType, bool isVersion2, bool isBigEndian, bool isCompressed)
    {
        var stored = new NiftiBytes
        {
            DataType = dataType,
            IsVersion2 = isVersion2,
            IsBigEndian = isBigEndian,
            Voxels = Labels,
        }.Bytes();

        var score = ScoreAgainstPlain(isCompressed ? NiftiBytes.Gzip(stored) : stored);

        Assert.Equal([3L, 5L], score.Structures.Select(structure => structure.BothVoxels));
        Assert.All(score.Structures, structure => Assert.Equal(1, structure.Dsc));
    }

    [Theory]
    [InlineData(4, 0.5, 0)]
    [InlineData(16, 2, 1)]
    [InlineData(4, -1, 2)]
    [InlineData(2, 0, 77)]
    [InlineData(2, double.NaN, 0)]
    public void Score_ScaledVolume_AppliesSlopeAndInterceptUnlessTheSlopeIsNone(
        short dataType, double slope, double intercept)
    {
        var isScaled = slope is not (0 or double.NaN);
        double[] stored = [.. Labels.Select(label => isScaled ? (label - intercept) / slope : label)];

        var score = ScoreAgainstPlain(
            new NiftiBytes { DataType = dataType, Slope = slope, Intercept = intercept, Voxels = stored }.Bytes());

        Assert.All(score.Structures, structure => Assert.Equal(1, structure.Dsc));
    }

    [Theory]
    [InlineData(16, 0.5, "Voxel (3, 1, 1) holds 0.5")]
    [InlineData(16, double.NaN, "holds NaN")]
    [InlineData(16, float.PositiveInfinity, "holds Infinity")]
    [InlineData(16, 1e20, "holds 1e+20")]
    [InlineData(16, -2147483648.0, "holds -2147483648")]
    [InlineData(64, 1.0000001, "holds 1.0000001")]
    [InlineData(4, 256, "holds 256")]
    [InlineData(4, -1, "holds -1")]
    [InlineData(512, 65535, "holds 65535")]
    [InlineData(8, 65536, "holds 65536")]
    [InlineData(768, 4294967295, "holds 4294967295")]
    [InlineData(256, -1, "holds -1")]
    [InlineData(1024, 4294967296, "holds 4294967296")]
    public void Score_NumberThatIsNoLabel_NamesTheFirstSuchVoxel(short dataType, double value, string message)
    {
        var stored = Labels.ToArray();
        stored[12 + 4 + 3] = value;

        var fault = Faults(new NiftiBytes { DataType = dataType, Voxels = stored }.Bytes());

        Assert.Equal(VolumeFault.NotLabels, fault.Fault);
        Assert.Contains(message, fault.Message);
        Assert.Contains("(3, 1, 1)", fault.Message);
    }

    [Fact]
    public void Score_UnknownLabel_IsCountedAndIgnored()
    {
        var stored = Labels.Select(label => label == 2 ? 77 : label).ToArray();

        var score = ScoreAgainstPlain(new NiftiBytes { Voxels = stored }.Bytes());

        Assert.Equal(5, score.UnknownLabelVoxels);
        Assert.Equal([1.0, 0.0], score.Structures.Select(structure => structure.Dsc));
    }

    public static TheoryData<string, VolumeFault> Broken() => new()
    {
        { "cut in half", VolumeFault.Damaged },
        { "one byte short", VolumeFault.Damaged },
        { "without its trailer", VolumeFault.Damaged },
        { "wrong checksum", VolumeFault.Damaged },
        { "wrong length in trailer", VolumeFault.Damaged },
        { "one byte after the end", VolumeFault.Damaged },
        { "zeros after the end", VolumeFault.Damaged },
        { "half a second member", VolumeFault.Damaged },
        { "a voxel too few", VolumeFault.Damaged },
        { "a voxel too many", VolumeFault.Damaged },
        { "plain, a voxel too few", VolumeFault.Damaged },
        { "plain, a voxel too many", VolumeFault.Damaged },
        { "header only", VolumeFault.Damaged },
        { "empty", VolumeFault.Unreadable },
        { "text", VolumeFault.Unreadable },
        { "pair magic", VolumeFault.Unreadable },
        { "two volumes", VolumeFault.NotLabels },
        { "no voxels", VolumeFault.Unreadable },
        { "negative side", VolumeFault.Unreadable },
        { "two dimensions", VolumeFault.Unreadable },
        { "spacing zero", VolumeFault.Unreadable },
        { "spacing NaN", VolumeFault.Unreadable },
        { "affine NaN", VolumeFault.Unreadable },
        { "slope infinite", VolumeFault.Unreadable },
        { "complex numbers", VolumeFault.Unreadable },
        { "bits that belie the type", VolumeFault.Unreadable },
        { "offset inside the header", VolumeFault.Unreadable },
        { "metres", VolumeFault.Unreadable },
        { "too large", VolumeFault.TooLarge },
        { "too large in all", VolumeFault.TooLarge },
        { "larger than any number", VolumeFault.TooLarge },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Score_BrokenFile_IsRejectedByKind(string how, VolumeFault expected)
    {
        var fault = Faults(Break(how));

        Assert.Equal(expected, fault.Fault);
        Assert.DoesNotContain(_folder, fault.Message);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public void ReadGeometry_Device_IsRefusedUnread(string path) => Assert.Equal(
        VolumeFault.Unreadable, Assert.Throws<VolumeException>(() => VolumeFile.ReadGeometry(path)).Fault);

    [Fact]
    public void ReadGeometry_AbsentFileFolderOrDanglingLink_IsMissing()
    {
        var link = Path.Combine(_folder, "link.nii");
        File.CreateSymbolicLink(link, "nowhere");

        foreach (var path in new[] { Path.Combine(_folder, "none.nii"), _folder, link })
        {
            Assert.Equal(VolumeFault.Missing, Assert.Throws<VolumeException>(() => VolumeFile.ReadGeometry(path)).Fault);
        }
    }

    [Fact]
    public void ReadGeometry_NoSForm_IsTheQForm()
    {
        var path = Write("qform.nii", new NiftiBytes
        {
            Codes = (1, 0),
            PixDim = [-1, 0.8, 0.8, 2.5, 0, 0, 0, 0],
            Quaternion = [0, 0, 1, 10, 20, 30],
            Voxels = Labels,
        }.Bytes());

        var geometry = VolumeFile.ReadGeometry(path);

        double side = 0.8f;
        Assert.Equal(new Grid(4, 3, 2, new Spacing(side, side, 2.5)), geometry.Grid);
        Assert.Equal(new AffineRow(-side, 0, 0, 10), geometry.Affine.X);
        Assert.Equal(new AffineRow(0, -side, 0, 20), geometry.Affine.Y);
        Assert.Equal(new AffineRow(0, 0, -2.5, 30), geometry.Affine.Z);
    }

    [Fact]
    public void ReadGeometry_WhatTheWriterWrote_IsTheSame()
    {
        var geometry = new Geometry(
            new Grid(5, 4, 3, new Spacing(0.5, 1.25, 3)), Affine.Scaling(new Spacing(0.5, 1.25, 3), (-7, 8, 9)));
        var path = Path.Combine(_folder, "written.nii.gz");

        NiftiWriter.Write(path, geometry, new byte[60]);

        Assert.Equal(geometry, VolumeFile.ReadGeometry(path));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Break(string how)
    {
        var sound = new NiftiBytes { Voxels = Labels };
        var gzip = NiftiBytes.Gzip(sound.Bytes());
        return how switch
        {
            "cut in half" => gzip[..(gzip.Length / 2)],
            "one byte short" => gzip[..^1],
            "without its trailer" => gzip[..^8],
            "wrong checksum" => Flipped(gzip, gzip.Length - 6),
            "wrong length in trailer" => Flipped(gzip, gzip.Length - 2),
            "one byte after the end" => [.. gzip, 7],
            "zeros after the end" => [.. gzip, .. new byte[20000]],
            "half a second member" => [.. gzip, .. NiftiBytes.EmptyMember[..^3]],
            "a voxel too few" => NiftiBytes.Gzip((sound with { Voxels = Labels[1..] }).Bytes()),
            "a voxel too many" => NiftiBytes.Gzip((sound with { Voxels = [.. Labels, 0] }).Bytes()),
            "plain, a voxel too few" => (sound with { Voxels = Labels[1..] }).Bytes(),
            "plain, a voxel too many" => (sound with { Voxels = [.. Labels, 0] }).Bytes(),
            "header only" => sound.Bytes()[..300],
            "empty" => [],
            "text" => "patient,label\n1,2\n"u8.ToArray(),
            "pair magic" => (sound with { Magic = "ni1\0" }).Bytes(),
            "two volumes" => (sound with { Dim = [4, 4, 3, 2, 2, 1, 1, 1], Voxels = [.. Labels, .. Labels] }).Bytes(),
            "no voxels" => (sound with { Dim = [3, 4, 0, 2, 1, 1, 1, 1] }).Bytes(),
            "negative side" => (sound with { Dim = [3, 4, -3, 2, 1, 1, 1, 1] }).Bytes(),
            "two dimensions" => (sound with { Dim = [2, 4, 3, 2, 1, 1, 1, 1] }).Bytes(),
            "spacing zero" => (sound with { PixDim = [1, 1, 0, 2, 0, 0, 0, 0] }).Bytes(),
            "spacing NaN" => (sound with { PixDim = [1, 1, double.NaN, 2, 0, 0, 0, 0] }).Bytes(),
            "affine NaN" => (sound with { SForm = [1, 0, 0, double.NaN, 0, 1, 0, 0, 0, 0, 2, 0] }).Bytes(),
            "slope infinite" => (sound with { Slope = double.PositiveInfinity }).Bytes(),
            "complex numbers" => (sound with { DataType = 32 }).Bytes(),
            "bits that belie the type" => (sound with { Bits = 16 }).Bytes(),
            "offset inside the header" => (sound with { DataOffset = 348 }).Bytes(),
            "metres" => (sound with { Units = 1 }).Bytes(),
            "too large" => (sound with { IsVersion2 = true, Dim = [3, 40000, 1, 1, 1, 1, 1, 1] }).Bytes(),
            "too large in all" => (sound with { Dim = [3, 2000, 2000, 2000, 1, 1, 1, 1] }).Bytes(),
            _ => (sound with { IsVersion2 = true, Dim = [3, 1L << 40, 1L << 40, 1L << 40, 1, 1, 1, 1] }).Bytes(),
        };
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var copy = bytes.ToArray();
        copy[at] ^= 0x10;
        return copy;
    }

    private VolumeException Faults(byte[] prediction)
    {
        var fault = Assert.Throws<CaseException>(() => ScoreAgainstPlain(prediction));
        Assert.Equal(CaseSide.Prediction, fault.Side);
        return fault;
    }

    private CaseScore ScoreAgainstPlain(byte[] prediction)
    {
        var reference = Write("reference.nii", new NiftiBytes { Voxels = Labels }.Bytes());
        return CaseEvaluator.Score(
            new MaskSource.LabelFile(reference, LabelMaps.BodyMaps2024),
            new MaskSource.LabelFile(Write("prediction.nii.gz", prediction), LabelMaps.BodyMaps2024),
            ["spleen", "kidney_right"],
            new Protocol { Name = "surface-distance" });
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
