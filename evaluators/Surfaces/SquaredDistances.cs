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

    /// <summary>Least squared distance between a point of one box and a point of another.</summary>
    /// <param name="a">A box.</param>
    /// <param name="b">Another.</param>
    public double Least(Box a, Box b) => Of(
        Gap(a.X0, a.X1, b.X0, b.X1), Gap(a.Y0, a.Y1, b.Y0, b.Y1), Gap(a.Z0, a.Z1, b.Z0, b.Z1));

    /// <summary>Greatest squared distance between a point of one box and a point of another.</summary>
    /// <param name="a">A box.</param>
    /// <param name="b">Another.</param>
    public double Greatest(Box a, Box b) => Of(
        Math.Max(b.X1 - a.X0, a.X1 - b.X0), Math.Max(b.Y1 - a.Y0, a.Y1 - b.Y0), Math.Max(b.Z1 - a.Z0, a.Z1 - b.Z0));

    private static int Gap(int a0, int a1, int b0, int b1) => Math.Max(0, Math.Max(b0 - a1, a0 - b1));
}
