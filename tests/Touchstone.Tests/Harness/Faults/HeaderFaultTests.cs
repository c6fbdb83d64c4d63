using System.Text.Json;

namespace Touchstone.Tests.Harness.Faults;

/// <summary>B14 and B15: headers that contradict themselves, or do not say where their volume lies.</summary>
public sealed class HeaderFaultTests : IDisposable
{
    private readonly FaultFolder _contradictions = new("B14-header-contradicts-itself");
    private readonly FaultFolder _noPlace = new("B15-no-place");

    [Theory]
    [InlineData("sheared", "sform is sheared: axes 1 and 2")]
    [InlineData("two-places", "10 mm apart")]
    [InlineData("two-spacings", "pixdim says 1×1×1 mm, the columns of its sform 0.8×0.8×0.8 mm")]
    public void Verify_HeaderThatContradictsItself_IsAWarningWithNumbers(string set, string words)
    {
        var run = _contradictions.Touchstone("datasets", "verify", set, "--manifest", "datasets.manifest");

        Assert.Equal(0, run.ExitCode);
        foreach (var file in new[] { "ct.nii.gz", "segmentations/liver.nii.gz" })
        {
            Assert.Contains(
                run.Output.Split('\n'),
                line => line.Contains($"data/{set}/case_1/{file}: ", StringComparison.Ordinal)
                    && line.Contains(words, StringComparison.Ordinal));
        }

        Assert.Equal(1, _contradictions.Touchstone("datasets", "verify", set, "--manifest", "datasets.manifest", "--strict").ExitCode);
    }

    [Fact]
    public void Verify_PlainHeader_GetsNotAWord()
    {
        var run = _contradictions.Touchstone("datasets", "verify", "plain", "--manifest", "datasets.manifest", "--strict");

        Assert.Equal(0, run.ExitCode);
        Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(".nii.gz", run.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sheared", "sheared")]
    [InlineData("two-places", "10 mm apart")]
    [InlineData("two-spacings", "millimetres are those of pixdim")]
    [InlineData("plain", null)]
    public void Evaluate_HeaderThatContradictsItself_IsScoredWithOneLineThatSaysWhatCounts(string set, string? words)
    {
        var run = _contradictions.Touchstone(
            "evaluate", "--reference", $"data/{set}/case_1/segmentations", "--prediction", $"prediction/{set}",
            "--protocol", "monai", "--json", "result.json");

        Assert.Equal(0, run.ExitCode);
        using var result = JsonDocument.Parse(File.ReadAllText(_contradictions.File("result.json")));
        var one = result.RootElement.GetProperty("cases")[0];
        Assert.Equal(0.833333, one.GetProperty("structures")[0].GetProperty("dsc").GetDouble(), 6);
        Assert.Equal(1, one.GetProperty("structures")[0].GetProperty("hd95Mm").GetDouble(), 6);
        var remarks = one.GetProperty("remarks").EnumerateArray().Select(remark => remark.GetString()!).ToList();
        Assert.All(remarks, remark => Assert.StartsWith("reference: ", remark, StringComparison.Ordinal));
        Assert.Equal(words is not null, remarks.Any(remark => remark.Contains(words ?? "", StringComparison.Ordinal)));
        Assert.Equal(words is not null, run.Output.Contains(words ?? "reference: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("reference", "prediction-alike", "reference: It has no place in the world (neither qform nor sform")]
    [InlineData("reference", "prediction-centred", "reference: It has no place in the world (neither qform nor sform")]
    public void Evaluate_ReferenceWithoutAPlace_IsScoredByItsVoxelsAndSaid(string reference, string prediction, string words)
    {
        var run = _noPlace.Touchstone("evaluate", "--reference", reference, "--prediction", prediction, "--json", "result.json");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(words, run.Output, StringComparison.Ordinal);
        using var result = JsonDocument.Parse(File.ReadAllText(_noPlace.File("result.json")));
        Assert.Equal(
            1.0, result.RootElement.GetProperty("cases")[0].GetProperty("structures")[0].GetProperty("dsc").GetDouble());
    }

    [Fact]
    public void Evaluate_PredictionThatLostItsPlace_IsRejectedWithTheseWords()
    {
        var run = _noPlace.Touchstone("evaluate", "--reference", "placed-reference", "--prediction", "prediction-lost");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "prediction: The mask of liver: It has lost its place in the world (neither qform nor sform", run.All, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_CtWithoutAPlace_IsAWarning()
    {
        var run = _noPlace.Touchstone("datasets", "verify", "no-place", "--manifest", "datasets.manifest", "--json");

        Assert.Equal(0, run.ExitCode);
        using var found = JsonDocument.Parse(run.Output);
        Assert.Equal("verified", found.RootElement[0].GetProperty("status").GetString());
        Assert.Contains(
            found.RootElement[0].GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!),
            warning => warning.Contains("data/case_1/ct.nii.gz: It has no place in the world (neither qform nor sform", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _contradictions.Dispose();
        _noPlace.Dispose();
    }
}
