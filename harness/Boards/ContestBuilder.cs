using Touchstone.Harness.Datasets;
using Touchstone.Leaderboard;
using Touchstone.Submissions;

namespace Touchstone.Harness.Boards;

/// <summary>Makes a board's contest out of the challenge's rules and the manifest's cases.</summary>
public static class ContestBuilder
{
    /// <summary>The contest of a challenge.</summary>
    /// <param name="challenge">Its rules.</param>
    /// <param name="manifest">Where its datasets are described.</param>
    /// <param name="pseudonym">The public name of a case, from its dataset's id and its own.</param>
    /// <exception cref="DatasetAbsentException">A dataset is unknown, or its case list is not on this machine.</exception>
    public static Contest Build(Challenge challenge, Manifest manifest, Func<string, string, string> pseudonym) => new()
    {
        Id = challenge.Id,
        Title = challenge.Title,
        Description = challenge.Description,
        Structures = challenge.Structures,
        Protocol = challenge.Protocol,
        ToleranceMm = challenge.ToleranceMm,
        Datasets = [.. Datasets(challenge, manifest).Select(item => Build(item.Dataset, item.Cases, pseudonym))],
    };

    /// <summary>The datasets of a challenge with their cases, in the challenge's order.</summary>
    /// <param name="challenge">Its rules.</param>
    /// <param name="manifest">Where its datasets are described.</param>
    /// <exception cref="DatasetAbsentException">A dataset is unknown, or its case list is not on this machine.</exception>
    public static IReadOnlyList<(Dataset Dataset, IReadOnlyList<DatasetCase> Cases)> Datasets(
        Challenge challenge, Manifest manifest)
    {
        var missing = challenge.Datasets.Where(id => !IsHere(manifest.Find(id))).ToList();
        return missing.Count == 0
            ? [.. challenge.Datasets.Select(id => manifest.Find(id)!).Select(dataset => (dataset, CaseList.Read(dataset)))]
            : throw new DatasetAbsentException(
                $"The challenge {challenge.Id} needs {string.Join(" and ", missing)}, which this machine does not have. "
                + "`touchstone datasets list` shows what is here; the manifest's `files` of a dataset says where it should lie.");
    }

    private static bool IsHere(Dataset? dataset) => dataset?.Files is { } files && File.Exists(files.CaseList);

    private static ContestDataset Build(
        Dataset dataset, IReadOnlyList<DatasetCase> cases, Func<string, string, string> pseudonym) => new()
        {
            Id = dataset.Id,
            Title = dataset.Title,
            IsPublic = dataset.IsPublic,
            Cases =
            [
                .. cases.Select(one => new ContestCase
                {
                    Id = one.Id,
                    Pseudonym = pseudonym(dataset.Id, one.Id),
                    IsInDistribution = one.IsInDistribution,
                    Metadata = one.Metadata,
                }),
            ],
        };
}
