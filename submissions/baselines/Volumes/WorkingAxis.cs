namespace Touchstone.Baselines.Volumes;

/// <summary>
/// One axis of the network's grid and the file's axis that runs along it. Positions are counted in voxels from the axis's own
/// first voxel; the first voxels of both grids lie at one place, as MONAI's Spacing has it.
/// </summary>
/// <param name="FileAxis">0, 1 or 2: which of the file's axes.</param>
/// <param name="IsFlipped">Whether the file's axis runs the other way.</param>
/// <param name="FileCount">Voxels along it in the file.</param>
/// <param name="Step">File voxels per voxel of the network's grid.</param>
internal sealed record WorkingAxis(int FileAxis, bool IsFlipped, int FileCount, double Step)
{
    /// <summary>Voxels along it in the network's grid.</summary>
    public int Count { get; } = (int)Math.Round(((FileCount - 1) / Step) + 1, MidpointRounding.ToEven);

    /// <summary>Where a voxel of the network's grid lies among the file's: between two of them.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <returns>The lower and upper of the file's voxels, and the share of the upper one.</returns>
    public (int Low, int High, float Share) InFile(int index)
    {
        var along = Math.Min(index * Step, FileCount - 1);
        var place = IsFlipped ? FileCount - 1 - along : along;
        var low = (int)place;
        var share = (float)(place - low);
        return share == 0 ? (low, low, 0) : (low, low + 1, share);
    }

    /// <summary>The voxel of the network's grid that is nearest to one of the file's.</summary>
    /// <param name="index">0 to <see cref="FileCount"/> − 1.</param>
    public int Nearest(int index)
    {
        var along = IsFlipped ? FileCount - 1 - index : index;
        return Math.Min((int)Math.Round(along / Step, MidpointRounding.ToEven), Count - 1);
    }
}
