using System.Globalization;
using System.Numerics;
using System.Reflection;

namespace Examples;

/// <summary>
/// Where organs lie in the reference patient: each structure is a sum of a few Gaussian clouds, learnt from training
/// cases
/// by <c>learn-atlas</c> and kept as a table that people can read.
/// </summary>
/// <param name="Profile">What gives the height.</param>
/// <param name="Clouds">All clouds.</param>
internal sealed record Atlas(SliceProfile Profile, IReadOnlyList<Cloud> Clouds)
{
    /// <summary>The structures that the atlas knows, in the order of its table.</summary>
    public IReadOnlyList<string> Structures { get; } = [.. Clouds.Select(cloud => cloud.Structure).Distinct()];

    /// <summary>Reads the table that is built into the program.</summary>
    public static Atlas Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("atlas.csv")
            ?? throw new InvalidOperationException("The program was built without its atlas.");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }

    /// <summary>Reads a table.</summary>
    /// <param name="reader">Rows of the kinds <c>profile</c> and <c>cloud</c>.</param>
    public static Atlas Read(TextReader reader)
    {
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rows = lines.Select(line => line.Split(',')).ToList();
        return new Atlas(
            SliceProfile.FromRows([.. rows.Where(row => row[0] == "profile")]),
            [.. rows.Where(row => row[0] == "cloud").Select(Cloud.FromRow)]);
    }

    /// <summary>Lays the atlas over a patient.</summary>
    /// <param name="volume">The CT.</param>
    /// <param name="frame">Where the patient lies.</param>
    /// <param name="structure">Which structure.</param>
    /// <param name="shiftMm">Moves the structure, in millimetres of the reference; zero for where the atlas has
    /// it.</param>
    /// <returns>The share of training patients who had the structure there, 0 to 1 per voxel, as bytes of
    /// 1/255.</returns>
    public byte[] Prior(Volume volume, BodyFrame frame, string structure, Vector3 shiftMm = default)
    {
        var sum = new float[volume.Hounsfield.Length];
        foreach (var cloud in Clouds.Where(cloud => cloud.Structure == structure))
        {
            cloud.AddTo(sum, volume, frame, shiftMm);
        }

        return [.. sum.Select(share => (byte)Math.Min(255, MathF.Round(255 * share)))];
    }
}

/// <summary>A Gaussian cloud of a structure.</summary>
/// <param name="Structure">Whose part it is.</param>
/// <param name="Ml">How much of the structure it stands for, in millilitres of the reference patient.</param>
/// <param name="Mean">Its middle, in millimetres of the reference.</param>
/// <param name="Covariance">xx, yy, zz, xy, xz and yz, in square millimetres.</param>
internal sealed record Cloud(string Structure, float Ml, Vector3 Mean, float[] Covariance)
{
    private const float ReachSigma = 3.2f;

    /// <summary>Reads a row of the table.</summary>
    public static Cloud FromRow(string[] row)
    {
        var numbers = row[2..].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
        return new Cloud(row[1], numbers[0], new(numbers[1], numbers[2], numbers[3]), numbers[4..]);
    }

    /// <summary>The row of the table.</summary>
    public string ToRow() => string.Create(
        CultureInfo.InvariantCulture,
        $"cloud,{Structure},{Ml:F2},{Mean.X:F1},{Mean.Y:F1},{Mean.Z:F1},{string.Join(',', Covariance.Select(Rounded))}");

    /// <summary>Adds the cloud's density to a volume: voxels of the structure per voxel.</summary>
    public void AddTo(float[] sum, Volume volume, BodyFrame frame, Vector3 shiftMm)
    {
        var (inverse, determinant) = Inverse();
        var peak = PeakOf(determinant);
        var mean = Mean + shiftMm;
        var (i0, i1) = Range(mean.X, Covariance[0], frame.Origin.X, frame.Scale.X, volume.Spacing[0], volume.Nx);
        var (j0, j1) = Range(mean.Y, Covariance[1], frame.Origin.Y, frame.Scale.Y, volume.Spacing[1], volume.Ny);
        var (k0, k1) = Range(mean.Z, Covariance[2], frame.Origin.Z, frame.Scale.Z, volume.Spacing[2], volume.Nz);
        for (var k = k0; k < k1; k++)
        {
            for (var j = j0; j < j1; j++)
            {
                for (var i = i0; i < i1; i++)
                {
                    var square = Square(frame.ToReference(volume, i, j, k) - mean, inverse);
                    if (square < ReachSigma * ReachSigma)
                    {
                        sum[volume.At(i, j, k)] += peak * MathF.Exp(-0.5f * square);
                    }
                }
            }
        }
    }

    /// <summary>The cloud's density at points: voxels of the structure per voxel.</summary>
    /// <param name="points">Millimetres of the reference.</param>
    public float[] DensitiesAt(IReadOnlyList<Vector3> points)
    {
        var (inverse, determinant) = Inverse();
        var peak = PeakOf(determinant);
        return [.. points.Select(point => peak * MathF.Exp(-0.5f * Square(point - Mean, inverse)))];
    }

    // The squared distance from the middle in standard deviations.
    private static float Square(Vector3 d, float[] inverse) =>
        (d.X * ((inverse[0] * d.X) + (2 * ((inverse[3] * d.Y) + (inverse[4] * d.Z)))))
        + (d.Y * ((inverse[1] * d.Y) + (2 * inverse[5] * d.Z))) + (inverse[2] * d.Z * d.Z);

    private float PeakOf(float determinant) => Ml * 1000 / MathF.Sqrt(MathF.Pow(MathF.Tau, 3) * determinant);

    private static string Rounded(float value) => value.ToString("F1", CultureInfo.InvariantCulture);

    private static (int First, int End) Range(
        float mean, float variance, float origin, float scale, float spacing, int count)
    {
        var reach = ReachSigma * MathF.Sqrt(variance);
        var first = (origin + (scale * (mean - reach))) / spacing;
        var last = (origin + (scale * (mean + reach))) / spacing;
        return (Math.Clamp((int)MathF.Ceiling(first), 0, count), Math.Clamp((int)MathF.Floor(last) + 1, 0, count));
    }

    private (float[] Inverse, float Determinant) Inverse()
    {
        var (xx, yy, zz, xy, xz, yz) =
            (Covariance[0], Covariance[1], Covariance[2], Covariance[3], Covariance[4], Covariance[5]);
        var (cxx, cxy, cxz) = ((yy * zz) - (yz * yz), (xz * yz) - (xy * zz), (xy * yz) - (xz * yy));
        var determinant = (xx * cxx) + (xy * cxy) + (xz * cxz);
        return (
            [
                cxx / determinant, ((xx * zz) - (xz * xz)) / determinant, ((xx * yy) - (xy * xy)) / determinant,
                cxy / determinant, cxz / determinant, ((xy * xz) - (xx * yz)) / determinant,
            ],
            determinant);
    }
}
