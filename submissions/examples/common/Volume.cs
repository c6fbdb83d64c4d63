namespace Examples;

/// <summary>
/// A CT in one known orientation: x to the patient's right, y to the front, z to the head (RAS), x running fastest. Fine
/// scans are averaged in the slice to about 1.5 mm or more, which is all that an atlas can tell apart.
/// </summary>
internal sealed class Volume
{
    private const double FinestMm = 1.5;

    private readonly CtFile _file;
    private readonly int[] _fileAxis;
    private readonly bool[] _flipped;
    private readonly int[] _shrink;

    /// <summary>Turns a CT into RAS.</summary>
    /// <param name="file">As read.</param>
    public Volume(CtFile file)
    {
        _file = file;
        _fileAxis = AxesOf(file.Affine);
        _flipped = [.. Enumerable.Range(0, 3).Select(world => file.Affine[world, _fileAxis[world]] < 0)];
        int[] counts = [file.Nx, file.Ny, file.Nz];
        var spacing = Enumerable.Range(0, 3).Select(world => Length(file.Affine, _fileAxis[world])).ToArray();
        _shrink = [Shrink(spacing[0]), Shrink(spacing[1]), 1];
        (Nx, Ny, Nz) = (Shrunk(counts, 0), Shrunk(counts, 1), Shrunk(counts, 2));
        Spacing = [.. Enumerable.Range(0, 3).Select(world => (float)(spacing[world] * _shrink[world]))];
        Hounsfield = new short[Nx * Ny * Nz];
        Fill();
    }

    /// <summary>Voxels from left to right.</summary>
    public int Nx { get; }

    /// <summary>Voxels from back to front.</summary>
    public int Ny { get; }

    /// <summary>Voxels from feet to head.</summary>
    public int Nz { get; }

    /// <summary>Millimetres between voxels along x, y and z.</summary>
    public float[] Spacing { get; }

    /// <summary>One value per voxel.</summary>
    public short[] Hounsfield { get; }

    /// <summary>Index of a voxel.</summary>
    public int At(int i, int j, int k) => i + (Nx * (j + (Ny * k)));

    /// <summary>Brings labels back onto the file's grid.</summary>
    /// <param name="labels">One per voxel of this volume.</param>
    public byte[] ToFile(ReadOnlySpan<byte> labels)
    {
        var result = new byte[_file.Hounsfield.Length];
        for (var n = 0; n < result.Length; n++)
        {
            result[n] = labels[FromFile(n)];
        }

        return result;
    }

    // For each world axis the file axis that runs along it most; every file axis is used once.
    private static int[] AxesOf(double[,] affine)
    {
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        return orders.MaxBy(order => Enumerable.Range(0, 3)
            .Sum(world => Math.Abs(affine[world, order[world]]) / Length(affine, order[world])))!;
    }

    private static double Length(double[,] affine, int axis) => Math.Sqrt(
        (affine[0, axis] * affine[0, axis]) + (affine[1, axis] * affine[1, axis]) + (affine[2, axis] * affine[2, axis]));

    private static int Shrink(double spacingMm) => Math.Max(1, (int)Math.Round(FinestMm / spacingMm));

    private int Shrunk(int[] counts, int world) => (counts[_fileAxis[world]] + _shrink[world] - 1) / _shrink[world];

    private void Fill()
    {
        var sums = new int[Hounsfield.Length];
        var counts = new int[Hounsfield.Length];
        for (var n = 0; n < _file.Hounsfield.Length; n++)
        {
            var to = FromFile(n);
            sums[to] += _file.Hounsfield[n];
            counts[to]++;
        }

        for (var n = 0; n < sums.Length; n++)
        {
            Hounsfield[n] = (short)(sums[n] / counts[n]);
        }
    }

    private int FromFile(int n)
    {
        ReadOnlySpan<int> voxel = [n % _file.Nx, n / _file.Nx % _file.Ny, n / (_file.Nx * _file.Ny)];
        ReadOnlySpan<int> counts = [_file.Nx, _file.Ny, _file.Nz];
        Span<int> at = [0, 0, 0];
        for (var world = 0; world < 3; world++)
        {
            var axis = _fileAxis[world];
            at[world] = (_flipped[world] ? counts[axis] - 1 - voxel[axis] : voxel[axis]) / _shrink[world];
        }

        return At(at[0], at[1], at[2]);
    }
}
