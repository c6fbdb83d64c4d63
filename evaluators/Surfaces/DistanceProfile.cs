using System.Buffers;

namespace Touchstone.Evaluators;

/// <summary>
/// How far the points of one surface are from another: the distances that occur, ascending, each with the weight of the
/// points that have it. Every surface metric is a short sum over two of these.
/// </summary>
internal sealed class DistanceProfile
{
    private readonly List<(double DistanceMm, double Weight)> _steps = [];

    private DistanceProfile()
    {
    }

    /// <summary>Weight of all points.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>The greatest distance.</summary>
    public double MaxMm => _steps[^1].DistanceMm;

    /// <summary>Mean distance, weighted.</summary>
    public double MeanMm => WeightedSum / TotalWeight;

    /// <summary>Sum of distance times weight.</summary>
    public double WeightedSum
    {
        get
        {
            double sum = 0;
            foreach (var (distance, weight) in _steps)
            {
                sum += distance * weight;
            }

            return sum;
        }
    }

    /// <summary>Measures one surface from another.</summary>
    /// <param name="from">The surface whose points count; not empty.</param>
    /// <param name="to">The surface to which distances are taken; not empty, in the same layout.</param>
    /// <param name="neighbourhood">The search around a point at the grid's spacing.</param>
    /// <param name="distances">Squared distances at the same spacing.</param>
    /// <param name="weights">Weight by kind of point.</param>
    public static DistanceProfile Measure(
        Surface from, Surface to, Neighbourhood neighbourhood, SquaredDistances distances, ReadOnlySpan<double> weights)
    {
        var profile = new DistanceProfile();
        var counts = ArrayPool<int>.Shared.Rent(neighbourhood.Squared.Length * SurfelTable.Kinds);
        var far = ArrayPool<SurfacePoint>.Shared.Rent(from.Points.Length);
        counts.AsSpan().Clear();
        var farCount = NearSearch.Count(from.Points, to.Bits, neighbourhood, counts, far);
        for (var rank = 0; rank < neighbourhood.Squared.Length; rank++)
        {
            profile.Add(neighbourhood.Squared[rank], counts.AsSpan(rank * SurfelTable.Kinds, SurfelTable.Kinds), weights);
        }

        if (farCount > 0)
        {
            profile.AddFar(far.AsSpan(0, farCount), to, distances, weights);
        }

        ArrayPool<int>.Shared.Return(counts);
        ArrayPool<SurfacePoint>.Shared.Return(far);
        return profile;
    }

    /// <summary>Weight of the points up to a distance, inclusive.</summary>
    /// <param name="toleranceMm">The distance.</param>
    public double WeightWithin(double toleranceMm)
    {
        double sum = 0;
        foreach (var (distance, weight) in _steps)
        {
            sum += distance <= toleranceMm ? weight : 0;
        }

        return sum;
    }

    /// <summary>The least distance at which a fraction of the weight is reached; no interpolation.</summary>
    /// <param name="fraction">From 0 to 1.</param>
    public double QuantileMm(double fraction)
    {
        double sum = 0;
        foreach (var (distance, weight) in _steps)
        {
            sum += weight;
            if (sum / TotalWeight >= fraction)
            {
                return distance;
            }
        }

        return MaxMm;
    }

    private void AddFar(
        ReadOnlySpan<SurfacePoint> far, Surface to, SquaredDistances distances, ReadOnlySpan<double> weights)
    {
        var squared = new double[far.Length];
        var kinds = new byte[far.Length];
        FarSearch.Measure(far, to.Points, to.Bits.Layout.Box, distances, squared, kinds);
        Array.Sort(squared, kinds);
        Span<int> counts = stackalloc int[SurfelTable.Kinds];
        for (var i = 0; i < squared.Length;)
        {
            var distance = squared[i];
            counts.Clear();
            for (; i < squared.Length && squared[i] == distance; i++)
            {
                counts[kinds[i]]++;
            }

            Add(distance, counts, weights);
        }
    }

    private void Add(double squared, ReadOnlySpan<int> counts, ReadOnlySpan<double> weights)
    {
        if (counts.IndexOfAnyExcept(0) < 0)
        {
            return;
        }

        double weight = 0;
        for (var kind = 0; kind < counts.Length; kind++)
        {
            weight += counts[kind] * weights[kind];
        }

        _steps.Add((Math.Sqrt(squared), weight));
        TotalWeight += weight;
    }
}
