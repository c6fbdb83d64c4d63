using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Faults;

/// <summary>Inputs of <c>touchstone evaluate</c> that gave wrong numbers, or right ones that nobody could read rightly.</summary>
public sealed class EvaluateFaultTests
{
    [Theory]
    [InlineData("surface-distance", "0.2500", 0.25)]
    [InlineData("monai", "0.2500", 0.25)]
    [InlineData("bodymaps-2024", "0.2495", 0.2495)]
    public void MissedOrgan_DoesNotMakeDistancesBetter(string protocol, string dsc, double mean)
    {
        using var fault = new FaultFolder("B01-missed-organ");

        var one = Evaluate(fault, "reference", "finds-one", "--protocol", protocol, "--json", "out.json").Succeeded();
        var all = Evaluate(fault, "reference", "finds-all", "--protocol", protocol).Succeeded();

        var liver = Row(one, "liver");
        Assert.Contains($"{dsc} (4 of 4)", liver, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(fault.File("out.json")));
        var scores = json.RootElement.GetProperty("cases").EnumerateArray().Select(one => one.GetProperty("structures")[0]).ToList();
        Assert.Equal(mean, scores.Average(score => score.GetProperty("dsc").GetDouble()), 6);
        Assert.All(scores.Skip(1), score => Assert.Equal(JsonValueKind.Null, score.GetProperty("hd95Mm").ValueKind));
        if (protocol != "bodymaps-2024")
        {
            Assert.Contains("0.2500 (4 of 4)   0.2500 (4 of 4)   0.00 (1 of 4)   0.00 (1 of 4)", liver, StringComparison.Ordinal);
            Assert.Contains("0.8333 (4 of 4)   1.0000 (4 of 4)   1.00 (4 of 4)", Row(all, "liver"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void NothingAnnotated_HasNoNumbers()
    {
        using var fault = new FaultFolder("B38-nothing-annotated");

        var run = Evaluate(fault, "data", "data", "--protocol", "monai").Succeeded();

        Assert.Matches(@"^  liver +0 +2 +– +– +– +– ", Row(run, "liver"));
        Assert.Matches(@"^  spleen +0 +2 +– +– +– +– ", Row(run, "spleen"));
    }

    [Fact]
    public void UnknownLabels_AreNamedWithTheirVoxels()
    {
        using var fault = new FaultFolder("B36-unknown-labels");

        var run = Evaluate(fault, "reference.nii.gz", "prediction.nii.gz", "--labels", "abdomenatlas-1.1").Succeeded();

        Assert.Equal(("0.9091", "1.0000"), (Dsc(run, "liver"), Dsc(run, "spleen")));
        Assert.Contains(
            "Labels 29, 255 have no name in abdomenatlas-1.1 and were not scored: 29 (12 voxels of the prediction), 255 (3 voxels of "
            + "the prediction).",
            run.Error,
            StringComparison.Ordinal);
        Assert.Contains("On neither side of any case: aorta, ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherNames_AreToldWithWhatWasLookedFor()
    {
        using var fault = new FaultFolder("B60-other-names");

        var run = Evaluate(fault, "reference", "prediction").Succeeded();

        Assert.Equal("1.0000", Dsc(run, "liver"));
        Assert.Contains("GallBladder.nii.gz (perhaps gall_bladder)", run.Error, StringComparison.Ordinal);
        Assert.Contains("left_kidney.nii.gz (perhaps kidney_left)", run.Error, StringComparison.Ordinal);
        Assert.Contains("IVC.nii.gz (perhaps postcava)", run.Error, StringComparison.Ordinal);
        Assert.Contains("for want of a file: gall_bladder, kidney_left, postcava.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingCases_CountAsWorst_OrTheCaptionSaysThatTheyDoNot()
    {
        using var fault = new FaultFolder("B68-missing-cases");
        string[] labels = ["--labels", "abdomenatlas-1.0"];

        var worst = Evaluate(fault, "reference", "prediction", [.. labels, "--csv", "out.csv", "--json", "out.json"]);
        var skip = Evaluate(fault, "reference", "prediction", [.. labels, "--missing", "skip"]);

        Assert.Equal((1, 1), (worst.ExitCode, skip.ExitCode));
        Assert.Contains("case_2: rejected. prediction: There is no case_2.nii.gz in prediction.", worst.Error, StringComparison.Ordinal);
        Assert.Contains("No prediction for 2 of 3 references: case_2, case_3.", worst.Error, StringComparison.Ordinal);
        Assert.Contains("means over 3 cases, 2 of them without a valid prediction: DSC and NSD count 0", worst.Output, StringComparison.Ordinal);
        Assert.Contains("0.3333 (3 of 3)   0.3333 (3 of 3)   0.00 (1 of 3)", Row(worst, "liver"), StringComparison.Ordinal);
        Assert.DoesNotMatch("(?m)^  (aorta|spleen) ", worst.Output);
        Assert.Contains("means over 1 of 3 cases, 2 without a valid prediction left out (--missing skip)", skip.Output, StringComparison.Ordinal);
        Assert.Contains("1.0000 (1 of 3)", Row(skip, "liver"), StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(fault.File("out.csv")).Count(line => line.Contains(",rejected,", StringComparison.Ordinal)));
        Assert.Equal(2, Regex.Count(File.ReadAllText(fault.File("out.json")), "\"rejected\""));
    }

    [Fact]
    public void ExchangedLungs_AreRemarkedOn_AndNothingElse()
    {
        using var fault = new FaultFolder("NC-A3-swapped-or-other-numbers");

        var run = Evaluate(fault, "lungs-reference.nii.gz", "lungs-swapped.nii.gz", "--labels", "abdomenatlas-1.1").Succeeded();

        Assert.Equal(("0.0000", "0.0000", "1.0000"), (Dsc(run, "lung_left"), Dsc(run, "lung_right"), Dsc(run, "liver")));
        Assert.Equal(
            "Right shapes under wrong names? lung_left and lung_right look exchanged (DSC 1.00 that way, 0.00 as given).",
            Assert.Single(Remarks(run)));
    }

    [Fact]
    public void NumbersOfAnotherNumbering_AreRecognised()
    {
        using var fault = new FaultFolder("NC-A3-swapped-or-other-numbers");

        var run = Evaluate(fault, "organs-reference.nii.gz", "organs-other-numbers.nii.gz", "--labels", "abdomenatlas-1.1").Succeeded();

        Assert.Equal(("1.0000", "1.0000", "0.0000"), (Dsc(run, "liver"), Dsc(run, "kidney_left"), Dsc(run, "aorta")));
        Assert.Contains(
            "The numbers look like those of totalsegmentator: read so, the mean DSC is 1.00, as given 0.25.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Labels 52, 63 have no name in abdomenatlas-1.1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void LabelVolumesWithoutLabels_GiveNoTable()
    {
        using var fault = new FaultFolder("NC-B2-label-volumes-without-labels");

        var without = Evaluate(fault, "labelsTs", "predictions");
        var with = Evaluate(fault, "labelsTs", "predictions", "--labels", "labels.txt").Succeeded();

        Assert.Equal(2, without.ExitCode);
        Assert.StartsWith("1 case, 2 masks (case_001, case_002). Each file is taken for a structure: where each is a case, say with --labels what its numbers mean.\n", without.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("DSC", without.Output, StringComparison.Ordinal);
        Assert.Contains("hold several labels. Say with --labels", without.Error, StringComparison.Ordinal);
        Assert.StartsWith("2 cases, labels from labels.txt.\n", with.Output, StringComparison.Ordinal);
        AssertThree(with);
    }

    [Fact]
    public void DatasetJson_IsALabelMap()
    {
        using var fault = new FaultFolder("NC-E3-dataset-json");

        var run = Evaluate(fault, "labelsTs", "predictions", "--labels", "dataset.json").Succeeded();

        AssertThree(run);
        Assert.DoesNotContain("background", run.All, StringComparison.Ordinal);
        Assert.DoesNotContain("plans", run.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("predictions-pred", "_pred")]
    [InlineData("predictions-0000", "_0000")]
    public void SuffixesOfPredictions_AreIgnored_AndThatIsSaid(string predictions, string suffix)
    {
        using var fault = new FaultFolder("NC-E4-prediction-suffixes");

        var run = Evaluate(fault, "labels", predictions, "--labels", "labels.txt").Succeeded();

        Assert.StartsWith(
            $"2 cases, labels from labels.txt; \"{suffix}\" at the end of the predictions' names is ignored.\n",
            run.Output,
            StringComparison.Ordinal);
        AssertThree(run);
    }

    [Fact]
    public void LabelVolumesAgainstMasks_AreScoredInBothDirections()
    {
        using var fault = new FaultFolder("NC-E5-volume-against-masks");
        const string volume = "volumes/case_001.nii.gz", masks = "masks/case_001/segmentations";

        foreach (var (reference, prediction) in new[] { (volume, masks), (masks, volume), (volume, "masks/case_001") })
        {
            var run = Evaluate(fault, reference, prediction, "--labels", "labels.txt").Succeeded();
            Assert.Equal(("0.8333", "0.6667", "1.0000"), (Dsc(run, "liver"), Dsc(run, "kidney_left"), Dsc(run, "spleen")));
        }

        AssertThree(Evaluate(fault, "volumes", "masks", "--labels", "labels.txt").Succeeded());
        AssertThree(Evaluate(fault, "masks", "volumes", "--labels", "labels.txt").Succeeded());
    }

    [Fact]
    public void LabelVolumesAgainstMasks_ThatCannotBeMeant_AreRefusedByName()
    {
        using var fault = new FaultFolder("NC-E5-volume-against-masks");
        string[] labels = ["--labels", "labels.txt"];

        foreach (var (run, words) in new[]
        {
            (Evaluate(fault, "volumes", "masks"), "Say with --labels"),
            (Evaluate(fault, "masks", "volumes"), "volumes/case_001.nii.gz is a label volume"),
            (Evaluate(fault, "volumes/case_001.nii.gz", "masks", labels), "Name two of a case, such as masks/case_001/segmentations"),
            (Evaluate(fault, "volumes/case_001.nii.gz", "volumes", labels), "such as volumes/case_001.nii.gz"),
            (Evaluate(fault, "masks/case_001", "volumes", labels), "masks/case_001/segmentations holds masks named after structures"),
        })
        {
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(words, run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("surface-distance", @"0\.5000 \(2 of 2\) +0\.5000 \(2 of 2\)")]
    [InlineData("monai", @"1\.0000 \(1 of 2\) +0\.5000 \(2 of 2\)")]
    public void AbsentStructure_IsNoCase_AndApartFromAFalsePositive(string protocol, string spleen)
    {
        using var fault = new FaultFolder("NC-E6-absent-structure");

        var run = Evaluate(fault, "reference", "prediction", "--labels", "labels.txt", "--protocol", protocol).Succeeded();

        Assert.Matches(@"Structure +Cases +Absent +False pos\. +DSC", run.Output);
        Assert.Matches(@"^  liver +2 +0 +0 +0\.8333 \(2 of 2\)", Row(run, "liver"));
        Assert.Matches(@"^  kidney_left +1 +1 +0 +0\.6667 \(1 of 2\)", Row(run, "kidney_left"));
        Assert.Matches($@"^  spleen +1 +0 +1 +{spleen} +0\.00 \(1 of 2\) +0\.00 \(1 of 2\)", Row(run, "spleen"));
    }

    [Fact]
    public void LabelsWithoutAName_AreSaidOnceForAllCases()
    {
        using var fault = new FaultFolder("NC-E7-labels-without-a-name");

        var run = Evaluate(fault, "reference", "prediction", "--labels", "labels.txt").Succeeded();

        AssertThree(run);
        Assert.Equal(
            "Labels 4, 5, 6 have no name in labels.txt and were not scored: 4 (4 voxels of the reference, 4 of the prediction), "
            + "5 (6 voxels of the reference, 6 of the prediction), 6 (5 voxels of the prediction in case_002).",
            Assert.Single(Remarks(run)));
    }

    [Theory]
    [InlineData("background.txt", "kidney_left")]
    [InlineData("quotes.txt", "Niere links")]
    [InlineData("tabs.txt", "Niere links")]
    public void BackgroundQuotesAndTabs_AreRead(string labels, string kidney)
    {
        using var fault = new FaultFolder("NC-E11-background-and-quotes");

        var run = Evaluate(fault, "reference.nii.gz", "prediction.nii.gz", "--labels", labels).Succeeded();

        Assert.Equal(("0.8333", "0.6667", "1.0000"), (Dsc(run, "liver"), Dsc(run, kidney), Dsc(run, "spleen")));
        Assert.DoesNotMatch("(?m)^  (background|\"|\t)", run.Output);
    }

    [Fact]
    public void OrganAsBackground_IsRefusedWithItsLine()
    {
        using var fault = new FaultFolder("NC-E11-background-and-quotes");

        var run = Evaluate(fault, "reference.nii.gz", "prediction.nii.gz", "--labels", "zero-is-an-organ.txt");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("zero-is-an-organ.txt is no label map: line 1: label 0 is background, so liver", run.Error, StringComparison.Ordinal);
    }

    /// <summary>What stands on standard error beside the progress, which a slow machine gets to see.</summary>
    private static IEnumerable<string> Remarks(CommandRun run) => run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith("Scoring", StringComparison.Ordinal));

    private static CommandRun Evaluate(FaultFolder fault, string reference, string prediction, params string[] more) =>
        fault.Touchstone(["evaluate", "--reference", reference, "--prediction", prediction, .. more]);

    private static void AssertThree(CommandRun run)
    {
        Assert.Equal(("0.7500", "0.6667", "1.0000"), (Dsc(run, "liver"), Dsc(run, "kidney_left"), Dsc(run, "spleen")));
        Assert.Matches(@"^  liver +2 +0\.7500 \(2 of 2\)", Row(run, "liver"));
    }

    private static string Dsc(CommandRun run, string structure) => Regex.Match(Row(run, structure), @" (\d\.\d{4})").Groups[1].Value;

    private static string Row(CommandRun run, string structure) => Assert.Single(
        run.Output.Split('\n'), line => line.StartsWith($"  {structure} ", StringComparison.Ordinal));
}
