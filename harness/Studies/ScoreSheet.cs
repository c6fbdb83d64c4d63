using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using CsvHelper.Configuration;
using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Studies;

/// <summary>
/// One metric of one method: a CSV file with a row per case, the case in its first column and a structure in each other
/// one, as fractions. A blank cell says that the structure is not annotated in that case, and is never 0.
/// </summary>
internal sealed record ScoreSheet
{
    /// <summary>Canonical names of the structures, in file order.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>One score per structure, by case id.</summary>
    public required IReadOnlyDictionary<string, double?[]> Scores { get; init; }

    /// <summary>What was read: path within the study, size and hash.</summary>
    public required OutputFile Source { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Its path within the study.</param>
    /// <exception cref="MistakesException">The file has mistakes; all of them are listed.</exception>
    public static ScoreSheet Read(string path, string name)
    {
        var bytes = File.ReadAllBytes(path);
        var mistakes = new List<Mistake>();
        using var csv = new CsvReader(new StreamReader(new MemoryStream(bytes)), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            BadDataFound = bad => mistakes.Add(new Mistake(bad.Context.Parser!.Row, "quotes are out of place.")),
        });
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord!.Length < 2)
        {
            throw new MistakesException(path, [new Mistake(1, "there must be a column of cases and one per structure.")]);
        }

        string[] structures = [.. csv.HeaderRecord!.Skip(1).Select(StructureNames.Canonical)];
        mistakes.AddRange(structures.CountBy(one => one).Where(one => one.Value > 1)
            .Select(one => new Mistake(1, $"\"{one.Key}\" has {one.Value} columns.")));
        var scores = new Dictionary<string, double?[]>(StringComparer.Ordinal);
        while (csv.Read())
        {
            var line = csv.Parser.RawRow;
            if (csv.Parser.Count != structures.Length + 1)
            {
                mistakes.Add(new Mistake(line, $"{csv.Parser.Count} cells where the header has {structures.Length + 1}."));
            }
            else if (!scores.TryAdd(csv.Parser[0], [.. csv.Parser.Record!.Skip(1).Select(cell => Score(cell, line, mistakes))]))
            {
                mistakes.Add(new Mistake(line, $"the case \"{csv.Parser[0]}\" is already listed."));
            }
        }

        return mistakes.Count > 0 ? throw new MistakesException(path, mistakes) : new ScoreSheet
        {
            Structures = structures,
            Scores = scores,
            Source = new OutputFile(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))),
        };
    }

    private static double? Score(string cell, int line, List<Mistake> mistakes)
    {
        if (cell.Length == 0)
        {
            return null;
        }

        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || score is not (>= 0 and <= 1))
        {
            mistakes.Add(new Mistake(line, $"\"{cell}\" is no score: a fraction from 0 to 1, or blank where nothing is annotated."));
        }

        return score;
    }
}
