using Touchstone.Harness.Intake;

namespace Touchstone.Harness.Server.Work;

/// <summary>A worker's hold on an attempt, renewed until it is let go. When it is lost, work on the attempt must stop.</summary>
internal sealed class Hold : IAsyncDisposable
{
    private readonly IntakeStore _store;
    private readonly TimeSpan _duration;
    private readonly CancellationTokenSource _stop;
    private readonly ITimer _renewal;
    private readonly TimeProvider _clock;
    private long _goodUntil;

    /// <summary>Begins to renew.</summary>
    /// <param name="store">The queue.</param>
    /// <param name="lease">The lease, just taken.</param>
    /// <param name="settings">How often.</param>
    /// <param name="clock">When.</param>
    /// <param name="token">Stops the work as well.</param>
    public Hold(IntakeStore store, Lease lease, WorkSettings settings, TimeProvider clock, CancellationToken token)
    {
        (_store, Lease, _duration, _clock) = (store, lease, settings.Lease, clock);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        _goodUntil = (clock.GetUtcNow() + _duration).Ticks;
        _renewal = clock.CreateTimer(_ => Renew(), null, settings.RenewEvery, settings.RenewEvery);
    }

    /// <summary>The lease.</summary>
    public Lease Lease { get; }

    /// <summary>Whether somebody else may have the attempt.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Stops the work: on it being lost, or on the worker being told to end.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Stops the work when a change found the lease lost.</summary>
    /// <param name="isHeld">What the change said.</param>
    public void Demand(bool isHeld)
    {
        if (!isHeld)
        {
            Lose();
            _stop.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Ends renewing; the lease itself is not let go.</summary>
    public async ValueTask DisposeAsync()
    {
        await _renewal.DisposeAsync();
        _stop.Dispose();
    }

    private void Renew()
    {
        try
        {
            if (!_store.Renew(Lease, _duration))
            {
                Lose();
                return;
            }

            Interlocked.Exchange(ref _goodUntil, (_clock.GetUtcNow() + _duration).Ticks);
        }
        catch (Exception)
        {
            // A timer calls it: what it threw would end the worker. A disk that is full for a moment, or a store that may not
            // be written: the lease lasts longer than that, or is lost.
            if (_clock.GetUtcNow().Ticks >= Interlocked.Read(ref _goodUntil))
            {
                Lose();
            }
        }
    }

    private void Lose()
    {
        IsLost = true;
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work has ended already.
        }
    }
}
