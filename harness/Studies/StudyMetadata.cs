using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Touchstone.Harness.Tables;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Studies;

/// <summary>The metadata of a study's cases, turned into a case list.</summary>
internal static class StudyMetadata
{
    private static readonly string[] CaseColumns = ["case", "name", "image_id", "case_id", "id"];

    /// <summary>The file of metadata in a study's folder: the only CSV file there; null without one.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <exception cref="InvalidDataException">There are several.</exception>
    public static string? Find(string folder) => Directory.GetFiles(folder, "*.csv") switch
    {
        [] => null,
        [var only] => only,
        var several => throw new InvalidDataException(
            $"{folder} has {several.Length} CSV files: name the one with the cases' metadata with --metadata."),
    };

    /// <summary>
    /// A case list: the cases, each with the metadata that a file has for it, all columns as they are there. A case
    /// without metadata is listed with blank cells.
    /// </summary>
    /// <param name="cases">Case ids, in the order wanted.</param>
    /// <param name="path">
    /// CSV with a column <c>case</c>, <c>name</c>, <c>image_id</c>, <c>case_id</c> or
    /// <c>id</c>; null for no metadata.
    /// </param>
    /// <returns>The list, and how many of the cases have metadata.</returns>
    /// <exception cref="MistakesException">The file has mistakes; all of them are listed.</exception>
    public static (string Text, int Described) CaseList(IReadOnlyList<string> cases, string? path)
    {
        var (columns, rows) = path is null ? ([], []) : Read(path);
        using var list = new StringWriter();
        using (var csv = new CsvWriter(list, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            NewLine = "\n",
            ShouldQuote = cell => cell.Field is { } text && text.Any(letter => letter is ',' or ';' or '\t' or '|' or '"' or '\r' or '\n'),
        }))
        {
            Write(csv, ["case", .. columns]);
            foreach (var one in cases)
            {
                Write(csv, [one, .. rows.GetValueOrDefault(one) ?? columns.Select(_ => "")]);
            }
        }

        return (list.ToString(), cases.Count(rows.ContainsKey));
    }

    private static (string[] Columns, Dictionary<string, string[]> Rows) Read(string path)
    {
        var table = CsvTable.Read(path);
        var header = table.Columns.ToList();
        var key = CaseColumns.Select(name => header.IndexOf(name)).FirstOrDefault(at => at >= 0, -1);
        if (key < 0)
        {
            throw new MistakesException(
                path, [new Mistake(1, $"the header has no column of cases: one of {string.Join(", ", CaseColumns)}.")]);
        }

        // A case list says itself what is in distribution, so a study's column of that name is not taken.
        int[] wanted = [.. Enumerable.Range(0, header.Count).Where(i => i != key && header[i] is not ("distribution" or "case" or ""))];
        var mistakes = table.Mistakes.ToList();
        var rows = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var lines = new Dictionary<string, (int Line, string Id)>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in table.Rows)
        {
            var id = row.Cells[key];
            if (!lines.TryAdd(id, (row.Line, id)))
            {
                mistakes.Add(new Mistake(row.Line, Datasets.CaseList.Twice(id, lines[id])));
            }

            rows[id] = [.. wanted.Select(i => row.Cells[i])];
        }

        return mistakes.Count > 0
            ? throw new MistakesException(path, mistakes)
            : ([.. wanted.Select(i => header[i])], rows);
    }

    private static void Write(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        csv.NextRecord();
    }
}
