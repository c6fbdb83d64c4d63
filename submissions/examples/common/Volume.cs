namespace Examples;

/// <summary>
/// A CT in one known orientation: x to the patient's right, y to the front, z to the head (RAS), x running fastest.
/// Fine
/// scans are averaged in the slice to about 1.5 mm or more, which is all that an atlas can tell apart.
/// </summary>
internal sealed class Volume
{
    private const double FinestMm = 1.5;

    private readonly CtFile _file;
    private readonly int[] _fileAxis;
    private readonly bool[] _flipped;
    private readonly int[] _shrink;
    private readonly int[][] _places;

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
        _places = Places(counts);
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
    public byte[] ToFile(byte[] labels)
    {
        var result = new byte[_file.Hounsfield.Length];
        ForEach((from, to) => result[from] = labels[to]);
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
        ForEach((from, to) =>
        {
            sums[to] += _file.Hounsfield[from];
            counts[to]++;
        });

        for (var n = 0; n < sums.Length; n++)
        {
            Hounsfield[n] = (short)(sums[n] / counts[n]);
        }
    }

    // What each index along each file axis adds to the index in this volume.
    private int[][] Places(int[] counts)
    {
        int[] strides = [1, Nx, Nx * Ny];
        var places = new int[3][];
        for (var world = 0; world < 3; world++)
        {
            var (axis, count, stride, shrink) = (_fileAxis[world], counts[_fileAxis[world]], strides[world], _shrink[world]);
            var flipped = _flipped[world];
            places[axis] = [.. Enumerable.Range(0, count).Select(n => (flipped ? count - 1 - n : n) / shrink * stride)];
        }

        return places;
    }

    // Calls with every file voxel and the voxel of this volume that it falls into.
    private void ForEach(Action<int, int> visit)
    {
        var n = 0;
        foreach (var z in _places[2])
        {
            foreach (var y in _places[1])
            {
                foreach (var x in _places[0])
                {
                    visit(n++, x + y + z);
                }
            }
        }
    }
}
