using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;
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
            ? Parse(dataset, files, Runs.RegularFile.ReadAllText(files.CaseList))
            : throw new FileNotFoundException($"The case list {files.CaseList} of {dataset.Id} is absent.");
    }

    /// <summary>Reads the text of a case list.</summary>
    /// <param name="dataset">Whose cases these are.</param>
    /// <param name="files">Where they lie.</param>
    /// <param name="text">CSV.</param>
    /// <exception cref="MistakesException">The list has mistakes; all of them are listed.</exception>
    public static IReadOnlyList<DatasetCase> Parse(Dataset dataset, DatasetFiles files, string text)
    {
        var mistakes = new List<Mistake>();
        using var csv = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            BadDataFound = bad => mistakes.Add(new Mistake(bad.Context.Parser!.Row, "quotes are out of place.")),
            MissingFieldFound = null,
        });
        if (!csv.Read() || !csv.ReadHeader() || !csv.HeaderRecord!.Contains("case"))
        {
            throw new MistakesException(files.CaseList, [new Mistake(1, "the header has no column \"case\".")]);
        }

        var cases = new List<DatasetCase>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var header = csv.HeaderRecord!;
        while (csv.Read())
        {
            var line = csv.Parser.RawRow;
            if (csv.Parser.Count != header.Length)
            {
                mistakes.Add(new Mistake(
                    line, $"{csv.Parser.Count} cells where the header has {header.Length}."));
                continue;
            }

            var row = header.Zip(csv.Parser.Record!).ToDictionary(cell => cell.First, cell => cell.Second);
            var read = Case(dataset, files, row, line, mistakes);
            if (!lines.TryAdd(read.Id, line))
            {
                mistakes.Add(new Mistake(line, $"the case \"{read.Id}\" is already listed in line {lines[read.Id]}."));
            }

            cases.Add(read);
        }

        return mistakes.Count > 0 ? throw new MistakesException(files.CaseList, mistakes) : cases;
    }

    private static DatasetCase Case(
        Dataset dataset, DatasetFiles files, Dictionary<string, string> row, int line, List<Mistake> mistakes)
    {
        var id = row["case"];
        if (!CasePattern().IsMatch(id))
        {
            mistakes.Add(new Mistake(line, $"\"{id}\" is no case id: use letters, digits, dots, hyphens and underscores."));
        }

        return new DatasetCase
        {
            Dataset = dataset.Id,
            Id = id,
            CtPath = Path.Combine(files.Root, id, "ct.nii.gz"),
            SegmentationsPath = Path.Combine(files.Root, id, "segmentations"),
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

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]
    private static partial Regex CasePattern();
}
