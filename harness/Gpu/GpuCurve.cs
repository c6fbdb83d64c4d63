using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Gpu;

/// <summary>A memory–time curve as it is sampled: area, peak, largest gap, and a thinned copy for charts.</summary>
internal sealed class GpuCurve
{
    /// <summary>Most points that <see cref="Thinned"/> leaves: a chart is no wider.</summary>
    public const int MostPoints = 400;

    private const double Mebibyte = 1 << 20;

    private readonly List<GpuPoint> _points = [];
    private double _byteSeconds;
    private double _byteSecondsAbove;

    /// <summary>Number of samples.</summary>
    public int Samples => _points.Count;

    /// <summary>Largest sample in bytes; null without one.</summary>
    public long? PeakBytes => _points.Count == 0 ? null : _points.Max(point => point.Bytes);

    /// <summary>Area by trapezoids in MiB·s; null with fewer than two samples.</summary>
    public double? AreaMibSeconds => _points.Count < 2 ? null : _byteSeconds / Mebibyte;

    /// <summary>The same of what lay above <see cref="GpuUse.ToleranceMib"/>; null with fewer than two samples.</summary>
    public double? AreaAboveToleranceMibSeconds => _points.Count < 2 ? null : _byteSecondsAbove / Mebibyte;

    /// <summary>Longest time between two samples in seconds; null with fewer than two.</summary>
    public double? LargestGapSeconds =>
        _points.Count < 2 ? null : _points.Zip(_points.Skip(1), (a, b) => b.Seconds - a.Seconds).Max();

    /// <summary>Adds a sample; times must not go back.</summary>
    /// <param name="time">Since sampling began.</param>
    /// <param name="bytes">Memory in use.</param>
    public void Add(TimeSpan time, long bytes)
    {
        var point = new GpuPoint(time.TotalSeconds, bytes);
        if (_points.Count > 0)
        {
            var last = _points[^1];
            _byteSeconds += ((double)last.Bytes + bytes) / 2 * (point.Seconds - last.Seconds);
            _byteSecondsAbove += (Above(last.Bytes) + Above(bytes)) / 2 * (point.Seconds - last.Seconds);
        }

        _points.Add(point);
    }

    /// <summary>
    /// The curve in at most <see cref="MostPoints"/> points: of each stretch of time the sample with the most memory, and
    /// the first and the last of all.
    /// </summary>
    public IReadOnlyList<GpuPoint> Thinned()
    {
        if (_points.Count <= MostPoints)
        {
            return [.. _points.Select(Rounded)];
        }

        var inner = _points[1..^1];
        var size = (inner.Count + MostPoints - 3) / (MostPoints - 2);
        var highest = inner.Chunk(size).Select(chunk => chunk.MaxBy(point => point.Bytes));
        return [.. highest.Prepend(_points[0]).Append(_points[^1]).Select(Rounded)];
    }

    private static double Above(long bytes) => Math.Max(0, bytes - (GpuUse.ToleranceMib * Mebibyte));

    private static GpuPoint Rounded(GpuPoint point) => point with { Seconds = Math.Round(point.Seconds, 3) };
}
