using Examples;
using Touchstone.Harness.Phantoms;

namespace Touchstone.Tests.Submissions.Examples;

public sealed class ExampleContractTests : IDisposable
{
    private readonly string _workspace = Directory.CreateTempSubdirectory("touchstone-workspace-").FullName;

    public void Dispose() => Directory.Delete(_workspace, recursive: true);

    [Fact]
    public void RunFlat_OneCase_WritesLabelsOnTheGridOfTheCt()
    {
        using var example = new ExampleCase(PhantomHospital.NonContrast);
        Prepare(example.CtPath, "x.nii.gz");

        Contract.RunFlat([_workspace], volume => [.. volume.Hounsfield.Select(hu => hu > 300 ? (byte)5 : (byte)0)]);

        var labels = Nifti.Read(Path.Combine(_workspace, "outputs", "x.nii.gz"));
        Assert.Equal(example.Ct.Hounsfield.Select(hu => hu > 300 ? (short)5 : (short)0), labels.Hounsfield);
        Assert.Equal(example.Ct.Affine, labels.Affine);
    }

    [Fact]
    public void RunFolders_OneCase_WritesOneMaskPerStructure()
    {
        using var example = new ExampleCase(PhantomHospital.ThickSlices);
        Prepare(example.CtPath, Path.Combine("x", "ct.nii.gz"));

        Contract.RunFolders(
            [_workspace], ["liver", "spleen"], volume => [.. volume.Hounsfield.Select(hu => hu > 300 ? (byte)5 : (byte)0)]);

        var masks = Path.Combine(_workspace, "outputs", "x", "segmentations");
        Assert.Equal(["liver.nii.gz", "spleen.nii.gz"], Directory.GetFiles(masks).Select(Path.GetFileName).Order());
        Assert.Equal(
            example.Ct.Hounsfield.Select(hu => hu > 300 ? (short)1 : (short)0),
            Nifti.Read(Path.Combine(masks, "liver.nii.gz")).Hounsfield);
        Assert.DoesNotContain((short)1, Nifti.Read(Path.Combine(masks, "spleen.nii.gz")).Hounsfield);
    }

    [Fact]
    public void Read_ShortFile_Throws()
    {
        var path = Path.Combine(_workspace, "short.nii.gz");
        File.WriteAllBytes(path, [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);

        Assert.Throws<InvalidDataException>(() => Nifti.Read(path));
    }

    private void Prepare(string ctPath, string name)
    {
        var input = Path.Combine(_workspace, "inputs", name);
        Directory.CreateDirectory(Path.GetDirectoryName(input)!);
        Directory.CreateDirectory(Path.Combine(_workspace, "outputs"));
        File.Copy(ctPath, input);
    }
}
