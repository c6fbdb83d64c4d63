namespace Touchstone.Evaluators;

/// <summary>
/// The surface area that each 2×2×2 neighbourhood of voxels stands for. Around a voxel corner lie eight voxels; inside or
/// outside makes an 8-bit code, and marching cubes puts a few triangles there.
/// </summary>
/// <remarks>
/// Source of the triangles: the table of normals in surface_distance/lookup_tables.py of google-deepmind/surface-distance,
/// commit 1f805cea. Only their sizes matter here, so a code and its complement share an entry, and ten normals are left:
/// a digit each, in the order in which the areas are summed.
/// </remarks>
internal static class SurfelTable
{
    /// <summary>More than there are kinds of surface element.</summary>
    public const int Kinds = 64;

    private const string Triangles = """
        0 1 1 44 1 55 11 721 1 11 55 721 44 721 721 77
        1 66 11 821 11 921 111 1221 11 661 551 1365 144 3614 7121 712
        1 11 66 812 11 155 661 3615 11 111 921 2211 144 7211 6314 721
        44 821 812 88 441 3514 1821 821 144 8211 3415 821 4444 441 144 44
        1 11 11 144 66 921 661 3614 11 111 155 7211 821 2211 5361 721
        55 921 155 5341 921 99 1129 129 551 9211 5555 155 5341 921 155 55
        11 111 166 8121 661 9211 6666 661 111 1111 9211 111 8211 111 661 11
        721 2121 3615 821 3461 129 166 66 7211 111 551 11 441 11 11 1
        """;

    /// <summary>The normals by digit, in eighths of a voxel's faces.</summary>
    private static readonly (int X, int Y, int Z)[] Normals =
    [
        (0, 0, 0), (1, 1, 1), (2, 2, 2), (3, 3, 3), (2, 2, 0), (2, 0, 2), (0, 2, 2), (4, 0, 0), (0, 4, 0), (0, 0, 4),
    ];

    private static readonly string[] TrianglesByCode = Triangles.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static readonly string[] TrianglesByKind = [.. TrianglesByCode.Distinct()];

    /// <summary>
    /// Kind of surface element by code: codes of one kind have the same triangles, hence the same area.
    /// </summary>
    public static ReadOnlySpan<byte> KindOf => KindByCode;

    private static byte[] KindByCode { get; } =
    [
        .. Enumerable.Range(0, 256).Select(code => Array.IndexOf(TrianglesByKind, TrianglesByCode[Math.Min(code, 255 - code)]))
            .Select(kind => (byte)kind),
    ];

    /// <summary>Areas by kind, in mm².</summary>
    /// <param name="spacing">Distance between voxel corners.</param>
    public static double[] AreasMm2(Spacing spacing)
    {
        var areas = new double[Kinds];
        for (var kind = 0; kind < TrianglesByKind.Length; kind++)
        {
            foreach (var digit in TrianglesByKind[kind])
            {
                areas[kind] += AreaMm2(Normals[digit - '0'], spacing);
            }
        }

        return areas;
    }

    private static double AreaMm2((int X, int Y, int Z) eighths, Spacing spacing)
    {
        var x = eighths.X / 8.0 * spacing.Y * spacing.Z;
        var y = eighths.Y / 8.0 * spacing.X * spacing.Z;
        var z = eighths.Z / 8.0 * spacing.X * spacing.Y;
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }
}
