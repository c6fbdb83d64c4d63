using System.Collections.Concurrent;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server;

/// <summary>Counts the event streams that are open, so that nobody keeps the server busy with them.</summary>
public sealed class EventStreams
{
    private const int MostOfOne = 8;

    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Opens one more.</summary>
    /// <param name="who">Id of the team that asks, or of an organiser's token.</param>
    /// <returns>Closes it.</returns>
    /// <exception cref="ProblemException">It has too many already.</exception>
    public IDisposable Open(string who)
    {
        if (_open.AddOrUpdate(who, 1, (_, count) => count + 1) > MostOfOne)
        {
            Close(who);
            throw new ProblemException(
                429, "too-many-streams", $"At most {MostOfOne} event streams of a team are open at a time.");
        }

        return new Stream(this, who);
    }

    private void Close(string who)
    {
        if (_open.AddOrUpdate(who, 0, (_, count) => count - 1) <= 0)
        {
            _open.TryRemove(new KeyValuePair<string, int>(who, 0));
        }
    }

    private sealed class Stream(EventStreams owner, string who) : IDisposable
    {
        public void Dispose() => owner.Close(who);
    }
}
