namespace Touchstone.Evaluators;

/// <summary>Turns rows of labels into the runs of each label's mask.</summary>
/// <param name="width">Voxels in a row.</param>
/// <param name="height">Rows in a slice.</param>
/// <param name="masks">
/// 256 masks by label; null where nobody asks for the label, whose voxels are then only counted.
/// </param>
/// <param name="budget">Counts the runs of the masks.</param>
internal sealed class RunScanner(int width, int height, Mask?[] masks, SurfaceBudget budget)
{
    private int _row;
    private int _runs;

    /// <summary>Voxels met by label, of the labels that have no mask.</summary>
    public long[] OtherVoxels { get; } = new long[256];

    /// <summary>Takes the next rows of the volume.</summary>
    /// <param name="labels">Whole rows; 0 is background.</param>
    /// <exception cref="VolumeException">The masks fall into too many runs.</exception>
    public void Scan(ReadOnlySpan<byte> labels)
    {
        var rowEnd = 0;
        var (y, z) = (0, 0);
        for (var at = labels.IndexOfAnyExcept((byte)0); at >= 0; at = NextInside(labels, at))
        {
            if (at >= rowEnd)
            {
                var row = at / width;
                rowEnd = (row + 1) * width;
                (z, y) = Math.DivRem(_row + row, height);
            }

            var label = labels[at];
            var length = labels[at..rowEnd].IndexOfAnyExcept(label);
            length = length < 0 ? rowEnd - at : length;
            var start = at - (rowEnd - width);
            Keep(label, new Run((ushort)start, (ushort)(start + length), (ushort)y, (ushort)z));
            at += length;
        }

        _row += labels.Length / width;
        budget.AddRuns(_runs);
        _runs = 0;
    }

    private static int NextInside(ReadOnlySpan<byte> labels, int at)
    {
        var skip = labels[at..].IndexOfAnyExcept((byte)0);
        return skip < 0 ? -1 : at + skip;
    }

    private void Keep(byte label, Run run)
    {
        if (masks[label] is { } mask)
        {
            mask.Add(run);
            _runs++;
        }
        else
        {
            OtherVoxels[label] += run.Length;
        }
    }
}
