namespace Touchstone.Evaluators;

/// <summary>
/// How far the points of one surface are from another: the distances that occur, ascending, each with the weight of the
/// points that have it. Every surface metric is a short sum over two of these.
/// </summary>
internal sealed class DistanceProfile
{
    private readonly List<(double DistanceMm, double Weight)> _steps = [];

    /// <summary>The distances that occur, ascending, each with the weight of the points that have it.</summary>
    public IReadOnlyList<(double DistanceMm, double Weight)> Steps => _steps;

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

    /// <summary>Appends the points of one distance, greater than all before; nothing when there are none.</summary>
    /// <param name="squared">The distance squared, in mm².</param>
    /// <param name="counts">Points by kind.</param>
    /// <param name="weights">Weight by kind.</param>
    public void Add(double squared, ReadOnlySpan<int> counts, ReadOnlySpan<double> weights)
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
}
