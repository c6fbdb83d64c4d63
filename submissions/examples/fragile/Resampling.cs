using System.Buffers.Binary;

namespace Examples;

/// <summary>
/// Pre-processing as it goes wrong in practice: right on the scans it was developed on (3 mm pixels, slices of up to
/// 5 mm), wrong elsewhere. Both faults are meant to stay; the README tells what they are.
/// </summary>
internal static class Resampling
{
    private const double TrainingPixelMm = 3;
    private const double ThickestSliceMm = 5;

    /// <summary>Brings a CT to the pixel size of the training data.</summary>
    /// <param name="ct">As read.</param>
    /// <exception cref="InvalidOperationException">Its slices are thicker than any in the training data.</exception>
    public static CtFile ToTrainingGrid(CtFile ct)
    {
        var (x, y, z) = (Spacing(ct, 0), Spacing(ct, 1), Spacing(ct, 2));
        if (z > ThickestSliceMm)
        {
            throw new InvalidOperationException($"assert slice_thickness <= {ThickestSliceMm}: it is {z}");
        }

        var (nx, ny) = ((int)(ct.Nx * x / TrainingPixelMm), (int)(ct.Ny * y / TrainingPixelMm));
        return Resampled(ct, nx, ny, TrainingPixelMm, TrainingPixelMm);
    }

    /// <summary>
    /// Brings labels back to the CT's pixel size. Pixels are counted by dividing lengths and dropping the remainder,
    /// on the
    /// way there and on the way back, so that a row or a column can be missing.
    /// </summary>
    /// <param name="ct">The CT as read.</param>
    /// <param name="resampled">What <see cref="ToTrainingGrid"/> made of it.</param>
    /// <param name="labels">One per voxel of <paramref name="resampled"/>.</param>
    public static (CtFile Grid, byte[] Labels) Back(CtFile ct, CtFile resampled, byte[] labels)
    {
        var asVolume = resampled with { Hounsfield = [.. labels.Select(label => (short)label)] };
        var nx = (int)(resampled.Nx * TrainingPixelMm / Spacing(ct, 0));
        var ny = (int)(resampled.Ny * TrainingPixelMm / Spacing(ct, 1));
        var restored = Resampled(asVolume, nx, ny, Spacing(ct, 0), Spacing(ct, 1));
        return (restored, [.. restored.Hounsfield.Select(value => (byte)value)]);
    }

    private static CtFile Resampled(CtFile ct, int nx, int ny, double pixelX, double pixelY)
    {
        var (stepX, stepY) = (pixelX / Spacing(ct, 0), pixelY / Spacing(ct, 1));
        var values = new short[nx * ny * ct.Nz];
        for (var n = 0; n < values.Length; n++)
        {
            var i = Math.Min((int)(n % nx * stepX), ct.Nx - 1);
            var j = Math.Min((int)(n / nx % ny * stepY), ct.Ny - 1);
            values[n] = ct.Hounsfield[i + (ct.Nx * (j + (ct.Ny * (n / (nx * ny)))))];
        }

        var affine = (double[,])ct.Affine.Clone();
        for (var row = 0; row < 3; row++)
        {
            affine[row, 0] *= stepX;
            affine[row, 1] *= stepY;
        }

        return new CtFile(HeaderOf(ct, nx, ny, pixelX, pixelY), nx, ny, ct.Nz, values, affine);
    }

    private static byte[] HeaderOf(CtFile ct, int nx, int ny, double pixelX, double pixelY)
    {
        var header = (byte[])ct.Header.Clone();
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(42), (short)nx);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(44), (short)ny);
        BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(80), (float)pixelX);
        BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(84), (float)pixelY);
        return header;
    }

    private static double Spacing(CtFile ct, int axis) =>
        BinaryPrimitives.ReadSingleLittleEndian(ct.Header.AsSpan(80 + (4 * axis)));
}
