using System.Numerics;

namespace Examples;

/// <summary>Describes a set of points by a few Gaussian clouds: k-means, then mean and covariance of each cluster.</summary>
internal static class Clouds
{
    private const int PointsPerCloud = 1800;
    private const int MostClouds = 12;
    private const int LeastClouds = 4;
    private const int Rounds = 12;
    private const float LeastVariance = 6; // square millimetres: no cloud is thinner than a voxel

    /// <summary>Clouds of a structure.</summary>
    /// <param name="structure">Its name.</param>
    /// <param name="points">Places where training patients have it, in millimetres of the reference.</param>
    /// <param name="ml">Its mean size, shared out among the clouds by their number of points.</param>
    public static IEnumerable<Cloud> Of(string structure, IReadOnlyList<Vector3> points, float ml)
    {
        var count = Math.Clamp(points.Count / PointsPerCloud, LeastClouds, MostClouds);
        return Cluster(points, count)
            .Where(cluster => cluster.Count > 8)
            .Select(cluster => Fit(structure, cluster, ml * cluster.Count / points.Count));
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
            nearest = Vector3.DistanceSquared(point, centres[n]) < Vector3.DistanceSquared(point, centres[nearest]) ? n : nearest;
        }

        return nearest;
    }

    private static Vector3 Mean(IReadOnlyList<Vector3> points) =>
        points.Aggregate(Vector3.Zero, (sum, point) => sum + point) / points.Count;

    private static Cloud Fit(string structure, List<Vector3> points, float ml)
    {
        var mean = Mean(points);
        var sums = new double[6];
        foreach (var point in points)
        {
            var d = point - mean;
            sums[0] += d.X * d.X;
            sums[1] += d.Y * d.Y;
            sums[2] += d.Z * d.Z;
            sums[3] += d.X * d.Y;
            sums[4] += d.X * d.Z;
            sums[5] += d.Y * d.Z;
        }

        return new Cloud(structure, ml, mean, [.. sums.Select((sum, n) => (float)(sum / points.Count) + (n < 3 ? LeastVariance : 0))]);
    }
}
