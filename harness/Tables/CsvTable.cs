using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Touchstone.Leaderboard;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Tables;

/// <summary>
/// A CSV file that a person or a program of theirs wrote: a row of names, then rows of as many cells. Cells are trimmed, rows
/// without any content are left out, and so are columns with neither name nor content, as spreadsheets leave both.
/// </summary>
internal sealed class CsvTable
{
    private CsvTable(string path, IReadOnlyList<string> columns, IReadOnlyList<CsvRow> rows, IReadOnlyList<Mistake> mistakes) =>
        (Path, Columns, Rows, Mistakes) = (path, columns, rows, mistakes);

    /// <summary>The file, as it was named.</summary>
    public string Path { get; }

    /// <summary>Names of the columns, all different; the first may be empty.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows, each with a cell per column.</summary>
    public IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>Rows that cannot be read, which <see cref="Rows"/> lacks. Whoever reads on adds its own and throws.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">It is absent.</exception>
    /// <exception cref="MistakesException">It is no text, or its row of names cannot be understood.</exception>
    public static CsvTable Read(string path) => Parse(path, CsvText.Read(path));

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">How messages name it.</param>
    /// <param name="text">Its text, with separators of one of four kinds.</param>
    /// <exception cref="MistakesException">Its row of names cannot be understood.</exception>
    public static CsvTable Parse(string path, string text)
    {
        // Where the row of names leaves it open, one separator alone may fit every row.
        var separators = CsvText.SeparatorsIn(text);
        (List<CsvRow> Rows, List<Mistake> Mistakes)[] all = [.. separators.Select(one => Split(text, one))];
        var fitting = all.Length == 1 ? all : [.. all.Where(one => one.Mistakes.Count == 0)];
        if (fitting is not [var (rows, mistakes)])
        {
            throw CsvText.Ambiguous(path, separators);
        }

        return rows.Count > 0
            ? WithNames(path, rows[0], rows[1..], mistakes)
            : throw new MistakesException(path, mistakes.Count > 0 ? mistakes : [new Mistake(1, "there is nothing but blanks.")]);
    }

    private static (List<CsvRow> Rows, List<Mistake> Mistakes) Split(string text, char separator)
    {
        var isBroken = false;
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            TrimOptions = TrimOptions.Trim,
            BadDataFound = _ => isBroken = true,
            IgnoreBlankLines = false,
        });
        var mistakes = new List<Mistake>();
        var rows = new List<CsvRow>();
        for (var (line, next) = (1, 1); parser.Read(); line = next)
        {
            string[] cells = [.. parser.Record!.Select(cell => cell.Trim())];
            next += LineEnds(parser.RawRecord);

            // Quotes come in pairs; with an odd number, one is not closed.
            if (isBroken || parser.RawRecord.AsSpan().Count('"') % 2 != 0)
            {
                mistakes.Add(new Mistake(line, "quotes are out of place: a cell with quotes in it is quoted whole, and they are doubled."));
                isBroken = false;
            }
            else if (cells.All(cell => cell.Length == 0))
            {
                continue;
            }
            else if (rows.Count > 0 && cells.Length != rows[0].Cells.Count)
            {
                mistakes.Add(new Mistake(line, Unequal(cells.Length, rows[0].Cells.Count, separator)));
            }
            else
            {
                rows.Add(new CsvRow(line, cells));
            }
        }

        return (rows, mistakes);
    }

    private static CsvTable WithNames(string path, CsvRow header, List<CsvRow> rows, List<Mistake> mistakes)
    {
        var names = header.Cells;
        int[] kept = [.. Enumerable.Range(0, names.Count).Where(i => names[i].Length > 0 || rows.Any(row => row.Cells[i].Length > 0))];
        Mistake[] wrong =
        [
            .. from same in kept.Select(i => names[i]).Where(name => name.Length > 0)
                   .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
               where same.Count() > 1
               select new Mistake(header.Line, $"there are {same.Count()} columns \"{same.Key}\": each needs a name of its own."),
            .. from i in kept
               where i > 0 && names[i].Length == 0
               let row = rows.First(row => row.Cells[i].Length > 0)
               select new Mistake(
                   header.Line, $"column {i + 1} has no name, but \"{row.Cells[i]}\" in line {row.Line}: name it, or take it out."),
        ];
        return wrong.Length > 0
            ? throw new MistakesException(path, wrong)
            : new CsvTable(
                path, [.. kept.Select(i => names[i])],
                [.. rows.Select(row => new CsvRow(row.Line, [.. kept.Select(i => row.Cells[i])]))], mistakes);
    }

    private static int LineEnds(ReadOnlySpan<char> record) => record.Count('\n') + record.Count('\r') - record.Count("\r\n");

    private static string Unequal(int cells, int names, char separator) =>
        $"{Counted.Of(cells, "cell")} where the header has {names}" + (
            separator == ',' && cells == (2 * names) - 1
                ? ": are the numbers written with decimal commas? Then separate cells by semicolons."
            : cells == names + 1 ? ": is there a separator too many?" : ".");
}

/// <summary>A row of a table.</summary>
/// <param name="Line">Line of the file in which it begins, from 1.</param>
/// <param name="Cells">Its cells.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Cells);
