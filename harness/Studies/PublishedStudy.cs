using Touchstone.Leaderboard.Results;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Studies;

/// <summary>
/// A folder of per-case scores: <c>&lt;method&gt;/dsc.csv</c> and, where NSD was computed, <c>&lt;method&gt;/nsd.csv</c>, and a
/// CSV file of case metadata beside the methods' folders.
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
        string[] folders = Directory.Exists(folder)
            ? [.. Directory.GetDirectories(folder).Where(path => Directory.EnumerateFiles(path, "*.csv", AnyCase).Any())
                .Order(StringComparer.Ordinal)]
            : throw new DirectoryNotFoundException($"There is no folder {folder}.");
        if (folders.Length == 0)
        {
            throw new DirectoryNotFoundException(File.Exists(Path.Combine(folder, "dsc.csv"))
                ? $"{folder} is the folder of one method: name the folder that it lies in."
                : $"{folder} has no folder with a dsc.csv: each method needs one of its own, with dsc.csv and, where there is NSD, nsd.csv.");
        }

        if (folders.FirstOrDefault(path => !File.Exists(Path.Combine(path, "dsc.csv"))) is { } other)
        {
            throw new InvalidDataException(
                $"{other} has CSV files but no dsc.csv, so it is no method: name its table of DSC dsc.csv, or take the folder away.");
        }

        var methods = folders.Select(path =>
            new StudyMethod(Path.GetFileName(path), ScoreFiles.Read(path, $"{Path.GetFileName(path)}/"))).ToList();
        return new PublishedStudy
        {
            Structures = [.. methods.SelectMany(method => method.Structures).Distinct()],
            Methods = methods,
        };
    }

    private static EnumerationOptions AnyCase { get; } = new() { MatchCasing = MatchCasing.CaseInsensitive };
}

/// <summary>One method of a study.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Files">Its scores.</param>
internal sealed record StudyMethod(string Name, ScoreFiles Files)
{
    /// <summary>Its name as a board shows it: the folder's, which is whatever somebody else called it.</summary>
    public string Title => LogText.Line(Name.Trim('_', ' '), 200);

    /// <summary>Structures in the order of the scores of a case.</summary>
    public IReadOnlyList<string> Structures => Files.Dsc.Structures;

    /// <summary>Its cases, by id in ordinal order.</summary>
    public IReadOnlyList<ImportedCase> Cases { get; } = Files.Cases;
}
