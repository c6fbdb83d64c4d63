namespace Touchstone.Evaluators;

/// <summary>
/// Whether a volume lies on another's voxels. Nothing is ever resampled: a volume on another grid is rejected. Where the reference
/// has no place in the world, shape and spacing are all that can be compared: its readers make up places that differ.
/// </summary>
public static class GeometryAgreement
{
    /// <summary>Largest difference accepted in any number of spacing and affine, in millimetres.</summary>
    public const double ToleranceMm = 1e-3;

    private static readonly string[] WorldAxes = ["x", "y", "z"];

    /// <summary>
    /// Demands the same shape, and spacing and affine within <see cref="ToleranceMm"/>; of a reference without a place, no affine.
    /// </summary>
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
        if (!reference.HasPlace || (!prediction.HasPlace && IsMadeUp(reference)))
        {
            return;
        }

        if (!prediction.HasPlace)
        {
            throw new VolumeException(
                VolumeFault.WrongAffine,
                "It has lost its place in the world (neither qform nor sform: both codes are 0), which the reference has. "
                + "Save it with the CT's own affine.");
        }

        RequireRow(0, reference.Affine.X, prediction.Affine.X);
        RequireRow(1, reference.Affine.Y, prediction.Affine.Y);
        RequireRow(2, reference.Affine.Z, prediction.Affine.Z);
    }

    /// <summary>
    /// Whether a place is one that readers make up for volumes without one: nibabel's, whose middle is the world's and whose x runs to
    /// the left, or nifti1.h's. A copy of the CT's header then lacks a place that masks saved by such a reader have.
    /// </summary>
    private static bool IsMadeUp(Geometry geometry)
    {
        var ((nx, ny, nz, spacing), (x, y, z)) = (geometry.Grid, geometry.Affine);
        var centre = (X: spacing.X * (nx - 1) / 2, Y: spacing.Y * (ny - 1) / 2, Z: spacing.Z * (nz - 1) / 2);
        var plain = Affine.Scaling(spacing, (0, 0, 0));
        var centred = Affine.Scaling(spacing, (centre.X, -centre.Y, -centre.Z)) with
        {
            X = new AffineRow(-spacing.X, 0, 0, centre.X),
        };
        return new[] { plain, centred }.Any(made => Agree(made.X, x) && Agree(made.Y, y) && Agree(made.Z, z));
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

    private static bool Agree(AffineRow reference, AffineRow prediction) =>
        Agree(reference.I, prediction.I) && Agree(reference.J, prediction.J) && Agree(reference.K, prediction.K)
        && Agree(reference.Offset, prediction.Offset);

    private static bool Agree(double reference, double prediction) => Math.Abs(reference - prediction) <= ToleranceMm;
}
