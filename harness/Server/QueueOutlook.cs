using Touchstone.Harness.Intake;

namespace Touchstone.Harness.Server;

/// <summary>Where attempts stand in the queue, and how long it may take by the pace of earlier ones.</summary>
/// <param name="Queue">What is held, then what waits, in the order in which it is taken up.</param>
/// <param name="Paces">Time that attempts of a challenge usually take; none for a challenge that has not run yet.</param>
/// <param name="Now">The time.</param>
public sealed record QueueOutlook(IReadOnlyList<Attempt> Queue, IReadOnlyDictionary<string, TimeSpan> Paces, DateTimeOffset Now)
{
    /// <summary>The queue as it is now.</summary>
    /// <param name="desk">What the server works with.</param>
    /// <param name="isOrganiser">Whether it is for an organiser: others must not read out of it how far a private attempt is.</param>
    public static QueueOutlook Of(Desk desk, bool isOrganiser)
    {
        var queue = desk.Store.Queue().Select(one => SeenProgress.Of(desk, one, isOrganiser)).ToList();
        var paces = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var challenge in queue.Select(one => one.Draft.Challenge).Distinct())
        {
            if (Median(desk.Store.LastDurations(challenge)) is { } pace)
            {
                paces[challenge] = pace;
            }
        }

        return new QueueOutlook(queue, paces, desk.Clock.GetUtcNow());
    }

    /// <summary>How many are before an attempt; null when it does not wait.</summary>
    /// <param name="attempt">The attempt.</param>
    public int? Ahead(Attempt attempt) => attempt.State == AttemptState.Waiting
        ? Queue.TakeWhile(one => one.Id != attempt.Id).Count()
        : null;

    /// <summary>Time until an attempt is finished; null when it has ended or nobody can say.</summary>
    /// <param name="attempt">The attempt.</param>
    public TimeSpan? TimeLeft(Attempt attempt)
    {
        if (attempt.HasEnded)
        {
            return null;
        }

        var total = TimeSpan.Zero;
        var before = attempt.State == AttemptState.Waiting ? Queue.TakeWhile(one => one.Id != attempt.Id) : [];
        foreach (var one in before.Append(attempt))
        {
            if (Left(one) is not { } left)
            {
                return null;
            }

            total += left;
        }

        return total;
    }

    private TimeSpan? Left(Attempt attempt)
    {
        var spent = attempt.StartedAt is { } since ? Now - since : TimeSpan.Zero;
        if (attempt is { CasesDone: > 0, Cases: { } cases })
        {
            return spent / attempt.CasesDone * (cases - attempt.CasesDone);
        }

        return !Paces.TryGetValue(attempt.Draft.Challenge, out var pace) ? null : pace > spent ? pace - spent : TimeSpan.Zero;
    }

    private static TimeSpan? Median(IReadOnlyList<TimeSpan> spans) =>
        spans.Count == 0 ? null : spans.Order().ElementAt(spans.Count / 2);
}
