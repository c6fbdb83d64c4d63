namespace Touchstone.Evaluators;

/// <summary>Reads a file that holds one mask, for those who want its voxels and no score.</summary>
public static class MaskFile
{
    /// <summary>Takes a slice.</summary>
    /// <param name="voxels">Row by row, 0 outside; lent for the call.</param>
    /// <param name="z">Which slice.</param>
    public delegate void Slice(ReadOnlySpan<byte> voxels, int z);

    /// <summary>The masks of a source as <c>.nii.gz</c> files of 0 and 1, one after the other.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="structures">Canonical names of those wanted.</param>
    /// <returns>Name and bytes of those that the source has.</returns>
    /// <exception cref="VolumeException">A file is missing, damaged or no mask.</exception>
    public static IEnumerable<(string Structure, byte[] Nifti)> Encode(MaskSource source, IReadOnlyList<string> structures)
    {
        using var read = MaskSet.Read(source, structures, grid: null, new SurfaceBudget(side: null, SurfaceLimits.Default));
        foreach (var structure in structures.Where(read.Masks.ContainsKey))
        {
            var grid = read.Geometry!.Grid;
            var voxels = new byte[grid.VoxelCount];
            foreach (var run in read.Masks[structure].Runs)
            {
                voxels.AsSpan((((run.Z * grid.Ny) + run.Y) * grid.Nx) + run.Start, run.Length).Fill(1);
            }

            yield return (structure, NiftiWriter.Encode(read.Geometry, voxels));
        }
    }

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
