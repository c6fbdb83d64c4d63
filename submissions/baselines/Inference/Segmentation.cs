using Touchstone.Baselines.Volumes;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Inference;

/// <summary>What a network found in a CT, on its own grid.</summary>
/// <param name="Geometry">Of the CT's file.</param>
/// <param name="Grid">The network's grid over the whole CT.</param>
/// <param name="Box">The part of it that the masks cover; outside there is nothing.</param>
/// <param name="Masks">By structure, the last axis fastest, in the order of the network's outputs.</param>
internal sealed record Segmentation(
    Geometry Geometry, WorkingGrid Grid, Box Box, IReadOnlyList<(string Structure, BitMask Mask)> Masks)
{
    /// <summary>One label per voxel of the CT: where masks overlap the later structure's, as in SuPreM.</summary>
    /// <param name="map">Has a label for every structure.</param>
    public byte[] LabelsOnCt(LabelMap map)
    {
        var labels = new byte[Box.VoxelCount];
        foreach (var (structure, mask) in Masks)
        {
            var label = map.LabelOf(structure)!.Value;
            Parallel.For(0, Box.Size.X, x =>
            {
                var plane = Box.Size.Y * Box.Size.Z;
                for (var n = x * plane; n < (x + 1) * plane; n++)
                {
                    labels[n] = mask[n] ? label : labels[n];
                }
            });
        }

        var result = new byte[Geometry.Grid.VoxelCount];
        OnCt(result, n => labels[n]);
        return result;
    }

    /// <summary>One mask on the CT's grid: 1 inside, 0 outside.</summary>
    /// <param name="mask">One of <see cref="Masks"/>.</param>
    /// <param name="result">Overwritten; one byte per voxel of the CT.</param>
    public void MaskOnCt(BitMask mask, byte[] result) => OnCt(result, n => mask[n] ? (byte)1 : (byte)0);

    private void OnCt(byte[] result, Func<int, byte> value)
    {
        var (first, second, third) = (Offsets(0), Offsets(1), Offsets(2));
        Parallel.For(0, third.Length, k =>
        {
            var row = result.AsSpan(k * first.Length * second.Length, first.Length * second.Length);
            row.Clear();
            for (var j = 0; third[k] >= 0 && j < second.Length; j++)
            {
                for (var i = 0; second[j] >= 0 && i < first.Length; i++)
                {
                    row[(j * first.Length) + i] = first[i] >= 0 ? value(first[i] + second[j] + third[k]) : (byte)0;
                }
            }
        });
    }

    /// <summary>For each voxel along a file's axis what its nearest one adds to the index in the box; −1 outside.</summary>
    private int[] Offsets(int fileAxis)
    {
        var world = Enumerable.Range(0, 3).Single(n => Grid.Axes[n].FileAxis == fileAxis);
        int[] starts = [Box.Start.X, Box.Start.Y, Box.Start.Z];
        int[] counts = [Box.Size.X, Box.Size.Y, Box.Size.Z];
        int[] strides = [Box.Size.Y * Box.Size.Z, Box.Size.Z, 1];
        return [.. Enumerable.Range(0, Grid.Axes[world].FileCount).Select(index =>
        {
            var within = Grid.Axes[world].Nearest(index) - starts[world];
            return within >= 0 && within < counts[world] ? within * strides[world] : -1;
        })];
    }
}
