using System.Numerics;

namespace Examples;

/// <summary>
/// Describes a set of points by a few Gaussian clouds: k-means to begin with, then expectation maximisation, which lets
/// clouds overlap so that their sum is even where the points are.
/// </summary>
internal static class Clouds
{
    private const int PointsPerCloud = 800;
    private const int MostClouds = 14;
    private const int LeastClouds = 4;
    private const int Rounds = 10;
    private const float LeastVariance = 6; // square millimetres: no cloud is thinner than a voxel

    /// <summary>Clouds of a structure.</summary>
    /// <param name="structure">Its name.</param>
    /// <param name="points">Places where training patients have it, in millimetres of the reference.</param>
    /// <param name="ml">Its mean size, shared out among the clouds by their number of points.</param>
    public static IEnumerable<Cloud> Of(string structure, IReadOnlyList<Vector3> points, float ml)
    {
        var count = Math.Clamp(points.Count / PointsPerCloud, LeastClouds, MostClouds);
        var clouds = Cluster(points, count)
            .Where(cluster => cluster.Count > 8)
            .Select(cluster => Fit(structure, cluster, [.. cluster.Select(_ => 1f)], ml * cluster.Count / points.Count))
            .ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            clouds = Improve(clouds, points, ml);
        }

        return clouds;
    }

    // Shares each point out among the clouds by their density there, and fits each cloud to its shares.
    private static Cloud[] Improve(Cloud[] clouds, IReadOnlyList<Vector3> points, float ml)
    {
        var shares = clouds.Select(cloud => cloud.DensitiesAt(points)).ToArray();
        for (var n = 0; n < points.Count; n++)
        {
            var sum = 1e-20f + shares.Sum(share => share[n]);
            foreach (var share in shares)
            {
                share[n] /= sum;
            }
        }

        return
        [
            .. clouds.Select((cloud, c) => Fit(cloud.Structure, points, shares[c], ml * shares[c].Sum() / points.Count))
                .Where(cloud => cloud.Ml > 0.002f * ml),
        ];
    }

    private static List<Vector3>[] Cluster(IReadOnlyList<Vector3> points, int count)
    {
        var centres = FarApart(points, count);
        var clusters = new List<Vector3>[count];
        for (var round = 0; round < Rounds; round++)
        {
            clusters = [.. centres.Select(_ => new List<Vector3>())];
            foreach (var point in points)
            {
                clusters[Nearest(centres, point)].Add(point);
            }

            centres = [.. clusters.Select((cluster, n) => cluster.Count == 0 ? centres[n] : Mean(cluster))];
        }

        return clusters;
    }

    // Each next centre is the point farthest from those chosen, so that no random number is needed.
    private static Vector3[] FarApart(IReadOnlyList<Vector3> points, int count)
    {
        var centres = new List<Vector3> { Mean(points) };
        var distance = points.Select(point => Vector3.DistanceSquared(point, centres[0])).ToArray();
        while (centres.Count < count)
        {
            var next = points[Array.IndexOf(distance, distance.Max())];
            centres.Add(next);
            for (var n = 0; n < distance.Length; n++)
            {
                distance[n] = MathF.Min(distance[n], Vector3.DistanceSquared(points[n], next));
            }
        }

        return [.. centres];
    }

    private static int Nearest(Vector3[] centres, Vector3 point)
    {
        var nearest = 0;
        for (var n = 1; n < centres.Length; n++)
        {
            var isNearer = Vector3.DistanceSquared(point, centres[n]) < Vector3.DistanceSquared(point, centres[nearest]);
            nearest = isNearer ? n : nearest;
        }

        return nearest;
    }

    private static Vector3 Mean(IReadOnlyList<Vector3> points) =>
        points.Aggregate(Vector3.Zero, (sum, point) => sum + point) / points.Count;

    private static Cloud Fit(string structure, IReadOnlyList<Vector3> points, float[] weights, float ml)
    {
        var (mean, total) = (Vector3.Zero, 1e-6f);
        for (var n = 0; n < points.Count; n++)
        {
            mean += weights[n] * points[n];
            total += weights[n];
        }

        mean /= total;
        var sums = new double[6];
        for (var n = 0; n < points.Count; n++)
        {
            var d = points[n] - mean;
            ReadOnlySpan<float> products = [d.X * d.X, d.Y * d.Y, d.Z * d.Z, d.X * d.Y, d.X * d.Z, d.Y * d.Z];
            for (var p = 0; p < products.Length; p++)
            {
                sums[p] += weights[n] * products[p];
            }
        }

        return new Cloud(
            structure, ml, mean, [.. sums.Select((sum, p) => (float)(sum / total) + (p < 3 ? LeastVariance : 0))]);
    }
}
