using System.Buffers;

namespace Touchstone.Evaluators;

/// <summary>Measures surfaces of one grid: what their points weigh, and how far one is from another.</summary>
/// <param name="spacing">Spacing of the grid.</param>
/// <param name="weights">Weight by kind of point.</param>
internal sealed class SurfaceRuler(Spacing spacing, double[] weights)
{
    private readonly SquaredDistances _distances = new(spacing);
    private readonly Neighbourhood _neighbourhood = new(new SquaredDistances(spacing));

    /// <summary>Weight of all points of a surface.</summary>
    /// <param name="surface">Of the grid.</param>
    public double Weigh(Surface surface)
    {
        Span<int> counts = stackalloc int[SurfelTable.Kinds];
        foreach (var point in surface.Points)
        {
            counts[point.Kind]++;
        }

        double weight = 0;
        for (var kind = 0; kind < counts.Length; kind++)
        {
            weight += counts[kind] * weights[kind];
        }

        return weight;
    }

    /// <summary>The distances of one surface's points from another surface.</summary>
    /// <param name="from">The surface whose points count; not empty.</param>
    /// <param name="to">The surface to which distances are taken; not empty, in the same layout.</param>
    public DistanceProfile Measure(Surface from, Surface to)
    {
        var profile = new DistanceProfile();
        var counts = ArrayPool<int>.Shared.Rent(_neighbourhood.Squared.Length * SurfelTable.Kinds);
        var far = ArrayPool<SurfacePoint>.Shared.Rent(from.Points.Length);
        counts.AsSpan().Clear();
        var farCount = NearSearch.Count(from.Points, to.Bits, _neighbourhood, counts, far);
        for (var rank = 0; rank < _neighbourhood.Squared.Length; rank++)
        {
            profile.Add(_neighbourhood.Squared[rank], counts.AsSpan(rank * SurfelTable.Kinds, SurfelTable.Kinds), weights);
        }

        if (farCount > 0)
        {
            AddFar(profile, far.AsSpan(0, farCount), to);
        }

        ArrayPool<int>.Shared.Return(counts);
        ArrayPool<SurfacePoint>.Shared.Return(far);
        return profile;
    }

    private void AddFar(DistanceProfile profile, Span<SurfacePoint> far, Surface to)
    {
        var squared = new double[far.Length];
        FarSearch.Measure(far, to, _distances, squared);
        squared.AsSpan().Sort(far);
        Span<int> counts = stackalloc int[SurfelTable.Kinds];
        for (var i = 0; i < squared.Length;)
        {
            var distance = squared[i];
            counts.Clear();
            for (; i < squared.Length && squared[i] == distance; i++)
            {
                counts[far[i].Kind]++;
            }

            profile.Add(distance, counts, weights);
        }
    }
}
