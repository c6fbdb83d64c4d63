using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>
/// Surface distances by comparing every point with every other, written from the definitions in METRICS.md.
/// </summary>
internal static class BruteForce
{
    /// <summary>Greatest distance, and the mean distance from the reference and from the prediction.</summary>
    public static (double Hd, double Outward, double Inward) Distances(Pair pair, bool isCorners)
    {
        var grid = pair.Geometry.Grid;
        var areas = SurfelTable.AreasMm2(grid.SpacingMm);
        var (a, b) = (Points(pair.Reference), Points(pair.Prediction));
        var (outward, inward) = (Directed(a, b), Directed(b, a));
        return (Math.Max(outward.Max, inward.Max), outward.Mean, inward.Mean);

        List<(int X, int Y, int Z, double Weight)> Points(byte[] labels) =>
            isCorners ? Corners(grid, labels, areas) : Edges(grid, labels);

        (double Max, double Mean) Directed(List<(int X, int Y, int Z, double Weight)> from, List<(int X, int Y, int Z, double Weight)> to)
        {
            var (max, sum, weights) = (0.0, 0.0, 0.0);
            foreach (var point in from)
            {
                var least = double.PositiveInfinity;
                foreach (var other in to)
                {
                    var x = (other.X - point.X) * grid.SpacingMm.X;
                    var y = (other.Y - point.Y) * grid.SpacingMm.Y;
                    var z = (other.Z - point.Z) * grid.SpacingMm.Z;
                    least = Math.Min(least, (x * x) + (y * y) + (z * z));
                }

                max = Math.Max(max, Math.Sqrt(least));
                sum += Math.Sqrt(least) * point.Weight;
                weights += point.Weight;
            }

            return (max, sum / weights);
        }
    }

    /// <summary>NSD at a tolerance in mm, over surface elements.</summary>
    public static double Nsd(Pair pair, double toleranceMm)
    {
        var (outward, inward) = Corners(pair);
        return outward.Concat(inward).Where(point => point.Mm <= toleranceMm).Sum(point => point.Weight)
            / outward.Concat(inward).Sum(point => point.Weight);
    }

    /// <summary>The Hausdorff distance at a fraction of the area, over surface elements.</summary>
    public static double Hausdorff(Pair pair, double fraction)
    {
        var (outward, inward) = Corners(pair);
        return Math.Max(Quantile(outward), Quantile(inward));

        double Quantile(List<(double Mm, double Weight)> points)
        {
            var (wanted, sum) = (fraction * points.Sum(point => point.Weight), 0.0);
            var ordered = points.OrderBy(point => point.Mm).ToList();
            return ordered.FirstOrDefault(point => (sum += point.Weight) >= wanted, ordered[^1]).Mm;
        }
    }

    private static (List<(double Mm, double Weight)> Outward, List<(double Mm, double Weight)> Inward) Corners(Pair pair)
    {
        var grid = pair.Geometry.Grid;
        var areas = SurfelTable.AreasMm2(grid.SpacingMm);
        var (a, b) = (Corners(grid, pair.Reference, areas), Corners(grid, pair.Prediction, areas));
        return (Directed(a, b), Directed(b, a));

        List<(double Mm, double Weight)> Directed(
            List<(int X, int Y, int Z, double Weight)> from, List<(int X, int Y, int Z, double Weight)> to) =>
            [.. from.Select(point => (to.Min(other => Mm(grid.SpacingMm, point, other)), point.Weight))];
    }

    private static double Mm(
        Spacing spacing, (int X, int Y, int Z, double Weight) a, (int X, int Y, int Z, double Weight) b)
    {
        var (x, y, z) = ((a.X - b.X) * spacing.X, (a.Y - b.Y) * spacing.Y, (a.Z - b.Z) * spacing.Z);
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }

    private static List<(int X, int Y, int Z, double Weight)> Corners(Grid grid, byte[] labels, double[] areas)
    {
        var points = new List<(int X, int Y, int Z, double Weight)>();
        for (var z = 0; z <= grid.Nz; z++)
        {
            for (var y = 0; y <= grid.Ny; y++)
            {
                for (var x = 0; x <= grid.Nx; x++)
                {
                    var code = 0;
                    for (var bit = 0; bit < 8; bit++)
                    {
                        var (a, b, c) = (bit >> 2, (bit >> 1) & 1, bit & 1);
                        code |= Inside(grid, labels, x - 1 + a, y - 1 + b, z - 1 + c) ? 128 >> bit : 0;
                    }

                    if (code is not (0 or 255))
                    {
                        points.Add((x, y, z, areas[SurfelTable.KindOf[code]]));
                    }
                }
            }
        }

        return points;
    }

    private static List<(int X, int Y, int Z, double Weight)> Edges(Grid grid, byte[] labels)
    {
        var points = new List<(int X, int Y, int Z, double Weight)>();
        for (var i = 0; i < labels.Length; i++)
        {
            var (x, y, z) = (i % grid.Nx, i / grid.Nx % grid.Ny, i / grid.Nx / grid.Ny);
            if (labels[i] != 0 && !(Inside(grid, labels, x - 1, y, z) && Inside(grid, labels, x + 1, y, z)
                && Inside(grid, labels, x, y - 1, z) && Inside(grid, labels, x, y + 1, z)
                && Inside(grid, labels, x, y, z - 1) && Inside(grid, labels, x, y, z + 1)))
            {
                points.Add((x, y, z, 1));
            }
        }

        return points;
    }

    private static bool Inside(Grid grid, byte[] labels, int x, int y, int z) =>
        x >= 0 && x < grid.Nx && y >= 0 && y < grid.Ny && z >= 0 && z < grid.Nz
        && labels[(((z * grid.Ny) + y) * grid.Nx) + x] != 0;
}
