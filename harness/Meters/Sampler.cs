using System.Diagnostics;

namespace Touchstone.Harness.Meters;

/// <summary>
/// Looks at something every tenth of a second on a thread of its own, by absolute deadlines, so that late looks do not
/// push later ones back. A look that takes longer than the interval costs the deadlines that it covers, never a burst.
/// </summary>
internal sealed class Sampler : IDisposable
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _stop = new();
    private readonly Action<TimeSpan> _look;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Thread _thread;

    private Sampler(Action<TimeSpan> look)
    {
        _look = look;
        _thread = new Thread(Work) { IsBackground = true, Name = "sampler" };
        _thread.Start();
    }

    /// <summary>Begins to look, at once for the first time.</summary>
    /// <param name="look">Told the time since the beginning. Must not throw.</param>
    public static Sampler Start(Action<TimeSpan> look) => new(look);

    /// <summary>Looks once more and stops; the last look is over when this returns.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Work()
    {
        long next = 0;
        do
        {
            _look(_watch.Elapsed);
            next = Math.Max(next + 1, (_watch.Elapsed.Ticks / Interval.Ticks) + 1);
        }
        while (!StopsBefore(TimeSpan.FromTicks(next * Interval.Ticks)));

        _look(_watch.Elapsed);
    }

    /// <summary>Waits until a deadline, and not a moment less: waiting by itself can end a little early.</summary>
    private bool StopsBefore(TimeSpan deadline)
    {
        while (deadline - _watch.Elapsed is var wait && wait > TimeSpan.Zero)
        {
            if (_stop.Wait((int)Math.Ceiling(wait.TotalMilliseconds)))
            {
                return true;
            }
        }

        return _stop.IsSet;
    }
}
