using System.Text.Json;

namespace Touchstone.Tests.Harness.Faults;

/// <summary>B09: what is no mask is refused by whatever reads it.</summary>
public sealed class MaskFaultTests : IDisposable
{
    private readonly FaultFolder _folder = new("B09-not-a-mask");

    [Theory]
    [InlineData("tiny-background", "1e-07")]
    [InlineData("probabilities", "0.02")]
    [InlineData("minus-one", "-1")]
    [InlineData("intercept", "-1024")]
    public void Evaluate_PredictionThatIsNoMask_IsRejectedWithVoxelAndValue(string prediction, string value)
    {
        var run = _folder.Touchstone("evaluate", "--reference", "reference", "--prediction", prediction);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("rejected", run.All, StringComparison.Ordinal);
        Assert.Contains("prediction: The mask of liver", run.All, StringComparison.Ordinal);
        Assert.Contains($"Voxel (0, 0, 0) holds {value};", run.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whole-floats")]
    [InlineData("zero-and-255")]
    public void Evaluate_MaskOfAnotherType_IsScored(string prediction)
    {
        var run = _folder.Touchstone("evaluate", "--reference", "reference", "--prediction", prediction, "--json", "result.json");

        Assert.Equal(0, run.ExitCode);
        using var result = JsonDocument.Parse(File.ReadAllText(_folder.File("result.json")));
        var structure = result.RootElement.GetProperty("cases")[0].GetProperty("structures")[0];
        Assert.Equal(("liver", 1.0), (structure.GetProperty("structure").GetString(), structure.GetProperty("dsc").GetDouble()));
    }

    [Fact]
    public void Evaluate_ReferenceThatIsNoMask_IsTheReferencesFault()
    {
        var run = _folder.Touchstone("evaluate", "--reference", "data/case_1/segmentations", "--prediction", "reference");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("reference: The mask of liver", run.All, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_MaskOfFractions_IsFaultyAndNamedAlone()
    {
        var run = _folder.Touchstone("datasets", "verify", "fractions", "--manifest", "datasets.manifest");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("faulty", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"case_1/segmentations/liver\.nii\.gz: Voxel \(0, 0, 0\) holds [0-9.e-]+; a mask holds", run.Output);
        Assert.DoesNotContain("spleen", run.All, StringComparison.Ordinal);
        Assert.DoesNotContain("ct.nii.gz", run.All, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
