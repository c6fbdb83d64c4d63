namespace Touchstone.Baselines.Tests.Training;

/// <summary>Training as a whole, on phantoms.</summary>
public sealed class LearningTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly string[] Structures = ["liver", "lung_left", "lung_right", "spleen"];

    [Fact]
    public void Train_TinyNetworkOnPhantoms_SegmentsPatientsItNeverSaw()
    {
        int[] unseen = [21, 22, 23];
        using var job = new PhantomJob().Job(Structures)
            .Cases("training", PhantomJob.General, [1, 2, 3, 5, 6, 7, 9, 10], Structures)
            .Cases("validation", PhantomJob.General, [11, 13], Structures)
            .Cases("test", PhantomJob.General, unseen);

        output.WriteLine(job.Train(Repository.File("submissions", "baselines", "models", "tiny-unet", "recipe.json")));

        var scores = job.TestScores(PhantomJob.General, unseen, Structures);
        output.WriteLine(string.Join(' ', scores.Select(score => $"{score:F3}")));
        Assert.Equal(12, scores.Count);
        Assert.InRange(scores.Average(), 0.9, 1);
    }
}
