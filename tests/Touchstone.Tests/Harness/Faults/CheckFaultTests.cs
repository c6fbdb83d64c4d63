using System.Text;
using System.Text.Json;

namespace Touchstone.Tests.Harness.Faults;

/// <summary>B09 and B15 as a participant meets them: <c>touchstone check</c> on a container that leaves such a mask.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class CheckFaultTests(EngineFixture fixture)
{
    private const string Leave =
        "out=outputs/$(basename inputs/*)/segmentations; mkdir -p $out; cat masks/left.nii.gz > $out/liver.nii.gz";

    [Theory]
    [InlineData("tiny-background", "1e-07")]
    [InlineData("intercept", "-1024")]
    public void Check_ContainerLeavesWhatIsNoMask_FailsWithTheAdviceToSaveWholeNumbers(string prediction, string value)
    {
        using var fault = new FaultFolder("B09-not-a-mask");
        var reference = fault.File("data", "case_1", "segmentations", "liver.nii.gz");
        File.Copy(fault.File("reference", "liver.nii.gz"), reference, overwrite: true);

        using var report = Check(fault, fault.File(prediction, "liver.nii.gz"), exitCode: 1);

        var one = report.RootElement.GetProperty("cases")[0];
        Assert.Equal("outputNotLabels", one.GetProperty("ending").GetString());
        var finding = Finding(report, "labels");
        Assert.Contains($"holds {value};", finding.GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.Contains("whole numbers", finding.GetProperty("toDo").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The place is nibabel's, or whatever the CT's header was copied to: neither is the participant's fault.</summary>
    [Theory]
    [InlineData("prediction-alike")]
    [InlineData("prediction-centred")]
    public void Check_CtWithoutAPlace_TakesThePredictionAndSaysSo(string prediction)
    {
        using var fault = new FaultFolder("B15-no-place");

        using var report = Check(fault, fault.File(prediction, "liver.nii.gz"), exitCode: 0);

        Assert.Equal("completed", report.RootElement.GetProperty("cases")[0].GetProperty("ending").GetString());
        Assert.Contains(
            report.RootElement.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("code").GetString() == "geometry"
                && finding.GetProperty("what").GetString()!.Contains("neither qform nor sform", StringComparison.Ordinal));
    }

    /// <summary>Masks that a library gave a place which the CT has not: another library's place is as good.</summary>
    [Fact]
    public void Check_CtWithoutAPlaceAndMasksWithOne_HoldsNobodyToThatPlace()
    {
        using var fault = new FaultFolder("B15-no-place");
        File.Copy(
            fault.File("placed-reference", "liver.nii.gz"), fault.File("data", "case_1", "segmentations", "liver.nii.gz"), overwrite: true);

        using var report = Check(fault, fault.File("prediction-centred", "liver.nii.gz"), exitCode: 0);

        Assert.Equal("completed", report.RootElement.GetProperty("cases")[0].GetProperty("ending").GetString());
    }

    private static JsonElement Finding(JsonDocument report, string code) => report.RootElement.GetProperty("findings").EnumerateArray()
        .First(finding => finding.GetProperty("code").GetString() == code);

    private JsonDocument Check(FaultFolder fault, string left, int exitCode)
    {
        var image = fixture.BuildImage();
        File.WriteAllBytes(fault.File("mine.tar"), (image with
        {
            Files = new Dictionary<string, byte[]>(image.Files)
            {
                ["bin/bash"] = Encoding.ASCII.GetBytes("#!/bin/sh\nexec /bin/sh \"$@\"\n"),
                ["workspace/masks/left.nii.gz"] = File.ReadAllBytes(left),
            },
        }).Build());

        var run = fault.Touchstone(
            "check", "mine.tar", "--layout", "folder", "--case", "data/case_1", "--command", Leave, "--json", "-");

        Assert.True(run.ExitCode == exitCode, run.All);
        return JsonDocument.Parse(run.Output);
    }
}
