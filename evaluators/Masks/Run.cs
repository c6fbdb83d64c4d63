namespace Touchstone.Evaluators;

/// <summary>Consecutive voxels of one structure within one row of the volume.</summary>
/// <param name="Start">First voxel along x.</param>
/// <param name="End">First voxel along x that is no longer of the structure.</param>
/// <param name="Y">Row.</param>
/// <param name="Z">Slice.</param>
internal readonly record struct Run(ushort Start, ushort End, ushort Y, ushort Z)
{
    /// <summary>Voxels of the run.</summary>
    public int Length => End - Start;

    /// <summary>Place of the row within the volume; rows follow each other in this order.</summary>
    public int Row => (Z << 16) | Y;
}

/// <summary>A cuboid of voxels, or of voxel corners: first and last along each axis, both inclusive.</summary>
internal readonly record struct Box(int X0, int X1, int Y0, int Y1, int Z0, int Z1)
{
    /// <summary>The smallest box around both.</summary>
    /// <param name="other">The other box.</param>
    public Box Union(Box other) => new(
        Math.Min(X0, other.X0), Math.Max(X1, other.X1),
        Math.Min(Y0, other.Y0), Math.Max(Y1, other.Y1),
        Math.Min(Z0, other.Z0), Math.Max(Z1, other.Z1));
}
