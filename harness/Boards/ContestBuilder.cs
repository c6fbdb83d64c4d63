using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Submissions;

namespace Touchstone.Harness.Boards;

/// <summary>Makes a board's contest out of the challenge's rules and the manifest's cases.</summary>
public static class ContestBuilder
{
    /// <summary>The contest of a challenge in one of its phases; all but <c>test</c> are named in the title.</summary>
    /// <param name="challenge">Its rules, in the phase.</param>
    /// <param name="manifest">Where its datasets are described.</param>
    /// <param name="workspace">
    /// Where the public names of cases are made, and the case lists lie that came with imports.
    /// </param>
    /// <exception cref="DatasetAbsentException">
    /// A dataset is unknown, or its case list is not on this machine.
    /// </exception>
    /// <exception cref="InvalidDataException">Its scheme is unknown here, or two cases have one name.</exception>
    public static Contest Build(Challenge challenge, Manifest manifest, Workspace workspace)
    {
        var datasets = Datasets(challenge, manifest, workspace);
        CaseNames.RequireDistinct(datasets.SelectMany(item => item.Cases), workspace.Pseudonym);
        return Build(challenge, [.. datasets.Select(item => Build(item.Dataset, item.Cases, manifest, workspace))]);
    }

    private static Contest Build(Challenge challenge, IReadOnlyList<ContestDataset> datasets) => new()
    {
        Id = challenge.Id,
        Phase = challenge.Phase.Name,
        Title = challenge.Phase.Name == ChallengePhase.Test ? challenge.Title : $"{challenge.Title}: {challenge.Phase.Name}",
        Description = challenge.Description,
        Structures = challenge.Structures,
        Captions = Captions(challenge),
        Protocol = challenge.Protocol,
        ToleranceMm = challenge.ToleranceMm,
        Rules = new RankingRules
        {
            Scheme = SchemeOf(challenge),
            EntriesOfTeam = challenge.ComparesBestOfTeam ? EntriesOfTeam.Best : EntriesOfTeam.Each,
            Weights = challenge.Weights,
        },
        Datasets = datasets,
    };

    /// <summary>What a challenge says of structures for readers; null for nothing.</summary>
    /// <param name="challenge">Its rules.</param>
    internal static IReadOnlyDictionary<string, ContestStructure>? Captions(Challenge challenge) =>
        challenge.Facts.Count == 0 ? null : challenge.Facts.ToDictionary(one => one.Key, one => new ContestStructure
        {
            Caption = one.Value.Caption,
            Colour = one.Value.Colour,
            Group = one.Value.Group,
            IsHard = one.Value.IsHard,
        });

    /// <summary>The datasets of a challenge with their cases, in the challenge's order.</summary>
    /// <param name="challenge">Its rules, in a phase.</param>
    /// <param name="manifest">Where its datasets are described.</param>
    /// <param name="workspace">Where to look for case lists that came with imports; null for nowhere.</param>
    /// <exception cref="DatasetAbsentException">
    /// A dataset is unknown, or its case list is not on this machine.
    /// </exception>
    public static IReadOnlyList<(Dataset Dataset, IReadOnlyList<DatasetCase> Cases)> Datasets(
        Challenge challenge, Manifest manifest, Workspace? workspace = null)
    {
        var found = challenge.Datasets.Select(id => (Id: id, Dataset: Locate(manifest.Find(id), workspace))).ToList();
        var missing = found.Where(one => one.Dataset is null).Select(one => one.Id).ToList();
        return missing.Count == 0
            ? [.. found.Select(one => (one.Dataset!, CaseList.Read(one.Dataset!)))]
            : throw new DatasetAbsentException(
                $"The challenge {challenge.Id} needs {string.Join(" and ", missing)}, which this machine does not have. "
                + "`touchstone datasets list` shows what is here; the manifest's `files` of a dataset says where it should lie.");
    }

    private static Scheme SchemeOf(Challenge challenge) => SchemeNames.Find(challenge.Scheme) ?? throw new InvalidDataException(
        $"The challenge {challenge.Id} ranks by \"{challenge.Scheme}\", which this build does not know. It knows "
        + $"{string.Join(", ", SchemeNames.All)}.");

    /// <summary>The dataset with a case list that is here; null when there is none.</summary>
    private static Dataset? Locate(Dataset? dataset, Workspace? workspace)
    {
        if (dataset is null || (dataset.Files is { } files && File.Exists(files.CaseList)))
        {
            return dataset;
        }

        var imported = workspace?.ImportedCaseListPath(dataset.Id);
        return File.Exists(imported)
            ? dataset with { Files = new DatasetFiles(Path.GetDirectoryName(imported)!, imported, Checksums: null) }
            : null;
    }

    private static ContestDataset Build(
        Dataset dataset, IReadOnlyList<DatasetCase> cases, Manifest manifest, Workspace workspace)
    {
        var shown = cases.Select(one => new ContestCase
        {
            Id = one.Id,
            Pseudonym = workspace.Pseudonym(dataset.Id, one.Id),
            IsInDistribution = one.IsInDistribution,
            Metadata = one.Metadata,
        });
        return new ContestDataset
        {
            Id = dataset.Id,
            Title = dataset.Title,
            IsPublic = dataset.IsPublic,
            TellsMetadata = dataset.TellsMetadata,
            ReferenceVersion = dataset.ReferenceVersion,
            Overlaps = [.. Overlapping(dataset, manifest).Order(StringComparer.Ordinal)],

            // In the order of the case list a hidden case could be told by its place.
            Cases = dataset.IsPublic ? [.. shown] : [.. shown.OrderBy(one => one.Pseudonym, StringComparer.Ordinal)],
        };
    }

    /// <summary>The dataset, every collection that contains it, and everything that it contains.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="manifest">Where its relatives are described.</param>
    internal static HashSet<string> Overlapping(Dataset dataset, Manifest manifest)
    {
        HashSet<string> ids = [dataset.Id];
        for (var parent = dataset.PartOf; parent is not null && ids.Add(parent); parent = manifest.Find(parent)?.PartOf)
        {
        }

        for (var level = new[] { dataset.Id }; level.Length > 0;)
        {
            level = [.. manifest.Datasets.Where(one => level.Contains(one.PartOf)).Select(one => one.Id).Where(ids.Add)];
        }

        return ids;
    }
}
