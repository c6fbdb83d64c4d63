using System.Text.Json;
using Touchstone.Evaluators;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Transfer;

namespace Touchstone.Harness.Transfer;

/// <summary>
/// The folder of one study in a workspace: <c>images/&lt;backbone&gt;.json</c>, <c>jobs/&lt;job&gt;/result.json</c> with
/// <c>container.log</c> and <c>prediction/</c> beside it, and <c>models/&lt;sha256&gt;</c>.
/// </summary>
internal sealed class StudyFolder(Workspace workspace, string study)
{
    private const string ResultName = "result.json";

    /// <summary>The folder, an absolute path.</summary>
    public string Root { get; } = Path.Combine(workspace.Root, "studies", study);

    /// <summary>Which image a network's jobs run in.</summary>
    /// <param name="backbone">Name of the network.</param>
    public string ImagePath(string backbone) => Path.Combine(Root, "images", $"{backbone}.json");

    /// <summary>Folder of a job.</summary>
    /// <param name="job">Name of the job.</param>
    public string JobPath(string job) => OwnFolder.Below(Root, "jobs", job);

    /// <summary>The truth about a job.</summary>
    /// <param name="job">Name of the job.</param>
    public string ResultPath(string job) => Path.Combine(JobPath(job), ResultName);

    /// <summary>A file of a model, named by its content.</summary>
    /// <param name="sha256">Its hash, hexadecimal.</param>
    public string ModelPath(string sha256) => Path.Combine(Root, "models", sha256);

    /// <summary>The result of a job; null when it has none yet.</summary>
    /// <param name="job">Name of the job.</param>
    /// <exception cref="InvalidDataException">
    /// The file is no result, its checksum does not fit, it contradicts itself, or it is of another job or study.
    /// </exception>
    /// <exception cref="IOException">There is something else in its place.</exception>
    public JobResult? Read(string job) => Path.Exists(ResultPath(job)) ? Read(ResultPath(job), study, job) : null;

    /// <summary>Every job with a result, by name, whatever the study file says by now.</summary>
    public IEnumerable<string> JobsWithResults() => OwnFolder.Folders(Path.Combine(Root, "jobs"))
        .Where(folder => Path.Exists(Path.Combine(folder, ResultName)))
        .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    private static JobResult Read(string path, string study, string job)
    {
        try
        {
            var result = JobResultJson.Read(RegularFile.ReadAllBytes(path));
            var fault = result.Study != study || result.Job.Name != job
                ? $"It is the result of {result.Job.Name} of study {result.Study}, in the folder of {job} of {study}."
                : JobFault.Of(result);
            return fault is null ? result : throw new JsonException(fault);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(
                $"{path} cannot be used: {JsonWords.Of(fault)} Restore it from a backup, or move it away to run that job again.", fault);
        }
    }

    /// <summary>All results, also of jobs that the study no longer has, in the order of their names.</summary>
    /// <exception cref="InvalidDataException">A file is no result.</exception>
    public IEnumerable<JobResult> ReadAll()
    {
        var jobs = Path.Combine(Root, "jobs");
        return OwnFolder.Folders(jobs)
            .Order(StringComparer.Ordinal).Select(path => Read(Path.GetFileName(path))).OfType<JobResult>();
    }

    /// <summary>Keeps a result, whole or not at all; the first one wins.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The result that holds.</returns>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public JobResult Write(JobResult result) =>
        DurableFile.WriteOnce(ResultPath(result.Job.Name), JobResultJson.Write(result)) ? result : Read(result.Job.Name)!;

    /// <summary>Removes what a killed process left of jobs without a result. Only the holder of the workspace's lock may.</summary>
    public void RemoveLeftovers()
    {
        var jobs = Path.Combine(Root, "jobs");
        foreach (var folder in OwnFolder.Folders(jobs).ToList())
        {
            if (!Path.Exists(Path.Combine(folder, ResultName)))
            {
                OwnFolder.Remove(folder); // names of ours only: what a container chose never becomes one
            }
            else
            {
                Leftovers.RemoveTemporary(folder);
            }
        }

        string[] others = [Path.Combine(Root, "images"), Path.Combine(Root, "models")];
        foreach (var folder in others.Where(Directory.Exists))
        {
            Leftovers.RemoveTemporary(folder);
        }
    }
}
