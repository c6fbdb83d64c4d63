using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>Headers that contradict themselves are scored by pixdim and the sform, and it is said.</summary>
public sealed class HeaderDoubtsTests : IDisposable
{
    private static readonly NiftiBytes Sound = new() { Codes = (1, 1), Quaternion = [0, 0, 0, 0, 0, 0] };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Of_SoundHeaders_AreNone()
    {
        Assert.Empty(Doubts(Sound));
        Assert.Empty(Doubts(Sound with { Codes = (0, 1) }));
        Assert.Empty(Doubts(Sound with { Codes = (1, 0) }));
        Assert.Empty(Doubts(Sound with { IsVersion2 = true, IsBigEndian = true }));
        Assert.Empty(Doubts(Sound with { PixDim = [1, 1.0005, 1, 2, 0, 0, 0, 0] }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_QFormElsewhere_SaysHowFar(bool isVersion2)
    {
        var doubt = Assert.Single(Doubts(Sound with { IsVersion2 = isVersion2, SForm = [1, 0, 0, 10, 0, 1, 0, 0, 0, 0, 2, 0] }));

        Assert.StartsWith("Its qform and sform lie up to 10 mm apart (voxel (0, 0, 0) by 10, 0, 0 mm", doubt, StringComparison.Ordinal);
        Assert.EndsWith("the sform counts.", doubt, StringComparison.Ordinal);
    }

    /// <summary>The origin is the same, the far corner is not: half a turn about z.</summary>
    [Fact]
    public void Of_QFormTurned_SaysHowFar() => Assert.StartsWith(
        "Its qform and sform lie up to 7.2111 mm apart (voxel (0, 0, 0) by 0, 0, 0 mm",
        Assert.Single(Doubts(Sound with { Quaternion = [0, 0, 1, 0, 0, 0] })),
        StringComparison.Ordinal);

    /// <summary>It was not read before, so it must not make a file unreadable now.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(double.NaN)]
    public void Of_QFormThatIsNoRotation_IsADoubtBesideAnSForm(double b)
    {
        Assert.StartsWith("Its qform is no rotation", Assert.Single(Doubts(Sound with { Quaternion = [b, 0, 0, 0, 0, 0] })));
        Assert.Equal(
            VolumeFault.Unreadable,
            Assert.Throws<VolumeException>(() => Doubts(Sound with { Codes = (1, 0), Quaternion = [b, 0, 0, 0, 0, 0] })).Fault);
    }

    [Fact]
    public void Of_ColumnsOfOtherLengths_SaysBothAndWhichCount()
    {
        var file = Sound with { Codes = (0, 1), SForm = [0.8, 0, 0, 0, 0, 0.8, 0, 0, 0, 0, 2, 0] };

        Assert.Equal(
            "Its pixdim says 1×1×2 mm, the columns of its sform 0.8×0.8×2 mm; millimetres are those of pixdim.",
            Assert.Single(Doubts(file)));
        Assert.Equal(new Spacing(1, 1, 2), VolumeFile.ReadGeometry(Write(file)).Grid.SpacingMm);
    }

    [Fact]
    public void Of_ShearedSForm_SaysWhichAxesAndByHowMuch() => Assert.EndsWith(
        "Its sform is sheared: axes 1 and 2 meet at 78.6901° (cosine 0.1961), not at right angles; millimetres are those of pixdim along "
        + "each axis.",
        Assert.Single(Doubts(Sound with { Codes = (0, 1), SForm = [1, 0.2, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0] })),
        StringComparison.Ordinal);

    [Fact]
    public void Of_SFormOfZeros_IsSaidWithoutNaN() =>
        Assert.Contains("the columns of its sform 0×0×0 mm", Assert.Single(Doubts(Sound with { Codes = (0, 1), SForm = new double[12] })));

    /// <summary>With both codes 0 neither quaternion nor sform means anything, whatever they hold.</summary>
    [Fact]
    public void ReadGeometry_BothCodesZero_ReadsNeitherForm()
    {
        var path = Write(Sound with
        {
            Codes = (0, 0),
            Quaternion = [2, double.NaN, 1, 10, 20, 30],
            SForm = [double.NaN, 0, 0, 7, 0, 1, 0, 7, 0, 0, 2, 7],
        });

        var geometry = VolumeFile.ReadGeometry(path);

        Assert.False(geometry.HasPlace);
        Assert.Equal(Affine.Scaling(new Spacing(1, 1, 2), (0, 0, 0)), geometry.Affine);
        Assert.Contains("neither qform nor sform", HeaderDoubts.Of(geometry), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_GeometryWithoutAPlace_HasNoneWhenReadBack()
    {
        var geometry = VolumeFile.ReadGeometry(Write(Sound with { Codes = (0, 0) }));

        NiftiWriter.Write(_folder.File("again.nii.gz"), geometry, new byte[24]);

        Assert.Equal(geometry, VolumeFile.ReadGeometry(_folder.File("again.nii.gz")));
    }

    [Fact]
    public void Score_DoubtfulHeaders_AreRemarksOfTheirSide()
    {
        var odd = Sound with { Codes = (0, 1), SForm = [0.8, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0] };
        var (sound, doubtful) = (Masks("sound", Sound), Masks("odd", odd));
        var protocol = new Protocol { Name = Protocol.SurfaceDistance };

        var score = CaseEvaluator.Score(doubtful, doubtful, ["liver"], protocol);

        Assert.StartsWith("reference: Its pixdim says", Assert.Single(score.Remarks), StringComparison.Ordinal);
        Assert.Empty(CaseEvaluator.Score(sound, sound, ["liver"], protocol).Remarks);
    }

    [Fact]
    public void Score_OneOddMaskOfTwo_IsNamed()
    {
        var masks = Masks("two", Sound);
        File.WriteAllBytes(
            _folder.File("two", "spleen.nii"), (Sound with { Quaternion = [0, 0, 0, 5, 0, 0] }).Bytes());

        var score = CaseEvaluator.Score(masks, masks, ["liver", "spleen"], new Protocol { Name = Protocol.SurfaceDistance });

        Assert.StartsWith(
            "reference: The mask of spleen: Its qform and sform lie", Assert.Single(score.Remarks), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<string> Doubts(NiftiBytes file) =>
        HeaderDoubts.Of(VolumeFile.ReadGeometry(Write(file))) is { } line ? [line] : [];

    private string Write(NiftiBytes file)
    {
        var path = _folder.File("volume.nii");
        File.WriteAllBytes(path, file.Bytes());
        return path;
    }

    private MaskSource.MaskFolder Masks(string name, NiftiBytes file)
    {
        Directory.CreateDirectory(_folder.File(name));
        File.WriteAllBytes(_folder.File(name, "liver.nii"), file.Bytes());
        return new MaskSource.MaskFolder(_folder.File(name));
    }
}
