using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Touchstone.Harness.Server.Access;

/// <summary>
/// Keeps one address from taking all connections. A proxy brings everybody's, so the proxies in front are not counted: to
/// limit who connects to them is theirs.
/// </summary>
/// <param name="most">Most connections of an address; of IPv6, of the network that one customer gets.</param>
/// <param name="proxies">Addresses that are not counted.</param>
internal sealed class ConnectionLimit(int most, IReadOnlyList<IPAddress> proxies)
{
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Serves a connection, or closes it at once.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="next">Serves it.</param>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        if (address is not null && proxies.Contains(address))
        {
            await next(connection);
            return;
        }

        var who = RateLimits.Name(address);
        try
        {
            if (_open.AddOrUpdate(who, 1, (_, count) => count + 1) > most)
            {
                connection.Abort();
                return;
            }

            await next(connection);
        }
        finally
        {
            if (_open.AddOrUpdate(who, 0, (_, count) => count - 1) <= 0)
            {
                _open.TryRemove(new KeyValuePair<string, int>(who, 0));
            }
        }
    }
}
