using Touchstone.Evaluators;

namespace Touchstone.Benchmarks;

/// <summary>
/// A reference and a prediction of many organs, made by formula: wobbling ellipsoids on a lattice, the prediction's a little
/// displaced and of other wobble, with a few parts missed and a few invented.
/// </summary>
internal sealed class PhantomPair
{
    private PhantomPair(Geometry geometry, byte[] reference, byte[] prediction) =>
        (Geometry, Reference, Prediction) = (geometry, reference, prediction);

    /// <summary>The grid of both.</summary>
    public Geometry Geometry { get; }

    /// <summary>Labels 1 to the number of organs.</summary>
    public byte[] Reference { get; }

    /// <summary>The same labels, segmented by somebody less careful.</summary>
    public byte[] Prediction { get; }

    /// <summary>Organs in 3 × 3 × 3 places.</summary>
    /// <param name="nx">Voxels along x.</param>
    /// <param name="ny">Voxels along y.</param>
    /// <param name="nz">Voxels along z.</param>
    /// <param name="organs">1 to 27.</param>
    public static PhantomPair Organs(int nx, int ny, int nz, int organs)
    {
        var (reference, prediction) = (new byte[nx * ny * nz], new byte[nx * ny * nz]);
        for (var organ = 0; organ < organs; organ++)
        {
            var random = new Random(organ);
            var centre = (
                X: ((organ % 3) + 0.5) * nx / 3, Y: ((organ / 3 % 3) + 0.5) * ny / 3, Z: ((organ / 9) + 0.5) * nz / 3);
            var radius = (X: Between(0.18, 0.34) * nx / 3, Y: Between(0.18, 0.34) * ny / 3, Z: Between(0.2, 0.38) * nz / 3);
            var blob = new Blob(centre, radius, Wobble: 0.06, Phase: organ);
            blob.Fill(reference, nx, ny, nz, (byte)(organ + 1));
            var judged = blob with
            {
                Centre = (centre.X + Between(-0.6, 0.6), centre.Y + Between(-0.6, 0.6), centre.Z + Between(-0.6, 0.6)),
                Wobble = 0.06 + Between(-0.012, 0.012),
            };
            judged.Fill(prediction, nx, ny, nz, (byte)(organ + 1));
            var invented = new Blob((centre.X + (radius.X * 0.9), centre.Y, centre.Z), (9, 8, 7), 0, 0);
            invented.Fill(prediction, nx, ny, nz, organ % 3 == 0 ? (byte)0 : (byte)(organ + 1));

            double Between(double low, double high) => low + (random.NextDouble() * (high - low));
        }

        return new PhantomPair(GeometryOf(nx, ny, nz), reference, prediction);
    }

    /// <summary>The reference, and the same displaced along x.</summary>
    /// <param name="pair">Any pair.</param>
    /// <param name="voxels">By how much.</param>
    public static PhantomPair Shifted(PhantomPair pair, int voxels)
    {
        var grid = pair.Geometry.Grid;
        var shifted = new byte[pair.Reference.Length];
        for (var row = 0; row < pair.Reference.Length; row += grid.Nx)
        {
            pair.Reference.AsSpan(row, grid.Nx - voxels).CopyTo(shifted.AsSpan(row + voxels));
        }

        return new PhantomPair(pair.Geometry, pair.Reference, shifted);
    }

    /// <summary>Two volumes of independent random labels: nothing is harder to score.</summary>
    /// <param name="side">Voxels a side.</param>
    /// <param name="labels">Labels 1 to this.</param>
    public static PhantomPair Noise(int side, int labels)
    {
        var (reference, prediction) = (new byte[side * side * side], new byte[side * side * side]);
        var random = new Random(1);
        for (var i = 0; i < reference.Length; i++)
        {
            reference[i] = (byte)(1 + random.Next(labels));
            prediction[i] = (byte)(1 + random.Next(labels));
        }

        return new PhantomPair(GeometryOf(side, side, side), reference, prediction);
    }

    private static Geometry GeometryOf(int nx, int ny, int nz)
    {
        var spacing = new Spacing(0.8f, 0.8f, 0.8f);
        return new Geometry(new Grid(nx, ny, nz, spacing), Affine.Scaling(spacing, (0, 0, 0)));
    }

    private sealed record Blob(
        (double X, double Y, double Z) Centre, (double X, double Y, double Z) Radius, double Wobble, double Phase)
    {
        public void Fill(byte[] labels, int nx, int ny, int nz, byte label)
        {
            for (var z = From(Centre.Z, Radius.Z); z < To(Centre.Z, Radius.Z, nz); z++)
            {
                var dz = (z - Centre.Z) / Radius.Z;
                for (var y = From(Centre.Y, Radius.Y); y < To(Centre.Y, Radius.Y, ny); y++)
                {
                    var dy = (y - Centre.Y) / Radius.Y;
                    var limit = 1 + (Wobble * (Math.Sin((5 * dz) + Phase) + Math.Cos((7 * dy) - Phase)));
                    for (var x = From(Centre.X, Radius.X); x < To(Centre.X, Radius.X, nx); x++)
                    {
                        var dx = (x - Centre.X) / Radius.X;
                        if ((dx * dx) + (dy * dy) + (dz * dz) < limit)
                        {
                            labels[(((z * ny) + y) * nx) + x] = label;
                        }
                    }
                }
            }
        }

        private static int From(double centre, double radius) => Math.Max(0, (int)(centre - (1.2 * radius)));

        private static int To(double centre, double radius, int side) => Math.Min(side, (int)(centre + (1.2 * radius)) + 2);
    }
}
