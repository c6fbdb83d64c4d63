using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>
/// Every way to search for the nearest point of a surface finds the same squared distance, to the last bit, as comparing
/// every point with every other.
/// </summary>
public sealed class FarSearchTests
{
    private static readonly Box Room = new(3, 131, 5, 84, 7, 66);

    public static TheoryData<int, double, double, double> Cases
    {
        get
        {
            var cases = new TheoryData<int, double, double, double>();
            (double X, double Y, double Z)[] spacings =
            [
                (1, 1, 1), (0.8, 0.8, 0.8), (0.8, 0.8, 5), (0.7, 1.3, 2.9), (0.5, 0.5, 8), (5, 0.8, 0.8),
                (1e-5, 40, 0.003), (3e6, 3e6, 4e6),
            ];
            foreach (var (index, spacing) in spacings.Index())
            {
                for (var seed = 0; seed < 10; seed++)
                {
                    cases.Add((100 * index) + seed, spacing.X, spacing.Y, spacing.Z);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void SliceSearch_RandomShapesAndCap_MeasuresWhatIsWithinAsBruteForceDoes(int seed, double x, double y, double z)
    {
        var random = new Random(seed);
        var distances = new SquaredDistances(new Spacing((float)x, (float)y, (float)z)); // as headers store them
        using var target = Balls(random, Room);
        using var from = Balls(random, Room);
        var greatest = Math.Max(distances.Spacing.X, Math.Max(distances.Spacing.Y, distances.Spacing.Z));
        var cap = Math.Pow(greatest * (1 + (30 * random.NextDouble())), 2);
        var found = new double[from.Points.Length];

        using (var search = new SliceSearch(target.Bits, new DistanceKeys(distances, cap, Room), Room))
        {
            search.Measure(from.Points, found);
        }

        foreach (var (point, squared) in from.Points.ToArray().Zip(found))
        {
            var expected = BruteForce(point, target, distances);
            Assert.True(double.IsNaN(squared) ? expected > cap * 0.999 : squared == expected, $"{point}: {squared}, not {expected}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void FarSearch_ShapesFarApart_FindsTheSameAsBricksAndBruteForce(int seed, double x, double y, double z)
    {
        var random = new Random(seed);
        var distances = new SquaredDistances(new Spacing((float)x, (float)y, (float)z));
        using var target = Balls(random, Room, Room with { X1 = 50 });
        using var from = Balls(random, Room, Room with { X0 = 70 });

        AssertSame(from.Points.ToArray(), target, distances);
    }

    [Theory]
    [InlineData(25, 0, 0)]
    [InlineData(0, -28, 0)]
    [InlineData(0, 0, 20)]
    [InlineData(13, 17, -9)]
    public void FarSearch_RoundShapeMovedFar_FindsTheSameAsBricksAndBruteForce(int dx, int dy, int dz)
    {
        var distances = new SquaredDistances(new Spacing(0.8f, 0.8f, 1.5f));
        using var target = Surface.OfCorners(Ball(60, 50, 32, 15), new BitLayout(Room));
        using var from = Surface.OfCorners(Ball(60 + dx, 50 + dy, 32 + dz, 15), new BitLayout(Room));

        AssertSame(from.Points.ToArray(), target, distances);
    }

    /// <summary>Points beside far ones are looked at in another way first.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void NearSearch_RandomShapes_CallsFarWhatIsBeyondReach(int seed, double x, double y, double z)
    {
        var random = new Random(seed);
        var distances = new SquaredDistances(new Spacing((float)x, (float)y, (float)z));
        using var target = Balls(random, Room);
        using var from = Balls(random, Room);
        var neighbourhood = new Neighbourhood(distances);
        var (counts, far) = (new int[neighbourhood.Squared.Length * SurfelTable.Kinds], new SurfacePoint[from.Points.Length]);

        var count = NearSearch.Count(from.Points, target.Bits, neighbourhood, counts, far);

        Assert.Equal(
            from.Points.ToArray().Where(point => BruteForce(point, target, distances) >= neighbourhood.ReachSquared), far[..count]);
        Assert.Equal(from.Points.Length - count, counts.Sum());
    }

    private static void AssertSame(SurfacePoint[] from, Surface target, SquaredDistances distances)
    {
        var (points, squared) = (from.ToArray(), new double[from.Length]);
        var (pointsByBricks, squaredByBricks) = (from.ToArray(), new double[from.Length]);

        FarSearch.Measure(points, target, distances, squared);
        using (var bricks = new BrickSearch(target, distances))
        {
            bricks.Measure(pointsByBricks, squaredByBricks);
        }

        var expected = from.ToDictionary(point => point, point => BruteForce(point, target, distances));
        Assert.Equal(expected, points.Zip(squared).ToDictionary(pair => pair.First, pair => pair.Second));
        Assert.Equal(expected, pointsByBricks.Zip(squaredByBricks).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private static double BruteForce(SurfacePoint from, Surface target, SquaredDistances distances)
    {
        var least = double.PositiveInfinity;
        foreach (var to in target.Points)
        {
            least = Math.Min(least, distances.Of(to.X - from.X, to.Y - from.Y, to.Z - from.Z));
        }

        return least;
    }

    private static Surface Balls(Random random, Box room, Box? within = null)
    {
        var (box, voxels) = (within ?? room, new SortedSet<(int Z, int Y, int X)>());
        for (var ball = random.Next(1, 4); ball > 0; ball--)
        {
            var radius = random.Next(1, 10);
            foreach (var run in Ball(
                random.Next(box.X0 + radius, box.X1 - radius), random.Next(box.Y0 + radius, box.Y1 - radius),
                random.Next(box.Z0 + radius, box.Z1 - radius), radius).Runs)
            {
                voxels.UnionWith(Enumerable.Range(run.Start, run.Length).Select(x => ((int)run.Z, (int)run.Y, x)));
            }
        }

        var mask = new Mask(new SurfaceBudget(side: null, SurfaceLimits.Default));
        foreach (var (z, y, x) in voxels)
        {
            mask.Add(new Run((ushort)x, (ushort)(x + 1), (ushort)y, (ushort)z));
        }

        return Surface.OfCorners(mask, new BitLayout(room));
    }

    private static Mask Ball(int x, int y, int z, int radius)
    {
        var mask = new Mask(new SurfaceBudget(side: null, SurfaceLimits.Default));
        for (var dz = -radius; dz <= radius; dz++)
        {
            for (var dy = -radius; dy <= radius; dy++)
            {
                if ((radius * radius) - (dz * dz) - (dy * dy) is >= 0 and var left)
                {
                    var half = (int)Math.Sqrt(left);
                    mask.Add(new Run((ushort)(x - half), (ushort)(x + half + 1), (ushort)(y + dy), (ushort)(z + dz)));
                }
            }
        }

        return mask;
    }
}
