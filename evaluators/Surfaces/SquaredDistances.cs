namespace Touchstone.Evaluators;

/// <summary>
/// Squared distances between points of a grid, in mm². Always summed in this order and from whole numbers of steps, never
/// from coordinates in millimetres: so equal distances are equal numbers, the same as SciPy's exact distance transform gives.
/// </summary>
/// <param name="spacing">Millimetres a step.</param>
internal readonly struct SquaredDistances(Spacing spacing)
{
    /// <summary>Millimetres a step.</summary>
    public Spacing Spacing { get; } = spacing;

    /// <summary>Squared distance over some steps along each axis.</summary>
    /// <param name="dx">Steps along x, either sign.</param>
    /// <param name="dy">Steps along y, either sign.</param>
    /// <param name="dz">Steps along z, either sign.</param>
    public double Of(int dx, int dy, int dz)
    {
        var (x, y, z) = (dx * Spacing.X, dy * Spacing.Y, dz * Spacing.Z);
        return (x * x) + (y * y) + (z * z);
    }
}
