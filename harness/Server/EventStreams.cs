using System.Collections.Concurrent;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server;

/// <summary>Counts the event streams that are open, so that no token keeps the server busy with them.</summary>
public sealed class EventStreams
{
    private const int MostOfAToken = 8;

    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Opens one more.</summary>
    /// <param name="token">Id of the token that asks.</param>
    /// <returns>Closes it.</returns>
    /// <exception cref="ProblemException">The token has too many already.</exception>
    public IDisposable Open(string token)
    {
        if (_open.AddOrUpdate(token, 1, (_, count) => count + 1) > MostOfAToken)
        {
            Close(token);
            throw new ProblemException(
                429, "too-many-streams", $"At most {MostOfAToken} event streams of a token are open at a time.");
        }

        return new Stream(this, token);
    }

    private void Close(string token)
    {
        if (_open.AddOrUpdate(token, 0, (_, count) => count - 1) <= 0)
        {
            _open.TryRemove(new KeyValuePair<string, int>(token, 0));
        }
    }

    private sealed class Stream(EventStreams owner, string token) : IDisposable
    {
        public void Dispose() => owner.Close(token);
    }
}
