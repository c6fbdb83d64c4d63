using System.Globalization;
using Touchstone.Harness.Datasets;

namespace Touchstone.Harness.Transfer;

/// <summary>
/// The names under which a job's container sees its cases. A container may go through them in the order of their names,
/// so that every draw of its chance hangs on them: they are part of what makes a job. Pure.
/// </summary>
internal sealed record InsideNames
{
    /// <summary>What a fingerprint says of <see cref="ByPlace"/>.</summary>
    public const string PlaceRule = "by place";

    /// <summary>Of the cases to learn from, in their order.</summary>
    public required IReadOnlyList<string> Training { get; init; }

    /// <summary>Of the cases to choose the best model by, in their order.</summary>
    public required IReadOnlyList<string> Validation { get; init; }

    /// <summary>Of the cases to be tested on, in their order.</summary>
    public required IReadOnlyList<string> Test { get; init; }

    /// <summary>
    /// Names by the place in the job's own lists, whose order comes from the study's seed and the case lists alone: the
    /// same in every workspace. They tell nothing of an id, and no two folders have one in common.
    /// </summary>
    /// <param name="job">The job.</param>
    public static InsideNames ByPlace(PlannedJob job) => new()
    {
        Training = Numbered("training", job.Training),
        Validation = Numbered("validation", job.Validation),
        Test = Numbered("test", job.Test),
    };

    /// <summary>Names that a workspace makes: those of studies that earlier builds began.</summary>
    /// <param name="job">The job.</param>
    /// <param name="nameOf">Makes the name of a case.</param>
    public static InsideNames Of(PlannedJob job, Func<DatasetCase, string> nameOf) => new()
    {
        Training = [.. job.Training.Select(nameOf)],
        Validation = [.. job.Validation.Select(nameOf)],
        Test = [.. job.Test.Select(nameOf)],
    };

    private static string[] Numbered(string purpose, IReadOnlyList<DatasetCase> cases) =>
        [.. cases.Select((_, place) => string.Create(CultureInfo.InvariantCulture, $"{purpose}_{place + 1:00000}"))];
}
