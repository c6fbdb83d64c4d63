using System.Text.Json;

namespace Touchstone.Tests.Harness.Faults;

/// <summary>B26 and B28: compressed files whose sums do not fit, and gzip in all its forms.</summary>
public sealed class DamageFaultTests : IDisposable
{
    private readonly FaultFolder _sums = new("B26-wrong-checksum");
    private readonly FaultFolder _forms = new("B28-gzip-forms");

    [Fact]
    public void Verify_DamagedChecksums_NamesExactlyTheseFilesWithTheReason()
    {
        var run = _sums.Touchstone("datasets", "verify", "crc", "--manifest", "datasets.manifest", "--json");

        Assert.Equal(1, run.ExitCode);
        using var found = JsonDocument.Parse(run.Output);
        Assert.Equal("faulty", found.RootElement[0].GetProperty("status").GetString());
        Assert.Empty(found.RootElement[0].GetProperty("warnings").EnumerateArray());
        Assert.Collection(
            found.RootElement[0].GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!),
            ct => Assert.Matches(@"case_1/ct\.nii\.gz: .*checksum", ct),
            liver => Assert.Matches(@"case_1/segmentations/liver\.nii\.gz: .*checksum", liver));
    }

    [Theory]
    [InlineData("case_1", "case_2", "reference")]
    [InlineData("case_2", "case_1", "prediction")]
    public void Evaluate_DamagedChecksum_IsRejectedAndBlamedOnItsSide(string reference, string prediction, string side)
    {
        var run = _sums.Touchstone(
            "evaluate", "--reference", $"data/{reference}/segmentations", "--prediction", $"data/{prediction}/segmentations");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches($"rejected. {side}: The mask of liver: .*checksum is wrong", run.All);
    }

    [Theory]
    [InlineData("long-name")]
    [InlineData("comment")]
    [InlineData("members")]
    [InlineData("blocks")]
    [InlineData("empty-member")]
    public void Evaluate_GzipOfAnyForm_IsScored(string prediction)
    {
        Assert.Equal(
            0, _forms.Touchstone("evaluate", "--reference", "reference", "--prediction", prediction, "--json", "result.json").ExitCode);

        using var result = JsonDocument.Parse(File.ReadAllText(_forms.File("result.json")));
        Assert.Equal(
            1.0, result.RootElement.GetProperty("cases")[0].GetProperty("structures")[0].GetProperty("dsc").GetDouble());
    }

    [Theory]
    [InlineData("zeros-behind", "512 zero bytes follow the end of its compressed data")]
    [InlineData("rubbish-behind", "17 bytes follow the end of its compressed data")]
    public void Evaluate_SomethingBehindTheGzipData_IsRejectedWithoutBlamingTheVoxels(string prediction, string words)
    {
        var run = _forms.Touchstone("evaluate", "--reference", "reference", "--prediction", prediction);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(words, run.All, StringComparison.Ordinal);
        Assert.DoesNotContain("last voxel", run.All, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _sums.Dispose();
        _forms.Dispose();
    }
}
