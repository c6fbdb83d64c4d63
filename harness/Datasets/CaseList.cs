using System.Text.RegularExpressions;
using Touchstone.Harness.Tables;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Datasets;

/// <summary>
/// Reads case lists: CSV with a header, a row per case, the columns <c>case</c> and <c>distribution</c> (<c>iid</c> or
/// <c>ood</c>; it may be left out where the whole dataset is one of them), and any metadata columns.
/// </summary>
public static partial class CaseList
{
    /// <summary>Reads the case list of a dataset.</summary>
    /// <param name="dataset">A dataset whose files lie on this machine.</param>
    /// <exception cref="FileNotFoundException">The case list is absent.</exception>
    /// <exception cref="MistakesException">The list has mistakes; all of them are listed.</exception>
    public static IReadOnlyList<DatasetCase> Read(Dataset dataset)
    {
        var files = dataset.Files
            ?? throw new ArgumentException($"The manifest does not say where the cases of {dataset.Id} lie.", nameof(dataset));
        return File.Exists(files.CaseList)
            ? Parse(dataset, files, CsvText.Read(files.CaseList))
            : throw new FileNotFoundException($"The case list {files.CaseList} of {dataset.Id} is absent.");
    }

    /// <summary>Reads the text of a case list.</summary>
    /// <param name="dataset">Whose cases these are.</param>
    /// <param name="files">Where they lie.</param>
    /// <param name="text">CSV.</param>
    /// <exception cref="MistakesException">The list has mistakes; all of them are listed.</exception>
    public static IReadOnlyList<DatasetCase> Parse(Dataset dataset, DatasetFiles files, string text)
    {
        var table = CsvTable.Parse(files.CaseList, text);
        if (!table.Columns.Contains("case"))
        {
            throw new MistakesException(files.CaseList, [new Mistake(1, "the header has no column \"case\".")]);
        }

        var mistakes = table.Mistakes.ToList();
        var cases = new List<DatasetCase>();
        var lines = new Dictionary<string, (int Line, string Id)>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in table.Rows)
        {
            var cells = table.Columns.Zip(row.Cells).Where(cell => cell.First.Length > 0)
                .ToDictionary(cell => cell.First, cell => cell.Second);
            var read = Case(dataset, files, cells, row.Line, mistakes);
            if (!lines.TryAdd(read.Id, (row.Line, read.Id)))
            {
                mistakes.Add(new Mistake(row.Line, Twice(read.Id, lines[read.Id])));
            }

            cases.Add(read);
        }

        return mistakes.Count > 0 ? throw new MistakesException(files.CaseList, mistakes) : cases;
    }

    /// <summary>What makes a text no case id; null when it is one.</summary>
    /// <param name="id">The text.</param>
    internal static string? FaultOfId(string id) => CasePattern().IsMatch(id) ? null
        : id.Length == 0 ? "there is no case id."
        : $"\"{id}\" is no case id: use letters, digits, dots, hyphens and underscores.";

    /// <summary>Why an id cannot be listed again. Two that differ in case alone are one on some disks.</summary>
    /// <param name="id">The id.</param>
    /// <param name="before">Where it was listed, and how it was written there.</param>
    internal static string Twice(string id, (int Line, string Id) before) =>
        $"the case \"{id}\" is already listed in line {before.Line}{(before.Id == id ? "" : $", as \"{before.Id}\"")}.";

    private static DatasetCase Case(
        Dataset dataset, DatasetFiles files, Dictionary<string, string> row, int line, List<Mistake> mistakes)
    {
        var id = row["case"];
        if (FaultOfId(id) is { } fault)
        {
            mistakes.Add(new Mistake(line, fault));
        }

        return new DatasetCase
        {
            Dataset = dataset.Id,
            Id = id,
            CtPath = files.CtOf(id),
            SegmentationsPath = files.ReferenceOf(id),
            Labels = files.Labels,
            ReferenceVersion = dataset.ReferenceVersion,
            IsInDistribution = IsInDistribution(dataset, row.GetValueOrDefault("distribution", ""), line, mistakes),
            Metadata = row.Where(cell => cell.Key is not "case" and not "distribution" && cell.Value.Length > 0)
                .ToDictionary(cell => cell.Key, cell => cell.Value),
        };
    }

    private static bool IsInDistribution(Dataset dataset, string stated, int line, List<Mistake> mistakes)
    {
        var whole = dataset.Distribution == Distribution.Iid ? "iid" : "ood";
        switch (stated, dataset.Distribution)
        {
            case ("iid" or "ood", Distribution.Mixed):
                return stated == "iid";
            case (_, Distribution.Mixed):
                mistakes.Add(new Mistake(line, $"{dataset.Id} is mixed: \"distribution\" must be iid or ood, not \"{stated}\"."));
                return false;
            default:
                if (stated.Length > 0 && stated != whole)
                {
                    mistakes.Add(new Mistake(line, $"\"distribution\" is \"{stated}\", but all of {dataset.Id} is {whole}."));
                }

                return whole == "iid";
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}\\z")]
    private static partial Regex CasePattern();
}
