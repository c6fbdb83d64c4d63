using System.Globalization;
using Touchstone.Leaderboard.Statistics;
using Xunit.Abstractions;

namespace Touchstone.Baselines.Tests.Training;

/// <summary>Training as a whole, on phantoms, with the recipe that is shipped.</summary>
public sealed class LearningTests(ITestOutputHelper output)
{
    private const int Trials = 5;
    private const int FineTuningSteps = 60;

    private static readonly string[] Structures = ["liver", "lung_left", "lung_right"];

    private static readonly string Recipe =
        Repository.File("submissions", "baselines", "models", "tiny-unet", "recipe.json");

    [Fact]
    public void Train_TinyNetworkOnPhantoms_SegmentsPatientsItNeverSaw()
    {
        int[] unseen = [21, 22, 23];
        using var job = Pretraining().Cases("test", PhantomJob.General, unseen);

        output.WriteLine(job.Train(Recipe));

        var scores = job.TestScores(PhantomJob.General, unseen, Structures);
        output.WriteLine(string.Join(' ', scores.Select(score => score.ToString("F3", CultureInfo.InvariantCulture))));
        Assert.Equal(9, scores.Count);
        Assert.InRange(scores.Average(), 0.9, 1);
    }

    /// <summary>
    /// Long mode: the claim of supervised pre-training, on a hospital without contrast medium, with two annotated cases and equal steps, five
    /// seeds each, by the paper's two-sample t-test.
    /// </summary>
    [Fact]
    public void FineTune_OnAnotherHospital_BeatsScratchAtEqualSteps()
    {
        if (Environment.GetEnvironmentVariable("TOUCHSTONE_LONG") != "1")
        {
            return;
        }

        using var pretraining = Pretraining();
        output.WriteLine(pretraining.Train(Recipe));
        var (scratch, tuned) = (new List<double>(), new List<double>());
        for (var seed = 1; seed <= Trials; seed++)
        {
            scratch.Add(OnCoast(seed, initial: null));
            tuned.Add(OnCoast(seed, pretraining.Folders.Model));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"seed {seed}: scratch {scratch[^1]:F4}, fine-tuned {tuned[^1]:F4}"));
        }

        var (before, after) = (Summary(scratch), Summary(tuned));
        var pooled = TTest.Pooled(after, before);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"scratch {before.Mean:F4} ± {before.Sd:F4}, fine-tuned {after.Mean:F4} ± {after.Sd:F4}, ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"t = {pooled.T:F2}, p = {pooled.P:G3} (pooled), {TTest.Welch(after, before).P:G3} (Welch)"));
        Assert.True(after.Mean > before.Mean && pooled.P < 0.05);
    }

    /// <summary>
    /// On one thread: two gain nothing on so small a network, and each of their thousands of meetings waits for whatever else
    /// the machine is doing.
    /// </summary>
    private static PhantomJob Job(string settings = "{}", long seed = 1) => new PhantomJob().Job(Structures, settings, seed, threads: 1);

    private static PhantomJob Pretraining() => Job()
        .Cases("training", PhantomJob.General, Enumerable.Range(1, 10), Structures)
        .Cases("validation", PhantomJob.General, [11, 13], Structures);

    /// <summary>Mean test DSC after a short training on Phantom Coast.</summary>
    private static double OnCoast(long seed, string? initial)
    {
        int[] unseen = [21, 22, 23, 25, 26, 27];
        using var job = Job($$"""{ "steps": {{FineTuningSteps}}, "validationInterval": {{FineTuningSteps / 2}} }""", seed)
            .Cases("training", PhantomJob.Coast, [1, 2], Structures)
            .Cases("validation", PhantomJob.Coast, [11], Structures)
            .Cases("test", PhantomJob.Coast, unseen);
        if (initial is not null)
        {
            var folder = Directory.CreateDirectory(Path.Combine(job.Folders.Root, "inputs", "initial")).FullName;
            foreach (var file in Directory.GetFiles(initial))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
        }

        job.Train(Recipe);
        return job.TestScores(PhantomJob.Coast, unseen, Structures).Average();
    }

    private static SampleSummary Summary(List<double> values)
    {
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        return new SampleSummary(mean, Math.Sqrt(variance), values.Count);
    }
}
