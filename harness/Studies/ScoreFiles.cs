using Touchstone.Leaderboard.Results;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Studies;

/// <summary>
/// The scores of one method case by case: <c>dsc.csv</c>, and <c>nsd.csv</c> with the same cases and structures, in any order.
/// </summary>
/// <param name="Dsc">Dice similarity coefficients.</param>
/// <param name="Nsd">Normalised surface Dice; null where there is no such file, so that NSD is undefined.</param>
internal sealed record ScoreFiles(ScoreSheet Dsc, ScoreSheet? Nsd)
{
    /// <summary>The files that were read.</summary>
    public IReadOnlyList<OutputFile> Sources => Nsd is null ? [Dsc.Source] : [Dsc.Source, Nsd.Source];

    /// <summary>The cases, by id in ordinal order, with scores in the order of the structures of <see cref="Dsc"/>.</summary>
    public IReadOnlyList<ImportedCase> Cases => [.. Dsc.Scores.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row =>
        new ImportedCase(row.Key, row.Value, [.. Dsc.Structures.Select(structure => NsdOf(row.Key, structure))]))];

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="prefix">What the files' names begin with in <see cref="Sources"/>; empty, or ending in a slash.</param>
    /// <exception cref="FileNotFoundException">It has no <c>dsc.csv</c>.</exception>
    /// <exception cref="MistakesException">A file has mistakes; all of that file's are listed.</exception>
    public static ScoreFiles Read(string folder, string prefix)
    {
        var (dsc, nsd) = (Path.Combine(folder, "dsc.csv"), Path.Combine(folder, "nsd.csv"));
        var read = new ScoreFiles(
            File.Exists(dsc)
                ? ScoreSheet.Read(dsc, $"{prefix}dsc.csv")
                : throw new FileNotFoundException($"There are no scores {dsc}.", dsc),
            File.Exists(nsd) ? ScoreSheet.Read(nsd, $"{prefix}nsd.csv") : null);
        var mistakes = read.Nsd is null ? [] : Differences(read.Dsc, read.Nsd).ToList();
        return mistakes.Count == 0 ? read : throw new MistakesException(nsd, mistakes);
    }

    /// <summary>Makes sure of the cases.</summary>
    /// <param name="faultOf">Says what is wrong with a case; null for nothing.</param>
    /// <exception cref="MistakesException">Something is; all of it is listed.</exception>
    public void RequireCases(Func<string, string?> faultOf)
    {
        List<Mistake> mistakes =
        [
            .. from row in Dsc.Lines
               let fault = faultOf(row.Key)
               where fault is not null
               select new Mistake(row.Value, fault),
        ];
        if (mistakes.Count > 0)
        {
            throw new MistakesException(Dsc.Path, mistakes);
        }
    }

    /// <summary>A case's NSD of a structure; null for an undefined one.</summary>
    /// <param name="id">The case.</param>
    /// <param name="structure">Canonical name.</param>
    public double? NsdOf(string id, string structure) =>
        Nsd?.Structures.ToList().IndexOf(structure) is >= 0 and var column && Nsd.Scores.TryGetValue(id, out var row) ? row[column] : null;

    private static IEnumerable<Mistake> Differences(ScoreSheet dsc, ScoreSheet nsd) =>
    [
        .. nsd.Structures.Except(dsc.Structures).Select(name => new Mistake(1, $"the structure \"{name}\" is not in dsc.csv.")),
        .. dsc.Structures.Except(nsd.Structures).Select(name => new Mistake(1, $"the structure \"{name}\" of dsc.csv is missing.")),
        .. nsd.Lines.Where(row => !dsc.Lines.ContainsKey(row.Key))
            .Select(row => new Mistake(row.Value, $"the case \"{row.Key}\" is not in dsc.csv.")),
        .. dsc.Lines.Where(row => !nsd.Lines.ContainsKey(row.Key))
            .Select(row => new Mistake(1, $"the case \"{row.Key}\", line {row.Value} of dsc.csv, is missing.")),
    ];
}
