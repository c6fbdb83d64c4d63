namespace Touchstone.Tests.Harness.Intake;

/// <summary>A clock that only a test moves.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly Lock _turn = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_turn)
        {
            return _now;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Lets time pass; what was to happen meanwhile happens before this returns.</summary>
    public void Pass(TimeSpan span)
    {
        List<Timer> due;
        lock (_turn)
        {
            _now += span;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            due.ForEach(timer => timer.Advance(_now));
        }

        due.ForEach(timer => timer.Fire());
    }

    /// <summary>Goes on to what is to happen next, if that is soon; otherwise time stands still.</summary>
    /// <param name="soon">How soon.</param>
    public void PassToNext(TimeSpan soon)
    {
        TimeSpan wait;
        lock (_turn)
        {
            wait = _timers.Count == 0 ? TimeSpan.MaxValue : _timers.Min(timer => timer.Due) - _now;
        }

        if (wait <= soon)
        {
            Pass(wait);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(HandClock clock, Action fire) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public void Fire() => fire();

        public void Advance(DateTimeOffset now) => Due = _period > TimeSpan.Zero ? now + _period : DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._turn)
            {
                _period = period;
                Due = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : clock._now + dueTime;
                clock._timers.Remove(this);
                clock._timers.Add(this);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._turn)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
