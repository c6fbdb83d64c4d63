using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Training;

namespace Touchstone.Baselines.Tests.Training;

public sealed class CropSamplerTests
{
    private static readonly string[] Structures = ["liver", "spleen"];

    [Fact]
    public void Batch_CasesOnDisk_IsThatOfCasesInMemory()
    {
        using var inMemory = Cases(memoryBytes: null);
        using var onDisk = Cases(memoryBytes: 0);

        Assert.Equal((0, 2), (inMemory.OnDisk, onDisk.OnDisk));
        for (var step = 0; step < 4; step++)
        {
            var (brightness, labels) = Batch(inMemory, step, foregroundShare: 0.5);
            var (other, otherLabels) = Batch(onDisk, step, foregroundShare: 0.5);
            Assert.Equal(brightness, other);
            Assert.Equal(labels, otherLabels);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void Batch_Centre_IsOfAStructureOrOfNone(double foregroundShare)
    {
        using var cases = Cases(memoryBytes: null);

        for (var step = 0; step < 20; step++)
        {
            // One voxel a window: the chosen one.
            var (brightness, labels) = Batch(cases, step, foregroundShare, window: 1);
            Assert.All(labels, label => Assert.Equal(foregroundShare == 1, label != 0));
            Assert.All(brightness, value => Assert.True(foregroundShare == 1 || value > 0));
        }
    }

    private static (float[] Brightness, long[] Labels) Batch(CaseCache cases, int step, double foregroundShare, int window = 24)
    {
        var recipe = new Recipe { Window = window, ForegroundShare = foregroundShare, FlipProbability = 0.5, ShiftProbability = 0 };
        var (brightness, labels) = new CropSampler(cases.Cases, recipe, seed: 3).Batch(step, part: 0);
        using (brightness)
        using (labels)
        {
            return (brightness.ToArray<float>(), labels.ToArray<long>());
        }
    }

    private static CaseCache Cases(long? memoryBytes)
    {
        using var job = new PhantomJob().Cases("training", PhantomJob.General, [1, 2], Structures);
        return CaseCache.Prepare(
            job.Folders.Annotations("training", Structures), Structures, new Preparation { SpacingMm = new(12, 12, 12) }, memoryBytes);
    }
}
