using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Volumes;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Tests.Inference;

public sealed class MaskTests
{
    [Fact]
    public void Keep_RandomMasks_AgreesWithFloodFilling()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var size = (X: random.Next(1, 8), Y: random.Next(1, 8), Z: random.Next(1, 9));
            var mask = new BitMask(size.X * size.Y * size.Z);
            var share = random.NextDouble() * 0.4;
            for (var n = 0; n < mask.Count; n++)
            {
                mask[n] = random.NextDouble() < share;
            }

            var parts = Parts(mask, size);
            LargestPart.Keep(mask, size);

            var kept = Enumerable.Range(0, mask.Count).Where(n => mask[n]).ToHashSet();
            Assert.Equal(parts.Count == 0 ? 0 : parts.Max(part => part.Count), kept.Count);
            Assert.True(parts.Count == 0 || parts.Any(part => part.SetEquals(kept)));
        }
    }

    [Fact]
    public void Set_Bytes_MarksThoseOfTheWantedValue()
    {
        var mask = new BitMask(200);
        mask.Set(60, [1, 0, 2, 1, 1, 0, 1], 1);
        mask[60] = false;

        Assert.Equal([63, 64, 66], Enumerable.Range(0, 200).Where(n => mask[n]));
        Assert.Equal(3, mask.Inside);
    }

    [Fact]
    public void Nearest_OfItsOwnGrid_FindsTheVoxelBack()
    {
        var affine = new Affine(new(-0.7, 0, 0, 3), new(0, 0, 1.2, 0), new(0, 3.1, 0, 1));
        var grid = WorkingGrid.Of(new Geometry(new Grid(31, 17, 23, new(0.7, 3.1, 1.2)), affine), new Spacing(1.5, 1.5, 1.5));

        Assert.Equal([0, 2, 1], grid.Axes.Select(axis => axis.FileAxis));
        Assert.Equal([true, false, false], grid.Axes.Select(axis => axis.IsFlipped));
        Assert.All(grid.Axes, axis => Assert.All(Enumerable.Range(0, axis.FileCount), index =>
        {
            // No voxel of the network's grid is nearer to the file's voxel than the one named.
            var named = Distance(axis, axis.Nearest(index), index);
            Assert.All(Enumerable.Range(0, axis.Count), other => Assert.True(Distance(axis, other, index) >= named - 1e-4));
        }));

        static double Distance(WorkingAxis axis, int index, int fileIndex)
        {
            var along = axis.IsFlipped ? axis.FileCount - 1 - fileIndex : fileIndex;
            return Math.Abs((index * axis.Step) - along);
        }
    }

    private static List<HashSet<int>> Parts(BitMask mask, (int X, int Y, int Z) size)
    {
        var left = Enumerable.Range(0, mask.Count).Where(n => mask[n]).ToHashSet();
        var parts = new List<HashSet<int>>();
        while (left.Count > 0)
        {
            var part = new HashSet<int>();
            var queue = new Queue<int>([left.First()]);
            while (queue.TryDequeue(out var n))
            {
                if (left.Remove(n))
                {
                    part.Add(n);
                    Neighbours(n, size).ForEach(queue.Enqueue);
                }
            }

            parts.Add(part);
        }

        return parts;
    }

    private static List<int> Neighbours(int n, (int X, int Y, int Z) size)
    {
        var (x, y, z) = (n / (size.Y * size.Z), n / size.Z % size.Y, n % size.Z);
        return [.. from i in Enumerable.Range(x - 1, 3)
                   from j in Enumerable.Range(y - 1, 3)
                   from k in Enumerable.Range(z - 1, 3)
                   where i >= 0 && i < size.X && j >= 0 && j < size.Y && k >= 0 && k < size.Z
                   select (((i * size.Y) + j) * size.Z) + k];
    }
}
