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
