using System.Globalization;
using System.Security.Cryptography;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Tables;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Studies;

/// <summary>
/// One metric of one method: a CSV file with a row per case, the case in its first column and a structure in each other
/// one, as fractions. A blank cell says that the structure is not annotated in that case, and is never 0.
/// </summary>
internal sealed record ScoreSheet
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Canonical names of the structures, in file order.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>One score per structure, by case id.</summary>
    public required IReadOnlyDictionary<string, double?[]> Scores { get; init; }

    /// <summary>The line of each case.</summary>
    public required IReadOnlyDictionary<string, int> Lines { get; init; }

    /// <summary>What was read: path within the study, size and hash.</summary>
    public required OutputFile Source { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Its path within the study.</param>
    /// <exception cref="MistakesException">The file has mistakes; all of them are listed.</exception>
    public static ScoreSheet Read(string path, string name)
    {
        var bytes = CsvText.ReadBytes(path);
        var table = CsvTable.Parse(path, CsvText.Decode(path, bytes));
        string[] structures = [.. table.Columns.Skip(1).Select(name => StructureNames.Canonical(StructureNames.WithoutBlanks(name)))];
        var cells = new ScoreCells();
        List<Mistake> mistakes = [.. table.Mistakes, .. WrongNames(table.Columns[0], structures)];
        var scores = new Dictionary<string, double?[]>(StringComparer.Ordinal);
        var lines = new Dictionary<string, (int Line, string Id)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (line, row) in table.Rows.Select(row => (row.Line, row.Cells)))
        {
            var id = row[0];
            if (CaseList.FaultOfId(id) is { } fault)
            {
                mistakes.Add(new Mistake(line, $"{fault} Take out rows that are no cases, such as means."));
            }
            else if (!lines.TryAdd(id, (line, id)))
            {
                mistakes.Add(new Mistake(line, CaseList.Twice(id, lines[id])));
            }

            scores[id] = [.. row.Skip(1).Select(cell => cells.Read(cell, line))];
        }

        mistakes.AddRange(cells.Mistakes);
        if (table.Rows.Count == 0 && mistakes.Count == 0)
        {
            mistakes.Add(new Mistake(1, "there are no cases below the names of the columns."));
        }

        return mistakes.Count > 0 ? throw new MistakesException(path, mistakes) : new ScoreSheet
        {
            Path = path,
            Structures = structures,
            Scores = scores,
            Lines = lines.Values.ToDictionary(one => one.Id, one => one.Line, StringComparer.Ordinal),
            Source = new OutputFile(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))),
        };
    }

    private static IEnumerable<Mistake> WrongNames(string first, string[] structures)
    {
        if (structures.Length == 0)
        {
            yield return new Mistake(1, "there must be a column of cases and one per structure.");
        }

        if (LabelMaps.All.Any(map => map.Structures.Values.Contains(StructureNames.Canonical(first))))
        {
            yield return new Mistake(1, $"the first column must hold the cases, not \"{first}\".");
        }

        foreach (var name in structures)
        {
            if (double.TryParse(name.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                yield return new Mistake(1, $"\"{name}\" is no structure: is the line with the names of the columns missing?");
            }
            else if (StructureNames.FaultOf(name) is { } fault)
            {
                yield return new Mistake(1, fault);
            }
        }

        if (StructureNames.TwinsAmong(structures.Distinct()) is { } twins)
        {
            yield return new Mistake(1, twins);
        }

        foreach (var (name, columns) in structures.CountBy(one => one).Where(one => one.Value > 1))
        {
            yield return new Mistake(1, $"{columns} columns are \"{name}\".");
        }
    }
}
