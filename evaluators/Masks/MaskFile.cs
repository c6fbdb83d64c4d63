namespace Touchstone.Evaluators;

/// <summary>Reads a file that holds one mask, for those who want its voxels and no score.</summary>
public static class MaskFile
{
    /// <summary>Takes a slice.</summary>
    /// <param name="voxels">Row by row, 0 outside; lent for the call.</param>
    /// <param name="z">Which slice.</param>
    public delegate void Slice(ReadOnlySpan<byte> voxels, int z);

    /// <summary>Reads a mask to its end, slice by slice.</summary>
    /// <param name="path">The file.</param>
    /// <param name="take">Given every slice, in their order.</param>
    /// <exception cref="VolumeException">The file is missing or damaged, or is no mask.</exception>
    public static void ReadSlices(string path, Slice take)
    {
        using var stream = VolumeStream.Open(path);
        var grid = stream.Header.Geometry.Grid;
        var rule = new MaskRule(grid);
        MaskReader.Read(stream, MaskRule.Words, grid.Ny, (labels, firstRow) =>
        {
            rule.Require(labels, firstRow);
            take(labels, (int)(firstRow / grid.Ny));
        });
    }
}
