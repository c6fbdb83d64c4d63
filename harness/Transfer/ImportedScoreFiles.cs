using System.Security.Cryptography;
using System.Text;
using Touchstone.Harness.Studies;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Transfer;

namespace Touchstone.Harness.Transfer;

/// <summary>
/// Per-case scores of one trial that was done elsewhere: <c>dsc.csv</c>, and <c>nsd.csv</c> where there is one, in the
/// form that <c>touchstone import</c> reads.
/// </summary>
internal sealed record ImportedScoreFiles(ScoreFiles Files)
{
    /// <summary>Hash of the files, hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Files.Sources.Select(file => $"{file.Sha256}  {file.Path}\n")))));

    private ScoreSheet Dsc => Files.Dsc;

    /// <summary>Reads a folder.</summary>
    /// <inheritdoc cref="ScoreFiles.Read" path="/param[@name='folder']"/>
    /// <inheritdoc cref="ScoreFiles.Read" path="/exception"/>
    public static ImportedScoreFiles Read(string folder) => new(ScoreFiles.Read(folder, prefix: ""));

    /// <summary>The test cases with their scores. A case that the files lack counts as failed: it has no valid prediction.</summary>
    /// <param name="job">The cell.</param>
    /// <param name="useOf">Names a case.</param>
    /// <returns>The cases and the files.</returns>
    /// <exception cref="Submissions.Yaml.MistakesException">The files have cases that the task is not tested on.</exception>
    /// <exception cref="InvalidDataException">They have none of its structures.</exception>
    public (IReadOnlyList<TestedCase> Cases, IReadOnlyList<OutputFile> Sources) Of(
        PlannedJob job, Func<Datasets.DatasetCase, CaseUse> useOf)
    {
        var known = job.Test.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        Files.RequireCases(id => known.Contains(id) ? null : $"\"{id}\" is no case that {job.Task!.Name} is tested on.");

        int[] columns = [.. job.Structures.Select(name => Dsc.Structures.ToList().IndexOf(name))];
        if (columns.All(column => column < 0))
        {
            throw new InvalidDataException($"{job.ImportFolder}: dsc.csv has none of the structures of {job.Task!.Name}.");
        }

        return ([.. job.Test.Select(one => new TestedCase(
            useOf(one), Dsc.Scores.ContainsKey(one.Id) ? Ending.Completed : Ending.OutputMissing, Scores(one.Id, job, columns)))], Files.Sources);
    }

    private IReadOnlyList<TestScore> Scores(string id, PlannedJob job, int[] columns) =>
    [
        .. job.Structures.Zip(columns).Where(pair => pair.Second >= 0)
            .Select(pair => new TestScore
            {
                Structure = pair.First,
                Dsc = Dsc.Scores.GetValueOrDefault(id)?[pair.Second],
                Nsd = Files.NsdOf(id, pair.First),
            })
            .Where(score => score.Dsc is not null || !Dsc.Scores.ContainsKey(id)),
    ];
}
