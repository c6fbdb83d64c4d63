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
    /// <param name="look">Told the time since the beginning. What it throws is one look less.</param>
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
            Look();
            next = Math.Max(next + 1, (_watch.Elapsed.Ticks / Interval.Ticks) + 1);
        }
        while (!StopsBefore(TimeSpan.FromTicks(next * Interval.Ticks)));

        Look();
    }

    /// <summary>A look that fails is one look less: on a thread of its own its fault would end the whole worker.</summary>
    private void Look()
    {
        try
        {
            _look(_watch.Elapsed);
        }
        catch (Exception)
        {
            // Files of control groups go with their container, in the middle of being read.
        }
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
