using System.Globalization;

namespace Touchstone.Evaluators;

/// <summary>What is odd about a header though it can be read: it contradicts itself, or does not say where the volume lies.</summary>
public static class HeaderDoubts
{
    /// <summary>Millimetres that the origins of qform and sform may differ by.</summary>
    private const double OriginToleranceMm = 0.01;

    /// <summary>The same of the far corners: a quaternion of 32-bit numbers turns a volume by as much.</summary>
    private const double CornerToleranceMm = 0.3;

    /// <summary>Cosine of the angle of two axes up to which they stand at right angles, 0.06 degrees.</summary>
    private const double RightAngle = 1e-3;

    /// <summary>
    /// One line: a sentence for each doubt, with its numbers and what Touchstone goes by. Null for a header in order.
    /// </summary>
    /// <param name="geometry">What the header says.</param>
    public static string? Of(Geometry geometry)
    {
        var (affine, isMetaImage) = (geometry.Affine, geometry.Source == PlaceSource.MetaImage);
        var (lengths, matrix) = isMetaImage ? ("ElementSpacing", "TransformMatrix") : ("pixdim", "sform");
        string[] doubts = [.. TwoPlaces(geometry), .. TwoSpacings(geometry, lengths, matrix), .. Shear(affine, lengths, matrix)];
        return !geometry.HasPlace
            ? "It has no place in the world (neither qform nor sform: both codes are 0), so shape and spacing alone can be compared."
            : doubts.Length > 0 ? string.Join(' ', doubts) : null;
    }

    private static IEnumerable<string> TwoPlaces(Geometry geometry)
    {
        if (geometry.SecondPlace is not { } qform)
        {
            yield break;
        }

        var (grid, sform) = (geometry.Grid, geometry.Affine);
        if (!qform.IsFinite)
        {
            yield return "Its qform is no rotation (its quaternion is longer than 1, or not finite); the sform counts.";
            yield break;
        }

        var first = Apart(0, 0, 0);
        var most = Enumerable.Range(0, 8).Max(corner => Apart(
            (corner & 1) * (grid.Nx - 1), ((corner >> 1) & 1) * (grid.Ny - 1), (corner >> 2) * (grid.Nz - 1)).Length);
        if (first.Length > OriginToleranceMm || most > CornerToleranceMm)
        {
            yield return $"Its qform and sform lie up to {Mm(most)} mm apart (voxel (0, 0, 0) by {Mm(first.X)}, {Mm(first.Y)}, "
                + $"{Mm(first.Z)} mm along x, y, z); the sform counts.";
        }

        Vector3D Apart(int i, int j, int k) => sform.At(i, j, k) - qform.At(i, j, k);
    }

    private static IEnumerable<string> TwoSpacings(Geometry geometry, string lengths, string matrix)
    {
        var spacing = geometry.Grid.SpacingMm;
        var (x, y, z) = Columns(geometry.Affine);
        if (Differ(spacing.X, x.Length) || Differ(spacing.Y, y.Length) || Differ(spacing.Z, z.Length))
        {
            yield return $"Its {lengths} says {Mm(spacing.X)}×{Mm(spacing.Y)}×{Mm(spacing.Z)} mm, the columns of its {matrix} "
                + $"{Mm(x.Length)}×{Mm(y.Length)}×{Mm(z.Length)} mm; millimetres are those of {lengths}.";
        }
    }

    private static IEnumerable<string> Shear(Affine affine, string lengths, string matrix)
    {
        var (x, y, z) = Columns(affine);
        foreach (var (a, b, axes) in new[] { (x, y, "1 and 2"), (x, z, "1 and 3"), (y, z, "2 and 3") })
        {
            var cosine = a.Dot(b) / (a.Length * b.Length);
            if (Math.Abs(cosine) > RightAngle)
            {
                yield return $"Its {matrix} is sheared: axes {axes} meet at {Mm(Math.Acos(Math.Clamp(cosine, -1, 1)) * 180 / Math.PI)}° "
                    + $"(cosine {Mm(cosine)}), not at right angles; millimetres are those of {lengths} along each axis.";
            }
        }
    }

    private static (Vector3D X, Vector3D Y, Vector3D Z) Columns(Affine affine)
    {
        var (x, y, z) = affine;
        return (new(x.I, y.I, z.I), new(x.J, y.J, z.J), new(x.K, y.K, z.K));
    }

    private static bool Differ(double spacing, double column) => Math.Abs(spacing - column) > GeometryAgreement.ToleranceMm;

    private static string Mm(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
