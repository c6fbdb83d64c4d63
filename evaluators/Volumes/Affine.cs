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

    /// <summary>Whether it holds numbers alone.</summary>
    internal bool IsFinite => X.IsFinite && Y.IsFinite && Z.IsFinite;

    /// <summary>World position of a place on the grid, in millimetres.</summary>
    /// <param name="i">Voxels along x.</param>
    /// <param name="j">Voxels along y.</param>
    /// <param name="k">Voxels along z.</param>
    internal Vector3D At(double i, double j, double k) => new(X.At(i, j, k), Y.At(i, j, k), Z.At(i, j, k));
}

/// <summary>One row of an <see cref="Affine"/>.</summary>
/// <param name="I">Millimetres per voxel along x.</param>
/// <param name="J">Millimetres per voxel along y.</param>
/// <param name="K">Millimetres per voxel along z.</param>
/// <param name="Offset">Millimetres at voxel (0, 0, 0).</param>
public readonly record struct AffineRow(double I, double J, double K, double Offset)
{
    internal bool IsFinite =>
        double.IsFinite(I) && double.IsFinite(J) && double.IsFinite(K) && double.IsFinite(Offset);

    /// <summary>Millimetres at a place on the grid.</summary>
    internal double At(double i, double j, double k) => (I * i) + (J * j) + (K * k) + Offset;
}

/// <summary>A step through the world, in millimetres.</summary>
internal readonly record struct Vector3D(double X, double Y, double Z)
{
    /// <summary>Millimetres from end to end.</summary>
    public double Length => Math.Sqrt(Dot(this));

    public static Vector3D operator -(Vector3D to, Vector3D from) => new(to.X - from.X, to.Y - from.Y, to.Z - from.Z);

    /// <summary>The scalar product, in square millimetres.</summary>
    public double Dot(Vector3D other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);
}
