using System.Security.Cryptography;
using System.Text;
using Touchstone.Harness.Studies;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Transfer;

/// <summary>
/// Per-case scores of one trial that was done elsewhere: <c>dsc.csv</c>, and <c>nsd.csv</c> where there is one, in the
/// form that <c>touchstone import</c> reads.
/// </summary>
internal sealed record ImportedScoreFiles(ScoreSheet Dsc, ScoreSheet? Nsd)
{
    /// <summary>Hash of the files, hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Sources.Select(file => $"{file.Sha256}  {file.Path}\n")))));

    private IReadOnlyList<OutputFile> Sources => Nsd is null ? [Dsc.Source] : [Dsc.Source, Nsd.Source];

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="FileNotFoundException">It has no <c>dsc.csv</c>.</exception>
    /// <exception cref="MistakesException">A file has mistakes.</exception>
    public static ImportedScoreFiles Read(string folder)
    {
        var (dsc, nsd) = (Path.Combine(folder, "dsc.csv"), Path.Combine(folder, "nsd.csv"));
        return new ImportedScoreFiles(
            File.Exists(dsc) ? ScoreSheet.Read(dsc, "dsc.csv") : throw new FileNotFoundException($"There are no scores {dsc}.", dsc),
            File.Exists(nsd) ? ScoreSheet.Read(nsd, "nsd.csv") : null);
    }

    /// <summary>The test cases with their scores. A case that the files lack counts as failed: it has no valid prediction.</summary>
    /// <param name="job">The cell.</param>
    /// <param name="useOf">Names a case.</param>
    /// <returns>The cases and the files.</returns>
    /// <exception cref="InvalidDataException">
    /// The files have a case that the task is not tested on, or none of its structures.
    /// </exception>
    public (IReadOnlyList<TestedCase> Cases, IReadOnlyList<OutputFile> Sources) Of(
        PlannedJob job, Func<Datasets.DatasetCase, CaseUse> useOf)
    {
        var known = job.Test.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        if (Dsc.Scores.Keys.FirstOrDefault(one => !known.Contains(one)) is { } other)
        {
            throw new InvalidDataException($"{job.ImportFolder}: the case {other} is none that {job.Task!.Name} is tested on.");
        }

        int[] columns = [.. job.Structures.Select(name => Dsc.Structures.ToList().IndexOf(name))];
        if (columns.All(column => column < 0))
        {
            throw new InvalidDataException($"{job.ImportFolder}: dsc.csv has none of the structures of {job.Task!.Name}.");
        }

        return ([.. job.Test.Select(one => new TestedCase(
            useOf(one), Dsc.Scores.ContainsKey(one.Id) ? Ending.Completed : Ending.OutputMissing, Scores(one.Id, job, columns)))], Sources);
    }

    private IReadOnlyList<TestScore> Scores(string id, PlannedJob job, int[] columns) =>
    [
        .. job.Structures.Zip(columns).Where(pair => pair.Second >= 0)
            .Select(pair => new TestScore
            {
                Structure = pair.First,
                Dsc = Dsc.Scores.GetValueOrDefault(id)?[pair.Second],
                Nsd = NsdOf(id, pair.First),
            })
            .Where(score => score.Dsc is not null || !Dsc.Scores.ContainsKey(id)),
    ];

    private double? NsdOf(string id, string structure) =>
        Nsd?.Structures.ToList().IndexOf(structure) is >= 0 and var column && Nsd.Scores.TryGetValue(id, out var row) ? row[column] : null;
}
