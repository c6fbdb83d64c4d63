using Touchstone.Leaderboard.Results;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Studies;

/// <summary>
/// A folder of per-case scores: <c>&lt;method&gt;/dsc.csv</c> and <c>&lt;method&gt;/nsd.csv</c>, and a CSV file of case
/// metadata beside the methods' folders.
/// </summary>
internal sealed record PublishedStudy
{
    /// <summary>Canonical names of the structures that any method was scored on, in the order of the first method.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>The methods, by name in ordinal order.</summary>
    public required IReadOnlyList<StudyMethod> Methods { get; init; }

    /// <summary>Every case that some method was scored on, in ordinal order.</summary>
    public IReadOnlyList<string> Cases =>
        [.. Methods.SelectMany(method => method.Cases).Select(one => one.Case).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Reads a study.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder, or no method in it.</exception>
    /// <exception cref="MistakesException">A file has mistakes; all of that file's are listed.</exception>
    public static PublishedStudy Read(string folder)
    {
        string[] methods = Directory.Exists(folder)
            ? [.. Directory.GetDirectories(folder).Where(path => File.Exists(Path.Combine(path, "dsc.csv")))
                .Order(StringComparer.Ordinal)]
            : throw new DirectoryNotFoundException($"There is no folder {folder}.");
        if (methods.Length == 0)
        {
            throw new DirectoryNotFoundException($"{folder} has no folder with a dsc.csv: each method needs dsc.csv and nsd.csv.");
        }

        var read = methods.Select(ReadMethod).ToList();
        string[] structures = [.. read.SelectMany(one => one.Structures).Distinct()];
        return new PublishedStudy
        {
            Structures = structures,
            Methods = [.. read.Select(one => one.Method)],
        };
    }

    private static (StudyMethod Method, IReadOnlyList<string> Structures) ReadMethod(string folder)
    {
        var name = Path.GetFileName(folder);
        var dsc = ScoreSheet.Read(Path.Combine(folder, "dsc.csv"), $"{name}/dsc.csv");
        var nsd = ScoreSheet.Read(Path.Combine(folder, "nsd.csv"), $"{name}/nsd.csv");
        if (!dsc.Structures.ToHashSet().SetEquals(nsd.Structures) || !dsc.Scores.Keys.ToHashSet().SetEquals(nsd.Scores.Keys))
        {
            throw new MistakesException(
                Path.Combine(folder, "nsd.csv"), [new Mistake(1, "the cases or structures are not those of dsc.csv.")]);
        }

        int[] places = [.. dsc.Structures.Select(structure => nsd.Structures.ToList().IndexOf(structure))];
        return (new StudyMethod(
            name,
            dsc.Structures,
            [dsc.Source, nsd.Source],
            [.. dsc.Scores.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => new ImportedCase(
                row.Key, row.Value, [.. places.Select(place => nsd.Scores[row.Key][place])]))]), dsc.Structures);
    }
}

/// <summary>One method of a study.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Structures">Structures in the order of the scores of a case.</param>
/// <param name="Sources">The files that were read.</param>
/// <param name="Cases">Its cases, by id in ordinal order.</param>
internal sealed record StudyMethod(
    string Name, IReadOnlyList<string> Structures, IReadOnlyList<OutputFile> Sources, IReadOnlyList<ImportedCase> Cases);
