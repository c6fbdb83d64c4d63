namespace Touchstone.Evaluators;

/// <summary>
/// Whether a volume lies on another's voxels. Nothing is ever resampled: a volume on another grid is rejected.
/// </summary>
public static class GeometryAgreement
{
    /// <summary>Largest difference accepted in any number of spacing and affine, in millimetres.</summary>
    public const double ToleranceMm = 1e-3;

    private static readonly string[] WorldAxes = ["x", "y", "z"];

    /// <summary>Demands the same shape, and spacing and affine within <see cref="ToleranceMm"/>.</summary>
    /// <param name="reference">The grid to lie on.</param>
    /// <param name="prediction">The grid in question.</param>
    /// <exception cref="VolumeException">They differ; the message says in what and by how much.</exception>
    public static void Require(Geometry reference, Geometry prediction)
    {
        var (wanted, given) = (reference.Grid, prediction.Grid);
        if ((wanted.Nx, wanted.Ny, wanted.Nz) != (given.Nx, given.Ny, given.Nz))
        {
            throw new VolumeException(
                VolumeFault.WrongShape,
                $"It has {given.Nx}×{given.Ny}×{given.Nz} voxels, the reference {wanted.Nx}×{wanted.Ny}×{wanted.Nz}.");
        }

        RequireSpacing(wanted.SpacingMm, given.SpacingMm);
        RequireRow(0, reference.Affine.X, prediction.Affine.X);
        RequireRow(1, reference.Affine.Y, prediction.Affine.Y);
        RequireRow(2, reference.Affine.Z, prediction.Affine.Z);
    }

    private static void RequireSpacing(Spacing reference, Spacing prediction)
    {
        if (!Agree(reference.X, prediction.X) || !Agree(reference.Y, prediction.Y) || !Agree(reference.Z, prediction.Z))
        {
            throw new VolumeException(VolumeFault.WrongAffine, FormattableString.Invariant(
                $"Its spacing is {prediction.X:G7}×{prediction.Y:G7}×{prediction.Z:G7} mm, ")
                + FormattableString.Invariant(
                    $"the reference's {reference.X:G7}×{reference.Y:G7}×{reference.Z:G7} mm."));
        }
    }

    private static void RequireRow(int row, AffineRow reference, AffineRow prediction)
    {
        ReadOnlySpan<(double Reference, double Prediction)> columns =
        [
            (reference.I, prediction.I), (reference.J, prediction.J), (reference.K, prediction.K),
            (reference.Offset, prediction.Offset),
        ];
        for (var column = 0; column < columns.Length; column++)
        {
            var (wanted, given) = columns[column];
            if (!Agree(wanted, given))
            {
                var what = column == 3 ? "origin" : $"voxel axis {column + 1}";
                throw new VolumeException(VolumeFault.WrongAffine, FormattableString.Invariant(
                    $"Its affine's {what} is {given:G7} mm along world {WorldAxes[row]}, ")
                    + FormattableString.Invariant(
                        $"the reference's {wanted:G7} mm ({given - wanted:+0.####;-0.####} mm)."));
            }
        }
    }

    private static bool Agree(double reference, double prediction) => Math.Abs(reference - prediction) <= ToleranceMm;
}
