using Touchstone.Submissions;
using Attempt = Touchstone.Harness.Intake.Attempt;

namespace Touchstone.Harness.Server;

/// <summary>
/// How far an attempt is, for who may know it. A container decides how long it works on a case; who sees each case end
/// learns by that what the container saw in it, some bits a case. So teams learn of a private phase that it runs, and what
/// came of it when all of it is done: by none of its attempts while one of them goes on.
/// </summary>
internal static class SeenProgress
{
    /// <summary>The attempt as a reader may see it.</summary>
    /// <param name="desk">What the server works with.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="isOrganiser">Whether an organiser reads.</param>
    public static Attempt Of(Desk desk, Attempt attempt, bool isOrganiser) =>
        IsCaseByCase(desk, attempt, isOrganiser) ? attempt : attempt with { CasesDone = 0 };

    /// <summary>Whether a reader may see each case as it ends.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public static bool IsCaseByCase(Desk desk, Attempt attempt, bool isOrganiser) =>
        isOrganiser || IsOpen(desk, attempt)
        || (attempt.HasEnded && (attempt.SubmissionId is not { } submission || !desk.Store.IsInHand(submission)));

    private static bool IsOpen(Desk desk, Attempt attempt) => desk.Challenges.All
        .Where(one => one.Id == attempt.Draft.Challenge && one.Phases.Any(phase => phase.Name == attempt.Draft.Phase))
        .Any(one => one.In(attempt.Draft.Phase).Logs == LogPolicy.Open);
}
