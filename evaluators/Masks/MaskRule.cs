namespace Touchstone.Evaluators;

/// <summary>
/// What a mask is, whoever reads it: every voxel holds 0 or one and the same whole number from 1 to 255, after slope and intercept.
/// <see cref="LabelConversion"/> has made sure of whole numbers, as in every label map; that there is one beside 0 is for this to say.
/// </summary>
/// <param name="grid">The grid of the file.</param>
internal sealed class MaskRule(Grid grid)
{
    /// <summary>The rule in the words of messages.</summary>
    public const string Words = "a mask holds 0 and at most one other whole number from 1 to 255";

    /// <summary>The number that means inside; 0 as long as every voxel is 0.</summary>
    public byte Label { get; private set; }

    /// <summary>Takes the next voxels of the file.</summary>
    /// <param name="labels">Whole rows.</param>
    /// <param name="firstRow">Rows before them.</param>
    /// <exception cref="VolumeException">One of them holds a second number: <see cref="VolumeFault.SeveralLabels"/>.</exception>
    public void Require(ReadOnlySpan<byte> labels, long firstRow)
    {
        if (Label == 0 && labels.IndexOfAnyExcept((byte)0) is >= 0 and var first)
        {
            Label = labels[first];
        }

        if (labels.IndexOfAnyExcept((byte)0, Label) is >= 0 and var other)
        {
            throw new VolumeException(
                VolumeFault.SeveralLabels,
                $"Voxel {PlaceOf(grid, other, firstRow)} holds {labels[other]} where others hold {Label}; {Words}. Save each structure "
                + "as a file of its own.");
        }
    }

    /// <summary>A voxel in the words of messages.</summary>
    /// <param name="grid">The grid of the file.</param>
    /// <param name="index">Place after the first voxel of <paramref name="firstRow"/>.</param>
    /// <param name="firstRow">A row of the volume.</param>
    public static string PlaceOf(Grid grid, int index, long firstRow)
    {
        var (z, y) = Math.DivRem(firstRow + (index / grid.Nx), grid.Ny);
        return FormattableString.Invariant($"({index % grid.Nx}, {y}, {z})");
    }
}
