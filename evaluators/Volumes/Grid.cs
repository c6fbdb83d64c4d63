namespace Touchstone.Evaluators;

/// <summary>Distance between voxel centres along each axis, in millimetres; always positive.</summary>
/// <param name="X">Millimetres along x.</param>
/// <param name="Y">Millimetres along y.</param>
/// <param name="Z">Millimetres along z.</param>
/// <remarks>Headers store 32-bit floats; they are widened to double unchanged, so 0.8 mm is 0.800000011920929.</remarks>
public readonly record struct Spacing(double X, double Y, double Z)
{
    /// <summary>Volume of one voxel in millilitres.</summary>
    public double VoxelMl => X * Y * Z / 1000;
}

/// <summary>
/// The voxel grid of one CT volume. Axis order is x, y, z everywhere in Touchstone and x varies fastest in memory;
/// this is the only place that says so. No volume is ever reoriented: the axes are those of the file.
/// </summary>
/// <param name="Nx">Voxels along x; at least 1.</param>
/// <param name="Ny">Voxels along y; at least 1.</param>
/// <param name="Nz">Voxels along z; at least 1.</param>
/// <param name="SpacingMm">Distance between voxel centres along each axis, in millimetres.</param>
public readonly record struct Grid(int Nx, int Ny, int Nz, Spacing SpacingMm)
{
    /// <summary>Number of voxels.</summary>
    /// <exception cref="OverflowException">The grid has 2³¹ voxels or more.</exception>
    public int VoxelCount => checked(Nx * Ny * Nz);
}
