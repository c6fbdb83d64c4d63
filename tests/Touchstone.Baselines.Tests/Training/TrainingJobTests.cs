using System.Diagnostics;
using System.Globalization;
using Touchstone.Baselines.Checkpoints;
using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Tests.Training;

/// <summary>The contract of training containers, with a network far too small to find anything.</summary>
public sealed class TrainingJobTests
{
    private const string Tiny = """
        {
          "backbone": "UNet", "width": 1, "spacingMm": [12, 12, 12], "window": 16, "steps": 5, "validationInterval": 2,
          "accumulation": 2, "flipProbability": 0.5, "learningRate": 0.01
        }
        """;

    // libtorch 1.13 has no three-dimensional pooling in bfloat16 on processors, so no U-Net here.
    private const string Mixed = """
        {
          "backbone": "SegResNet", "width": 8, "spacingMm": [12, 12, 12], "window": 16, "steps": 5, "validationInterval": 2,
          "loss": "BceDice", "mixedPrecision": true, "learningRate": 0.001
        }
        """;

    private static readonly string[] Structures = ["liver", "spleen"];

    [Fact]
    public void Train_LeavesWhatTheContractPromises()
    {
        using var job = Small().Cases("test", PhantomJob.General, [5, 6]);

        var progress = job.TrainWith(Tiny);

        var log = File.ReadAllLines(job.Folders.Log);
        Assert.Equal("step,seconds,loss,learning_rate,validation_dsc", log[0]);
        Assert.Equal(["1", "2", "3", "4", "5"], log.Skip(1).Select(row => row.Split(',')[0]));
        Assert.Equal([true, false, true, false, false], log.Skip(1).Select(row => row.EndsWith(',')));
        Assert.Contains("test: step 2 of 5", progress, StringComparison.Ordinal);
        Assert.Equal(["log.csv", "model", "test"], Names(Path.Combine(job.Folders.Root, "outputs")));
        Assert.Equal(["model.json", "weights.pth"], Names(job.Folders.Model));
        Assert.Equal(["PHT_00000005", "PHT_00000006"], Names(job.Folders.TestOutputs));
        Assert.Equal(
            ["liver.nii.gz", "spleen.nii.gz"], Names(Path.Combine(job.Folders.TestOutputs, "PHT_00000005", "segmentations")));
    }

    [Fact]
    public void Train_SameSeed_SameBits_OtherSeed_OtherBits()
    {
        using var job = Small();
        job.TrainWith(Tiny);
        var first = File.ReadAllBytes(Weights(job));

        job.TrainWith(Tiny);
        Assert.Equal(first, File.ReadAllBytes(Weights(job)));

        job.Job(Structures, seed: 2, backbone: "tiny").TrainWith(Tiny);
        Assert.NotEqual(first, File.ReadAllBytes(Weights(job)));
    }

    [Theory]
    [InlineData(Tiny)]
    [InlineData(Mixed)]
    public void Train_KilledAndStartedAgain_GivesTheSameBits(string recipe)
    {
        var longer = recipe.Replace("\"steps\": 5", "\"steps\": 20", StringComparison.Ordinal);
        using var whole = Small();
        whole.TrainWith(longer);
        using var cut = Small();
        File.WriteAllText(Path.Combine(cut.Folders.Root, "recipe.json"), longer);

        KillAfter("step 4 of", cut.Folders.Root);
        Assert.True(File.Exists(cut.Folders.Resume));
        Assert.Contains("goes on after step", cut.TrainWith(longer), StringComparison.Ordinal);

        Assert.Equal(File.ReadAllBytes(Weights(whole)), File.ReadAllBytes(Weights(cut)));
        Assert.Equal(Losses(whole), Losses(cut));
        Assert.False(File.Exists(cut.Folders.Resume));
    }

    [Fact]
    public void Train_FromAnEarlierJobsModel_BeginsWithItsWeights()
    {
        using var first = Small();
        first.TrainWith(Tiny);
        using var second = Small("""{ "steps": 1, "learningRate": 1e-12 }""");
        Directory.Move(first.Folders.Model, Path.Combine(second.Folders.Root, "inputs", "initial"));

        var progress = second.TrainWith(Tiny);

        Assert.Contains("initial weights: 106 tensors matched, 0 of another shape", progress, StringComparison.Ordinal);
        using var before = CheckpointFile.Open(Path.Combine(second.Folders.Root, "inputs", "initial", "weights.pth"));
        using var after = CheckpointFile.Open(Weights(second));
        using var one = before.Read("down_tr64.ops.0.conv1.weight");
        using var other = after.Read("down_tr64.ops.0.conv1.weight");
        Assert.All(one.ToArray<float>().Zip(other.ToArray<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Train_MixedPrecision_StaysNearFullPrecision()
    {
        using var full = Small("""{ "mixedPrecision": false }""");
        full.TrainWith(Mixed);
        using var mixed = Small();
        mixed.TrainWith(Mixed);

        Assert.NotEqual(Losses(full), Losses(mixed));
        Assert.All(Losses(full).Zip(Losses(mixed)), pair => Assert.Equal(Number(pair.First), Number(pair.Second), 0.05));
    }

    [Fact]
    public void Model_Trained_SegmentsByThePredictCommand()
    {
        using var job = Small();
        job.TrainWith(Tiny);

        Assert.Equal(Structures, ModelFile.Read(job.Folders.ModelFile).Structures.Skip(1));
        using var segmenter = Segmenter.Open(job.Folders.ModelFile, Device.Cpu);
        var segmentation = segmenter.Segment(Path.Combine(job.Folders.Root, "inputs", "validation", "PHT_00000003", "ct.nii.gz"));

        Assert.Equal(Structures, segmentation.Masks.Select(item => item.Structure));
    }

    private static PhantomJob Small(string settings = "{}") => new PhantomJob().Job(Structures, settings, backbone: "tiny")
        .Cases("training", PhantomJob.General, [1, 2], Structures)
        .Cases("validation", PhantomJob.General, [3], Structures);

    private static string Weights(PhantomJob job) => Path.Combine(job.Folders.Model, "weights.pth");

    private static string[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Losses(PhantomJob job) => File.ReadLines(job.Folders.Log).Skip(1).Select(row => row.Split(',')[2]);

    /// <summary>Starts the worker and kills it some time after a line.</summary>
    private static void KillAfter(string text, string workspace)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "touchstone-baselines"),
            ["train", "--workspace", workspace, "--recipe", Path.Combine(workspace, "recipe.json")])
        {
            RedirectStandardError = true,
        };
        using var worker = Process.Start(start)!;
        while (worker.StandardError.ReadLine() is { } line && !line.Contains(text, StringComparison.Ordinal))
        {
        }

        worker.Kill();
        worker.WaitForExit();
    }
}
