using System.Text.Json;
using Touchstone.Evaluators;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Evaluation;

/// <summary>How two paths are read, and what is said about what was not.</summary>
public sealed class EvaluationReadingTests : IDisposable
{
    private static readonly Geometry Grid = Evaluators.Some.Geometry(6, 5, 4);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PredictionsWithoutAReference_AndOtherFormats_AreCountedAndNamed()
    {
        Volumes("labels", "a", "b");
        Volumes("out", "a", "b", "c", "d");
        File.WriteAllText(_folder.File("out", "plans.json"), "{}");
        File.WriteAllText(_folder.File("out", "e.nrrd"), "NRRD0004");
        File.WriteAllText(_folder.File("labels", "F.NII.GZ"), "");

        var run = Evaluate("labels", "out", "--labels", "abdomenatlas-1.0").Succeeded();

        Assert.Contains("No reference for 2 predictions, not used: c.nii.gz, d.nii.gz.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Not read, because volumes end with .nii.gz, .nii, .mha: F.NII.GZ, e.nrrd.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("plans", run.All, StringComparison.Ordinal);
    }

    [Fact]
    public void PredictionUnderAnotherName_IsNamedBesideTheOneThatWasLookedFor()
    {
        Volumes("labels", "case_1", "case_2");
        Volumes("out", "case_1", "case_2_final");

        var run = Evaluate("labels", "out", "--labels", "abdomenatlas-1.0");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"case_2: rejected. prediction: There is no case_2.nii.gz in {_folder.File("out")}, but there is case_2_final.nii.gz. "
            + "Name it after its reference.",
            run.Error,
            StringComparison.Ordinal);
        Assert.Contains("0.5000 (2 of 2)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyMissingCases_AreNamedUpToTen()
    {
        string[] names = [.. Enumerable.Range(1, 13).Select(i => $"p{i:00}")];
        Volumes("labels", names);
        Volumes("out", "p13");

        var run = Evaluate("labels", "out", "--labels", "abdomenatlas-1.0");

        Assert.Contains(
            "No prediction for 12 of 13 references: p01, p02, p03, p04, p05, p06, p07, p08, p09, p10 and 2 more.",
            run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void OneMaskOfSeveralLabels_RejectsItsCaseAlone_AndNamesTheOption()
    {
        Write("truth/a/liver", 1);
        Write("truth/b/liver", 1);
        Write("out/a/liver", 1);
        Write("out/b/liver", 1, 2);

        var run = Evaluate("truth", "out");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("2 cases, 2 masks.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("b: rejected. prediction: The mask of liver:", run.Error, StringComparison.Ordinal);
        Assert.Contains("say with --labels", run.Error, StringComparison.Ordinal);
        Assert.Contains("0.5000 (2 of 2)   0.5000 (2 of 2)   0.00 (1 of 2)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void MasksWithLabels_AreStillMasks_AndThatIsSaid()
    {
        Write("truth/liver", 1);
        Write("truth/spleen", 1);
        Write("out/liver", 1);
        Write("out/spleen", 1);

        var run = Evaluate("truth", "out", "--labels", "totalsegmentator").Succeeded();

        Assert.StartsWith(
            "1 case, 2 masks; totalsegmentator is not needed, since masks are named after their structures.\n",
            run.Output,
            StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  spleen +1 +1\.0000 ", run.Output);
    }

    [Theory]
    [InlineData("prediction", "_pred")]
    [InlineData("reference", "_gt")]
    public void MasksWithASuffix_AreReadWithoutIt_AndThatIsSaid(string side, string suffix)
    {
        foreach (var (folder, end) in new[] { ("reference", ""), ("prediction", "") })
        {
            foreach (var one in new[] { "c1", "c2" })
            {
                Write($"{folder}/{one}/liver{(folder == side ? suffix : end)}", 1);
                Write($"{folder}/{one}/spleen{(folder == side ? suffix : end)}", 1);
            }
        }

        var run = Evaluate("reference", "prediction").Succeeded();

        Assert.Contains($"\"{suffix}\" at the end of the {side}s' masks is ignored", run.All, StringComparison.Ordinal);
        Assert.Matches("(?m)^  liver +2 +1\\.0000 ", run.Output);
        Assert.Matches("(?m)^  spleen +2 +1\\.0000 ", run.Output);
    }

    [Fact]
    public void NameThatIsAStructureAsItIs_LosesNoSuffix()
    {
        foreach (var name in new[] { "kidney", "femur" })
        {
            Write($"reference/{name}", 1);
            Write($"prediction/{name}_left", 1);
        }

        var run = Evaluate("reference", "prediction").Succeeded();

        Assert.DoesNotContain("is ignored", run.All, StringComparison.Ordinal);
        Assert.Contains("for want of a file: femur, kidney", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesNamedAfterCases_WithoutLabels_AreToldToBeTakenForStructures()
    {
        foreach (var side in new[] { "reference", "prediction" })
        {
            Write($"{side}/case_1", 1);
            Write($"{side}/case_2", 1);
        }

        Assert.Contains("Each file is taken for a structure: where each is a case, say with --labels", Evaluate("reference", "prediction").Succeeded().All, StringComparison.Ordinal);
        Write("reference/liver", 1);
        Assert.DoesNotContain("taken for a structure", Evaluate("reference", "prediction").Succeeded().All, StringComparison.Ordinal);
    }

    [Fact]
    public void CaseFolder_IsReadBySegmentations_NotByItsCt()
    {
        Write("truth/segmentations/liver", 1);
        Write("truth/ct", 7, 9);
        Write("out/liver", 1);

        var run = Evaluate("truth", "out").Succeeded();

        Assert.StartsWith("1 case, 1 mask (liver).\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ReferenceThatCannotBeRead_IsInNoMean_AndTheCaptionSaysSo()
    {
        Volumes("labels", "a", "b");
        Volumes("out", "a", "b");
        File.WriteAllText(_folder.File("labels", "b.nii.gz"), "no volume");

        var run = Evaluate("labels", "out", "--labels", "abdomenatlas-1.0");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("means over 1 of 2 cases, 1 whose reference cannot be read left out\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyFolderOfPredictions_FailsEveryCase()
    {
        Write("truth/liver", 1);
        Directory.CreateDirectory(_folder.File("out"));

        var run = Evaluate("truth", "out");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("There is no mask in ", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 of them without a valid prediction", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void StructuresOfOneSideAlone_AreNamed()
    {
        Write("truth/a/liver", 1);
        Write("truth/a/tumour", 1);
        Volumes("out", "a");

        var run = Evaluate("truth", "out", "--labels", "abdomenatlas-1.0").Succeeded();

        Assert.Contains("Not scored, because abdomenatlas-1.0 has no number for it: tumour.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Predicted where the reference has no mask of it, and not scored: spleen.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mask/a", "masks", "holds the masks of one case", "masks/a")]
    [InlineData("masks", "mask/a", "holds the masks of one case", "masks/a")]
    [InlineData("other", "volumes", "No file in the folders of", "case_9 holds seg.nii.gz")]
    [InlineData("volumes/a.nii.gz", "other", "is one volume", "such as ")]
    public void PathsThatMakeNoCases_AreRefusedWithWhatToNameInstead(string reference, string prediction, params string[] words)
    {
        Write("mask/a/liver", 1);
        Write("masks/a/liver", 1);
        Write("masks/b/liver", 1);
        Write("other/case_9/seg", 1);
        Volumes("volumes", "a");

        var run = Evaluate(reference, prediction, "--labels", "abdomenatlas-1.0");

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.All(words, word => Assert.Contains(word, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void JsonToStandardOutput_IsJsonAlone()
    {
        Volumes("labels", "a", "b");
        Volumes("out", "a_x", "b_x", "c");

        var run = Evaluate("labels", "out", "--labels", "abdomenatlas-1.0", "--json", "-").Succeeded();

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(2, json.RootElement.GetProperty("cases").GetArrayLength());
        Assert.StartsWith(
            "2 cases, labels from abdomenatlas-1.0; \"_x\" at the end of the predictions' names is ignored.", run.Error, StringComparison.Ordinal);
    }

    private CommandRun Evaluate(string reference, string prediction, params string[] more) => CommandRun.Here(
        ["evaluate", "--reference", _folder.File(reference), "--prediction", _folder.File(prediction), .. more]);

    /// <summary>Volumes of a liver (5) and a spleen (8).</summary>
    private void Volumes(string folder, params string[] names) => Array.ForEach(names, name => Write($"{folder}/{name}", 5, 8));

    /// <summary>A volume with one cuboid a label.</summary>
    private void Write(string name, params byte[] labels)
    {
        var voxels = new byte[Grid.Grid.VoxelCount];
        foreach (var (index, label) in labels.Index())
        {
            voxels.AsSpan(31 + (30 * index), 24).Fill(label);
        }

        var file = _folder.File($"{name}.nii.gz");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        NiftiWriter.Write(file, Grid, voxels);
    }
}
