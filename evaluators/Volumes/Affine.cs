namespace Touchstone.Evaluators;

/// <summary>
/// The upper three rows of a voxel-to-world matrix: world = M · (i, j, k, 1), world in millimetres, RAS+ as NIfTI has it.
/// </summary>
/// <param name="X">Row giving world x.</param>
/// <param name="Y">Row giving world y.</param>
/// <param name="Z">Row giving world z.</param>
public readonly record struct Affine(AffineRow X, AffineRow Y, AffineRow Z)
{
    /// <summary>Axes along the world's, voxel (0, 0, 0) at <paramref name="origin"/>.</summary>
    /// <param name="spacing">Millimetres between voxel centres.</param>
    /// <param name="origin">World position of voxel (0, 0, 0), in millimetres.</param>
    public static Affine Scaling(Spacing spacing, (double X, double Y, double Z) origin) => new(
        new(spacing.X, 0, 0, origin.X), new(0, spacing.Y, 0, origin.Y), new(0, 0, spacing.Z, origin.Z));
}

/// <summary>One row of an <see cref="Affine"/>.</summary>
/// <param name="I">Millimetres per voxel along x.</param>
/// <param name="J">Millimetres per voxel along y.</param>
/// <param name="K">Millimetres per voxel along z.</param>
/// <param name="Offset">Millimetres at voxel (0, 0, 0).</param>
public readonly record struct AffineRow(double I, double J, double K, double Offset);

/// <summary>Where a volume's voxels lie in the world.</summary>
/// <param name="Grid">Shape and spacing.</param>
/// <param name="Affine">Voxel to world; the file's sform if its code is above 0, else its qform.</param>
public sealed record Geometry(Grid Grid, Affine Affine);
