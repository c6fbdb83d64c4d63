using Touchstone.Harness.Datasets;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>One unit of work: an entry on a case under a challenge's rules.</summary>
/// <param name="Submission">The entry.</param>
/// <param name="Challenge">The rules; those that the entry names.</param>
/// <param name="Case">The case.</param>
public sealed record PlannedCase(Submission Submission, Challenge Challenge, DatasetCase Case)
{
    /// <summary>An entry on many cases, in their order.</summary>
    /// <param name="submission">The entry.</param>
    /// <param name="challenge">The rules; those that the entry names.</param>
    /// <param name="cases">The cases.</param>
    public static IReadOnlyList<PlannedCase> Of(Submission submission, Challenge challenge, IEnumerable<DatasetCase> cases) =>
        [.. cases.Select(item => new PlannedCase(submission, challenge, item))];
}

/// <summary>Cases that one container gets: one, or a batch of an entry.</summary>
/// <param name="Cases">The cases, in their order; at least one.</param>
public sealed record WorkUnit(IReadOnlyList<PlannedCase> Cases)
{
    /// <summary>Whose container it is.</summary>
    public Submission Submission => Cases[0].Submission;

    /// <summary>The rules.</summary>
    public Challenge Challenge => Cases[0].Challenge;

    /// <summary>Divides cases by entry and by how many its challenge gives a container.</summary>
    /// <param name="cases">The cases.</param>
    public static IReadOnlyList<WorkUnit> Of(IEnumerable<PlannedCase> cases) =>
    [
        .. cases.GroupBy(planned => planned.Submission.Id)
            .SelectMany(entry => entry.Chunk(entry.First().Challenge.Timing.CasesPerContainer))
            .Select(chunk => new WorkUnit(chunk)),
    ];
}
