namespace Touchstone.Baselines.Inference;

/// <summary>A box of voxels.</summary>
/// <param name="Start">Its first voxel along each axis.</param>
/// <param name="Size">Voxels along each axis.</param>
internal readonly record struct Box((int X, int Y, int Z) Start, (int X, int Y, int Z) Size)
{
    /// <summary>Number of voxels.</summary>
    public int VoxelCount => checked(Size.X * Size.Y * Size.Z);
}
