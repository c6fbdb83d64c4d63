using Touchstone.Baselines.Checkpoints;
using Touchstone.Baselines.Torch;
using Touchstone.Baselines.Training;

namespace Touchstone.Baselines.Tests.Training;

/// <summary>What cannot be trained gets a clear message, and nothing is written.</summary>
public sealed class BadInputTests
{
    private const string Tiny = """
        { "backbone": "UNet", "width": 1, "spacingMm": [12, 12, 12], "window": 8, "steps": 1 }
        """;

    [Fact]
    public void Job_ManyMistakes_AreAllListed()
    {
        using var job = new PhantomJob().Job(["liver", "liver"], backbone: " ");
        var path = job.Folders.Job;
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"schema\": 1", "\"schema\": 2", StringComparison.Ordinal)
            .Replace("\"cpu\"", "\"gpu\"", StringComparison.Ordinal));

        var fault = Assert.Throws<TrainingException>(() => JobFile.Read(path));

        Assert.All(["schema", "backbone", "structures", "device"], name =>
            Assert.Contains($"\"{name}\"", fault.Message, StringComparison.Ordinal));
        Assert.Equal(4, fault.Message.Split('\n').Length);
    }

    [Fact]
    public void Job_MemberOfALaterContract_IsPassedOver()
    {
        using var job = new PhantomJob().Job(["gallbladder"]);
        File.WriteAllText(
            job.Folders.Job, File.ReadAllText(job.Folders.Job).Replace("\"schema\"", "\"later\": {}, \"schema\"", StringComparison.Ordinal));

        Assert.Equal(["gall_bladder"], JobFile.Read(job.Folders.Job).Structures);
    }

    [Theory]
    [InlineData("""{ "stepz": 3 }""", "there is no \"stepz\" in a recipe")]
    [InlineData("""{ "steps": "3" }""", "steps")]
    [InlineData("""{ "steps": 0, "window": 9, "overlap": 2 }""", "\"overlap\" lies from 0 to 0.95.")]
    [InlineData("""{ "steps": 0, "window": 9, "overlap": 2 }""", "\"window\" is a multiple of 8")]
    [InlineData("""{ "loss": "Hinge" }""", "loss")]
    [InlineData("""{ "backbone": "SegResNet" }""", "its backbone is SegResNet, the job wants unet")]
    [InlineData("""{ "intensityHu": null }""", "intensityHu")]
    public void Settings_ThatCannotBe_AreNamed(string settings, string expected)
    {
        using var job = new PhantomJob().Job(["liver"], settings);

        var fault = Assert.Throws<TrainingException>(() => job.TrainWith(Tiny));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_GoOverTheRecipe_AndItsDefaultsAreSuPreMs()
    {
        using var job = new PhantomJob().Job(["liver"], """{ "steps": 7 }""");
        var path = Path.Combine(job.Folders.Root, "recipe.json");
        File.WriteAllText(path, """{ "steps": 3, "batch": 1 /* two is too much here */ }""");

        var recipe = RecipeFile.Read(path, JobFile.Read(job.Folders.Job));

        Assert.Equal((7, 1, 96), (recipe.Steps, recipe.Batch, recipe.Window));
        Assert.Equal((1e-4, 1e-5), (recipe.LearningRate, recipe.WeightDecay));
        Assert.Equal([0.9, 0.999], recipe.Betas);
    }

    [Fact]
    public void Training_WithoutCases_IsRefused() =>
        AssertRefused(new PhantomJob().Job(["liver"]), "training: there is no case to learn from.");

    [Fact]
    public void Training_MaskMissing_IsNamed() => AssertRefused(
        new PhantomJob().Job(["liver", "spleen"]).Cases("training", PhantomJob.General, [1], "liver"),
        "Case PHT_00000001 has no mask of spleen");

    [Fact]
    public void Training_StructureNowhere_IsNamed() => AssertRefused(
        new PhantomJob().Job(["liver", "spleen"]).Cases("training", PhantomJob.General, [4], "liver", "spleen"), // spleen taken out
        "no case has a voxel of spleen");

    [Fact]
    public void Training_MaskOnAnotherGrid_IsNamed()
    {
        var job = new PhantomJob().Job(["liver"]).Cases("training", PhantomJob.General, [1], "liver");
        using var other = new PhantomJob().Cases("training", PhantomJob.Coast, [1], "liver");
        File.Copy(
            Path.Combine(other.Folders.Root, "inputs/training/PHC_00000001/segmentations/liver.nii.gz"),
            Path.Combine(job.Folders.Root, "inputs/training/PHT_00000001/segmentations/liver.nii.gz"), overwrite: true);

        AssertRefused(job, "Case PHT_00000001, mask of liver: It has 30×26×24 voxels, the reference 32×26×30.");
    }

    [Fact]
    public void Training_MaskDamaged_IsNamed()
    {
        var job = new PhantomJob().Job(["liver"]).Cases("training", PhantomJob.General, [1], "liver");
        var mask = Path.Combine(job.Folders.Root, "inputs/training/PHT_00000001/segmentations/liver.nii.gz");
        File.WriteAllBytes(mask, File.ReadAllBytes(mask)[..^100]);

        AssertRefused(job, "Case PHT_00000001, mask liver.nii.gz: Its compressed data");
    }

    [Theory]
    [InlineData("a.pth", "rubbish", "a.pth: ")]
    [InlineData("readme.txt", "rubbish", "initial: 0 checkpoints")]
    [InlineData("model.json", "{}", "model.json")]
    public void Initial_ThatIsNoCheckpoint_IsRefused(string name, string content, string expected)
    {
        var job = new PhantomJob().Job(["liver"]).Cases("training", PhantomJob.General, [1], "liver");
        Directory.CreateDirectory(Path.Combine(job.Folders.Root, "inputs", "initial"));
        File.WriteAllText(Path.Combine(job.Folders.Root, "inputs", "initial", name), content);

        AssertRefused(job, expected);
    }

    [Fact]
    public void Resume_OfAnotherRecipe_IsRefused()
    {
        using var job = new PhantomJob().Job(["liver"]).Cases("training", PhantomJob.General, [1], "liver");
        Directory.CreateDirectory(Path.Combine(job.Folders.Root, "outputs"));
        using (var mark = Tensor.Over(new byte[] { 1 }, 1))
        {
            CheckpointWriter.Write(job.Folders.Resume, [("job", mark)]);
        }

        var fault = Assert.Throws<TrainingException>(() => job.TrainWith(Tiny));

        Assert.Contains("is of another job or recipe; remove it to begin anew.", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(PhantomJob job, string expected)
    {
        using (job)
        {
            var fault = Assert.ThrowsAny<Exception>(() => job.TrainWith(Tiny));

            Assert.True(Exit.IsExplained(fault), fault.ToString());
            Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(job.Folders.Root, "outputs")));
        }
    }
}
