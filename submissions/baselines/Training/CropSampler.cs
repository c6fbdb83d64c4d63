using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Training;

/// <summary>
/// Cuts the windows that a network learns from. Which ones depends on the seed, the step and the place in the batch, on nothing that
/// happened before.
/// </summary>
/// <param name="cases">At least one.</param>
/// <param name="recipe">Window, batch and augmentations.</param>
/// <param name="seed">Of the job.</param>
/// <remarks>
/// Order and rules of SuPreM's transforms (<c>dataset/dataloader.py</c>): padded to a window, cut around a chosen voxel, turned, shifted
/// in brightness; mirrored first where a recipe asks for it.
/// </remarks>
internal sealed class CropSampler(IReadOnlyList<TrainingCase> cases, Recipe recipe, long seed)
{
    private readonly long _crops = SeededStream.KeyOf("crops");
    private readonly long _order = SeededStream.KeyOf("order");

    /// <summary>One batch.</summary>
    /// <param name="step">From 0.</param>
    /// <param name="part">Which of the step's batches, from 0.</param>
    /// <returns>Brightness [batch, 1, side, side, side] and labels [batch, side, side, side], both owned by the caller.</returns>
    public (Tensor Brightness, Tensor Labels) Batch(int step, int part)
    {
        using var off = GradientMode.Off();
        var crops = new List<(Tensor Brightness, Tensor Labels)>();
        try
        {
            for (var n = 0; n < recipe.Batch; n++)
            {
                var number = ((((long)step * recipe.Accumulation) + part) * recipe.Batch) + n;
                crops.Add(Crop(CaseOf(number), new SeededStream(seed, _crops, number)));
            }

            return (Stacked([.. crops.Select(crop => crop.Brightness)]), Stacked([.. crops.Select(crop => crop.Labels)]));
        }
        finally
        {
            foreach (var (brightness, labels) in crops)
            {
                brightness.Dispose();
                labels.Dispose();
            }
        }
    }

    /// <summary>Every case once, in an order of its own, before any comes again.</summary>
    private TrainingCase CaseOf(long number)
    {
        var (round, place) = Math.DivRem(number, cases.Count);
        return cases[new SeededStream(seed, _order, round).Permutation(cases.Count)[place]];
    }

    private (Tensor Brightness, Tensor Labels) Crop(TrainingCase from, SeededStream random)
    {
        var side = recipe.Window;
        var centre = from.Choose(random.Chance(recipe.ForegroundShare), random);
        var (x, y, z) = (Start(centre.X, from.Size.X), Start(centre.Y, from.Size.Y), Start(centre.Z, from.Size.Z));
        var brightness = new float[side * side * side];
        var labels = new int[brightness.Length];
        var (first, last) = (Math.Max(0, z), Math.Min(from.Size.Z, z + side));
        for (var i = Math.Max(0, x); i < Math.Min(from.Size.X, x + side); i++)
        {
            for (var j = Math.Max(0, y); j < Math.Min(from.Size.Y, y + side); j++)
            {
                var row = from.Cut((i * from.Size.Y) + j, first, last - first);
                var at = ((((i - x) * side) + j - y) * side) + first - z;
                row.Brightness.Span.CopyTo(brightness.AsSpan(at));
                for (var n = 0; n < row.Labels.Length; n++)
                {
                    labels[at + n] = row.Labels.Span[n];
                }
            }
        }

        return Augmented(brightness, labels, random);
    }

    /// <summary>The first voxel of a window around a centre, within the case where that is large enough, around it otherwise.</summary>
    private int Start(int centre, int length) => length <= recipe.Window
        ? -((recipe.Window - length) / 2)
        : Math.Clamp(centre - (recipe.Window / 2), 0, length - recipe.Window);

    private (Tensor Brightness, Tensor Labels) Augmented(float[] brightness, int[] labels, SeededStream random)
    {
        var flips = Enumerable.Range(0, 3).Where(_ => random.Chance(recipe.FlipProbability)).Select(axis => (long)axis).ToArray();
        var turns = random.Chance(recipe.RotationProbability) ? 1 + random.Next(3) : 0;
        if (random.Chance(recipe.ShiftProbability))
        {
            var offset = (float)(recipe.ShiftOffset * ((2 * random.Next()) - 1));
            foreach (ref var value in brightness.AsSpan())
            {
                value += offset;
            }
        }

        var shape = new long[] { recipe.Window, recipe.Window, recipe.Window };
        using var image = Tensor.Over(brightness, shape);
        using var mask = Tensor.Over(labels, shape);
        using var turned = Turned(image, flips, turns);
        using var turnedMask = Turned(mask, flips, turns);
        return (Operator.Call("aten::unsqueeze", "", turned, 0), turnedMask.To(Device.Cpu, ElementType.Int64));
    }

    private static Tensor Turned(Tensor volume, long[] flips, long turns)
    {
        using var flipped = Operator.Call("aten::flip", "", volume, flips);
        return Operator.Call("aten::rot90", "", flipped, turns, new long[] { 0, 1 });
    }

    private static Tensor Stacked(Tensor[] crops) => Operator.Call("aten::stack", "", crops);
}
