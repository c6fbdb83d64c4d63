namespace Touchstone.Evaluators;

/// <summary>How a voxel's number is stored. The values are NIfTI's data type codes.</summary>
internal enum VoxelType
{
    UInt8 = 2,
    Int16 = 4,
    Int32 = 8,
    Float32 = 16,
    Float64 = 64,
    Int8 = 256,
    UInt16 = 512,
    UInt32 = 768,
    Int64 = 1024,
    UInt64 = 1280,
}

/// <summary>
/// What a file says about its voxels, checked: sizes are positive and within the limits, numbers are finite.
/// </summary>
internal sealed record VolumeHeader
{
    /// <summary>
    /// Longest side accepted, in voxels; what NIfTI-1 can say, and what a <see cref="Run"/> can hold.
    /// </summary>
    public const int MaxSide = short.MaxValue;

    /// <summary>Shape, spacing and place.</summary>
    public required Geometry Geometry { get; init; }

    /// <summary>How a voxel is stored.</summary>
    public required VoxelType Type { get; init; }

    /// <summary>True when the numbers' first byte is their most significant.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>Factor from stored number to value; 1 when the file has none.</summary>
    public double Slope { get; init; } = 1;

    /// <summary>Added after <see cref="Slope"/>.</summary>
    public double Intercept { get; init; }

    /// <summary>Volumes in the file, above 1 for time series and vectors.</summary>
    public long Volumes { get; init; } = 1;

    /// <summary>Bytes of one voxel.</summary>
    public int VoxelBytes => BytesOf(Type);

    /// <summary>True when stored numbers are not yet the values.</summary>
    public bool IsScaled => Slope != 1 || Intercept != 0;

    /// <summary>Bytes of one number of a type.</summary>
    /// <param name="type">A member of the enumeration.</param>
    public static int BytesOf(VoxelType type) => type switch
    {
        VoxelType.UInt8 or VoxelType.Int8 => 1,
        VoxelType.Int16 or VoxelType.UInt16 => 2,
        VoxelType.Int32 or VoxelType.UInt32 or VoxelType.Float32 => 4,
        VoxelType.Int64 or VoxelType.UInt64 or VoxelType.Float64 => 8,
    };

    /// <summary>A grid of these sides, or the fault that they are.</summary>
    /// <param name="sides">Voxels along x, y and z.</param>
    /// <param name="spacing">Millimetres between voxel centres.</param>
    /// <exception cref="VolumeException">A side or a spacing is not positive, or the volume is above the limits.</exception>
    public static Grid CheckedGrid((long X, long Y, long Z) sides, Spacing spacing)
    {
        var (x, y, z) = sides;
        if (x < 1 || y < 1 || z < 1)
        {
            throw new VolumeException(VolumeFault.Unreadable, $"The header says {x}×{y}×{z} voxels.");
        }

        if (x > MaxSide || y > MaxSide || z > MaxSide || x * y * z > int.MaxValue)
        {
            throw new VolumeException(
                VolumeFault.TooLarge,
                $"The header says {x}×{y}×{z} voxels; the limit is {MaxSide} a side and {int.MaxValue} in all.");
        }

        if (!IsLength(spacing.X) || !IsLength(spacing.Y) || !IsLength(spacing.Z))
        {
            throw new VolumeException(
                VolumeFault.Unreadable,
                FormattableString.Invariant($"The header says a spacing of {spacing.X}×{spacing.Y}×{spacing.Z} mm."));
        }

        return new Grid((int)x, (int)y, (int)z, spacing);
    }

    private static bool IsLength(double millimetres) => double.IsFinite(millimetres) && millimetres > 0;
}
