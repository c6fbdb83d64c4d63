using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Bundles;

/// <summary>
/// What everybody may know of a contest. Of a hidden dataset: cases by pseudonym, without metadata, hashes, outputs or
/// volumes; its metadata as columns that say nothing about single cases. A site is built from this and from the
/// standings alone, so what is not in here cannot leak.
/// </summary>
internal static class PublicView
{
    /// <summary>The public form of a contest; of one that is public already, itself.</summary>
    public static Contest Of(Contest contest) => contest with { Datasets = [.. contest.Datasets.Select(Of)] };

    /// <summary>The public form of a contest's results, one by one.</summary>
    public static Func<CaseResult, CaseResult> OfResults(Contest contest)
    {
        var hidden = Hidden(contest);
        return result => hidden.TryGetValue((result.Case.Dataset, result.Case.Case), out var name)
            ? result with
            {
                Case = result.Case with { Case = name, Pseudonym = name, CtSha256 = "" },
                Outputs = [],
                Timing = result.Timing with { StartedAt = Day(result.Timing.StartedAt) },
                Reference = result.Reference is { } use ? use with { Sha256 = "" } : null,
                Scores = [.. result.Scores.Select(Of)],
            }
            : result;
    }

    /// <summary>
    /// The day of a run. Cases are run in the order of the organisers' list, so the minutes would say which pseudonym stands where
    /// in it.
    /// </summary>
    internal static DateTimeOffset Day(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>Results in an order that says nothing: those of hidden cases by pseudonym.</summary>
    /// <param name="contest">The contest.</param>
    /// <param name="results">Results of one entry, public ones.</param>
    internal static IEnumerable<CaseResult> Ordered(Contest contest, IEnumerable<CaseResult> results)
    {
        var hidden = contest.Datasets.Where(dataset => !dataset.IsPublic).Select(dataset => dataset.Id).ToHashSet();
        return results.OrderBy(result => result.Case.Dataset, StringComparer.Ordinal)
            .ThenBy(result => hidden.Contains(result.Case.Dataset) ? result.Case.Case : "", StringComparer.Ordinal);
    }

    /// <summary>The public form of imports.</summary>
    public static IReadOnlyList<ImportedScores> Of(Contest contest, IReadOnlyList<ImportedScores> imports)
    {
        var hidden = Hidden(contest);
        return [.. imports.Select(import => import with
        {
            Cases =
            [
                .. import.Cases.Select(one => (IsHidden: hidden.ContainsKey((import.Dataset, one.Case)), Case: one with
                    {
                        Case = hidden.GetValueOrDefault((import.Dataset, one.Case), one.Case),
                    }))
                    .OrderBy(one => one.IsHidden ? one.Case.Case : "", StringComparer.Ordinal).Select(one => one.Case),
            ],
        })];
    }

    private static ContestDataset Of(ContestDataset dataset) => dataset.IsPublic ? dataset : dataset with
    {
        Cohort = dataset.Cohort,
        Cases = [.. dataset.Cases.Select(one => one with
        {
            Id = one.Pseudonym,
            Metadata = new Dictionary<string, string>(),
        })],
    };

    private static StructureScore Of(StructureScore score) => new()
    {
        Structure = score.Structure,
        ReferenceVoxels = 0,
        PredictionVoxels = 0,
        BothVoxels = 0,
        Dsc = score.Dsc,
        Nsd = score.Nsd,
        HdMm = score.HdMm,
        Hd95Mm = score.Hd95Mm,
        AssdMm = score.AssdMm,
        ReferenceMl = 0,
        PredictionMl = 0,
    };

    private static Dictionary<(string Dataset, string Case), string> Hidden(Contest contest) => contest.Datasets
        .Where(dataset => !dataset.IsPublic)
        .SelectMany(dataset => dataset.Cases, (dataset, one) => (dataset, one))
        .ToDictionary(pair => (pair.dataset.Id, pair.one.Id), pair => pair.one.Pseudonym);
}
