using Touchstone.Evaluators;
using Touchstone.Harness.Checks;
using Touchstone.Harness.Commands;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Checks;

public sealed class SampleCaseTests : IDisposable
{
    private static readonly Geometry Grid = new(
        new Grid(4, 5, 6, new Spacing(1, 1, 2)), Affine.Scaling(new Spacing(1, 1, 2), (0, 0, 0)));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Phantoms_DifferInAxesAndSpacing_AndAreTheSameEveryTime()
    {
        var first = PhantomSamples.Write(_folder.File("one"));
        var second = PhantomSamples.Write(_folder.File("two"));

        Assert.Equal(["RAS", "LPS", "LAS"], first.Select(one => one.Axes));
        Assert.Equal(["sample-1", "sample-2", "sample-3"], first.Select(one => one.Case.Id));
        Assert.Equal(first.Select(one => Bytes(one.Case.CtPath)), second.Select(one => Bytes(one.Case.CtPath)));
        Assert.All(first, one => Assert.Equal(22, Directory.GetFiles(one.Case.SegmentationsPath).Length));
        Assert.Empty(Directory.GetDirectories(_folder.File("one"), "*.part"));
    }

    [Fact]
    public void OwnCase_WithReference_IsReadWhereItLies()
    {
        var folder = NewCase("mine", "liver");

        var one = Assert.Single(OwnCases.Read([folder], Challenge("liver"), _folder.File("scratch")));

        Assert.Equal(("mine", true), (one.Case.Id, one.HasReference));
        Assert.Equal(Path.Combine(folder, "segmentations"), one.Case.SegmentationsPath);
        Assert.False(Directory.Exists(_folder.File("scratch")));
    }

    [Fact]
    public void OwnCase_WithoutReference_IsHeldToTheGridOfItsCt()
    {
        var one = Assert.Single(OwnCases.Read([NewCase("mine")], Challenge("liver"), _folder.File("scratch")));

        Assert.False(one.HasReference);
        Assert.Equal(Grid, VolumeFile.ReadGeometry(Path.Combine(one.Case.SegmentationsPath, "liver.nii.gz")));
    }

    [Fact]
    public void OwnCases_OfOneName_AreNumbered()
    {
        var cases = OwnCases.Read([NewCase("a/x y"), NewCase("b/x y")], Challenge("liver"), _folder.File("scratch"));

        Assert.Equal(["x-y-1", "x-y-2"], cases.Select(one => one.Case.Id));
    }

    [Fact]
    public void OwnCase_WithoutCt_IsWrongUse()
    {
        var fault = Assert.Throws<WrongUseException>(() => OwnCases.Read([_folder.Path], Challenge("liver"), _folder.File("scratch")));

        Assert.Contains("has no ct.nii.gz", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OwnCase_MaskOnAnotherGrid_IsWrongUseThatNamesIt()
    {
        var folder = NewCase("mine");
        var other = Grid with { Grid = Grid.Grid with { Nx = 3 } };
        NiftiWriter.Write(Path.Combine(folder, "segmentations", "liver.nii.gz"), other, new byte[other.Grid.VoxelCount]);

        var fault = Assert.Throws<WrongUseException>(() => OwnCases.Read([folder], Challenge("liver"), _folder.File("scratch")));

        Assert.Contains("The mask of liver does not fit the CT", fault.Message, StringComparison.Ordinal);
    }

    private static Challenge Challenge(string structure) => EngineFixture.Challenge with { Structures = [structure] };

    private static string Bytes(string path) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));

    private string NewCase(string name, params string[] structures)
    {
        var folder = _folder.File(name);
        Directory.CreateDirectory(Path.Combine(folder, "segmentations"));
        NiftiWriter.Write(Path.Combine(folder, "ct.nii.gz"), Grid, new short[Grid.Grid.VoxelCount]);
        foreach (var structure in structures)
        {
            NiftiWriter.Write(Path.Combine(folder, "segmentations", $"{structure}.nii.gz"), Grid, new byte[Grid.Grid.VoxelCount]);
        }

        return folder;
    }
}
