using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Touchstone.Harness.Server.Access;

/// <summary>Counts requests in token buckets, one for each who asks. Kept in memory: a restart forgives.</summary>
/// <param name="clock">Says when a bucket has filled again.</param>
internal sealed class RateLimits(TimeProvider clock)
{
    private const int MostBuckets = 20_000;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes one request out of somebody's bucket.</summary>
    /// <param name="who">Whose.</param>
    /// <param name="rate">Its size and how it fills.</param>
    /// <returns>Null when it was there; otherwise the time until it will be.</returns>
    public TimeSpan? Take(string who, Rate rate)
    {
        if (_buckets.Count > MostBuckets)
        {
            Forget();
        }

        return _buckets.GetOrAdd(who, _ => new Bucket(rate, clock.GetUtcNow())).Take(clock.GetUtcNow());
    }

    /// <summary>An address as limits see it: of IPv6 the network that one customer gets.</summary>
    /// <param name="address">The address; null counts as one of its own.</param>
    public static string Name(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        return address is { AddressFamily: AddressFamily.InterNetworkV6 }
            ? $"{Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))}::/64"
            : address?.ToString() ?? "unknown";
    }

    /// <summary>Full buckets are as good as none.</summary>
    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (who, bucket) in _buckets)
        {
            if (bucket.IsFull(now))
            {
                _buckets.TryRemove(who, out _);
            }
        }
    }

    private sealed class Bucket(Rate rate, DateTimeOffset now)
    {
        private readonly Lock _turn = new();
        private double _level = rate.Burst;
        private DateTimeOffset _filledAt = now;

        public TimeSpan? Take(DateTimeOffset now)
        {
            lock (_turn)
            {
                Fill(now);
                if (_level < 1)
                {
                    return TimeSpan.FromSeconds((1 - _level) / rate.PerSecond);
                }

                _level--;
                return null;
            }
        }

        public bool IsFull(DateTimeOffset now)
        {
            lock (_turn)
            {
                Fill(now);
                return _level >= rate.Burst;
            }
        }

        private void Fill(DateTimeOffset now)
        {
            if (now > _filledAt)
            {
                _level = Math.Min(rate.Burst, _level + ((now - _filledAt).TotalSeconds * rate.PerSecond));
                _filledAt = now;
            }
        }
    }
}
