namespace Examples;

/// <summary>Averages over neighbours, against noise.</summary>
internal static class Smoothing
{
    /// <summary>Mean over the voxel and its four neighbours in the slice, the voxel itself counting twice.</summary>
    /// <param name="volume">The CT.</param>
    public static float[] InSlice(Volume volume)
    {
        var hu = volume.Hounsfield;
        var smooth = new float[hu.Length];
        for (var n = 0; n < hu.Length; n++)
        {
            var (i, j) = (n % volume.Nx, n / volume.Nx % volume.Ny);
            var sum = 2 * hu[n];
            sum += hu[i > 0 ? n - 1 : n] + hu[i < volume.Nx - 1 ? n + 1 : n];
            sum += hu[j > 0 ? n - volume.Nx : n] + hu[j < volume.Ny - 1 ? n + volume.Nx : n];
            smooth[n] = sum / 6f;
        }

        return smooth;
    }
}
