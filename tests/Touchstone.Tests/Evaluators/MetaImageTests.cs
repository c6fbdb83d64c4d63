using System.IO.Compression;
using System.Text;
using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

public sealed class MetaImageTests : IDisposable
{
    private const string Header = """
        ObjectType = Image
        NDims = 3
        BinaryData = True
        BinaryDataByteOrderMSB = False
        CompressedData = False
        TransformMatrix = 1 0 0 0 1 0 0 0 1
        Offset = -10 20 30
        CenterOfRotation = 0 0 0
        AnatomicalOrientation = RAI
        ElementSpacing = 0.5 0.75 2
        DimSize = 4 3 2
        ElementType = MET_UCHAR
        ElementDataFile = LOCAL

        """;

    private static readonly byte[] Labels = [.. Enumerable.Range(0, 24).Select(i => (byte)(i % 5 == 0 ? 2 : 0))];

    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-metaimage-").FullName;

    [Fact]
    public void ReadGeometry_Plain_TurnsItsWorldIntoNiftis() =>
        Assert.Equal(
            new Geometry(
                new Grid(4, 3, 2, new Spacing(0.5, 0.75, 2)), new Affine(new(-0.5, 0, 0, 10), new(0, -0.75, 0, -20), new(0, 0, 2, 30)))
            {
                Source = PlaceSource.MetaImage,
            },
            VolumeFile.ReadGeometry(Write(Header, Labels)));

    [Fact]
    public void ReadGeometry_Rotated_TakesEachTripleForAnAxis()
    {
        var geometry = VolumeFile.ReadGeometry(Write(Header.Replace("1 0 0 0 1 0 0 0 1", "0 1 0 0 0 1 1 0 0"), Labels));

        Assert.Equal(new Affine(new(0, 0, -2, 10), new(-0.5, 0, 0, -20), new(0, 0.75, 0, 30)), Rounded(geometry.Affine));
    }

    [Theory]
    [InlineData("MET_UCHAR", 1, false)]
    [InlineData("MET_UCHAR", 1, true)]
    [InlineData("MET_SHORT", 2, false)]
    [InlineData("MET_SHORT", 2, true)]
    public void Score_AnyStorage_CountsTheVoxels(string type, int bytes, bool isCompressed)
    {
        var stored = bytes == 1 ? Labels : [.. Labels.SelectMany(label => new byte[] { label, 0 })];
        var header = Header.Replace("MET_UCHAR", type);

        var score = Score(isCompressed ? Write(Compressed(header), Zlib(stored)) : Write(header, stored));

        Assert.Equal(1, score.Dsc);
        Assert.Equal(5, score.BothVoxels);
    }

    public static TheoryData<string, VolumeFault> Broken() => new()
    {
        { "cut", VolumeFault.Damaged },
        { "a byte more", VolumeFault.Damaged },
        { "zlib cut", VolumeFault.Damaged },
        { "zlib with a dictionary", VolumeFault.Damaged },
        { "zlib of another method", VolumeFault.Damaged },
        { "zlib checksum", VolumeFault.Damaged },
        { "zlib and a byte more", VolumeFault.Damaged },
        { "zlib and much more", VolumeFault.Damaged },
        { "zlib of too few", VolumeFault.Damaged },
        { "zlib of too many", VolumeFault.Damaged },
        { "header only", VolumeFault.Damaged },
        { "detached", VolumeFault.Unreadable },
        { "two dimensions", VolumeFault.Unreadable },
        { "odd type", VolumeFault.Unreadable },
        { "no sizes", VolumeFault.Unreadable },
        { "endless header", VolumeFault.Unreadable },
        { "vectors", VolumeFault.NotLabels },
        { "huge", VolumeFault.TooLarge },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Score_BrokenFile_IsRejectedByKind(string how, VolumeFault expected)
    {
        var zlib = Zlib(Labels);
        var path = how switch
        {
            "cut" => Write(Header, Labels[..^1]),
            "a byte more" => Write(Header, [.. Labels, 0]),
            "zlib with a dictionary" => Write(Compressed(Header), [0x78, 0xbb, 1, 2, 3, 4, .. zlib[2..]]),
            "zlib of another method" => Write(Compressed(Header), [0x77, 0x09, .. zlib[2..]]),
            "zlib cut" => Write(Compressed(Header), zlib[..^1]),
            "zlib checksum" => Write(Compressed(Header), [.. zlib[..^1], (byte)(zlib[^1] ^ 1)]),
            "zlib and a byte more" => Write(Compressed(Header), [.. zlib, 0]),
            "zlib and much more" => Write(Compressed(Header), [.. zlib, .. new byte[30000]]),
            "zlib of too few" => Write(Compressed(Header), Zlib(Labels[..^1])),
            "zlib of too many" => Write(Compressed(Header), Zlib([.. Labels, 0])),
            "header only" => Write(Header[..100], []),
            "detached" => Write(Header.Replace("LOCAL", "other.raw"), Labels),
            "two dimensions" => Write(Header.Replace("NDims = 3", "NDims = 2"), Labels),
            "odd type" => Write(Header.Replace("MET_UCHAR", "MET_STRING"), Labels),
            "no sizes" => Write(Header.Replace("DimSize", "DimSizes"), Labels),
            "endless header" => Write("ObjectType = " + new string('x', 100_000), []),
            "vectors" => Write(Header.Replace("NDims = 3", "NDims = 3\nElementNumberOfChannels = 2"), [.. Labels, .. Labels]),
            _ => Write(Header.Replace("4 3 2", "4 3 200000"), Labels),
        };

        Assert.Equal(expected, Assert.Throws<CaseException>(() => Score(path)).Fault);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Compressed(string header) => header.Replace("CompressedData = False", "CompressedData = True");

    private static byte[] Zlib(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Fastest))
        {
            zlib.Write(bytes);
        }

        return memory.ToArray();
    }

    /// <summary>Without the minus that a negated zero carries.</summary>
    private static Affine Rounded(Affine affine)
    {
        return new(Row(affine.X), Row(affine.Y), Row(affine.Z));

        static AffineRow Row(AffineRow row) => new(row.I + 0, row.J + 0, row.K + 0, row.Offset + 0);
    }

    private StructureScore Score(string prediction)
    {
        var reference = Path.Combine(_folder, "reference.nii.gz");
        NiftiWriter.Write(
            reference,
            new Geometry(
                new Grid(4, 3, 2, new Spacing(0.5, 0.75, 2)), new Affine(new(-0.5, 0, 0, 10), new(0, -0.75, 0, -20), new(0, 0, 2, 30)))
            {
                Source = PlaceSource.MetaImage,
            },
            Labels);
        return Assert.Single(CaseEvaluator.Score(
            new MaskSource.LabelFile(reference, LabelMaps.BodyMaps2024),
            new MaskSource.LabelFile(prediction, LabelMaps.BodyMaps2024),
            ["kidney_right"],
            new Protocol { Name = Protocol.SurfaceDistance }).Structures);
    }

    private string Write(string header, byte[] voxels)
    {
        var path = Path.Combine(_folder, "volume.mha");
        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes(header), .. voxels]);
        return path;
    }
}
