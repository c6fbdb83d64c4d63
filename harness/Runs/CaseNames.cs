using Touchstone.Harness.Datasets;

namespace Touchstone.Harness.Runs;

/// <summary>Names of cases as containers and participants see them, and that no two cases have one.</summary>
internal static class CaseNames
{
    /// <summary>
    /// The name under which the entry's container saw a case, as its result says, or will see it. Results of earlier
    /// builds have shorter names, and their predictions lie under these.
    /// </summary>
    /// <param name="workspace">Where it runs.</param>
    /// <param name="planned">The entry and the case.</param>
    /// <exception cref="InvalidDataException">The result is damaged.</exception>
    public static string Inside(Workspace workspace, PlannedCase planned)
    {
        var (dataset, id) = (planned.Case.Dataset, planned.Case.Id);
        var path = workspace.ResultPath(planned.Submission.Id, dataset, id);
        return File.Exists(path) ? ResultFile.Read(path).Case.Pseudonym : workspace.Pseudonym(dataset, id);
    }

    /// <summary>Refuses cases of which two have one name: one would overwrite the other's files and page.</summary>
    /// <param name="cases">The cases; the same one may come again.</param>
    /// <param name="nameOf">The name of a case, by dataset and id.</param>
    /// <exception cref="InvalidDataException">Two have one name.</exception>
    public static void RequireDistinct(IEnumerable<DatasetCase> cases, Func<string, string, string> nameOf) =>
        RequireDistinct(cases.Select(one => (one.Dataset, one.Id)), nameOf);

    /// <inheritdoc cref="RequireDistinct(IEnumerable{DatasetCase}, Func{string, string, string})"/>
    public static void RequireDistinct(
        IEnumerable<(string Dataset, string Id)> cases, Func<string, string, string> nameOf)
    {
        var owners = new Dictionary<string, (string Dataset, string Id)>(StringComparer.Ordinal);
        foreach (var one in cases)
        {
            var name = nameOf(one.Dataset, one.Id);
            if (!owners.TryAdd(name, one) && owners[name] != one)
            {
                throw new InvalidDataException(
                    $"{owners[name].Dataset}/{owners[name].Id} and {one.Dataset}/{one.Id} have the same name {name} here, and one "
                    + "would overwrite the other. Take one out of its case list, or begin a new workspace, which makes other names.");
            }
        }
    }
}
