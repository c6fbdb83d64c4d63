using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Submissions;

namespace Touchstone.Harness.Transfer;

/// <summary>A study with its plan and its folder in a workspace.</summary>
internal sealed class OpenStudy
{
    private readonly Dictionary<string, string> _models = [];
    private readonly Lazy<StudyNames> _names;

    private OpenStudy(TransferStudy study, Manifest manifest, Workspace workspace, string start)
    {
        (Study, Manifest, Workspace, Start) = (study, manifest, workspace, start);
        Folder = new StudyFolder(workspace, study.Id);
        _names = new Lazy<StudyNames>(() => StudyNames.Find(workspace, Folder));
        var read = new Dictionary<string, IReadOnlyList<DatasetCase>>(StringComparer.Ordinal);
        Jobs = StudyPlan.Make(
            study,
            id => read.TryGetValue(id, out var cases) ? cases : read[id] = CaseList.Read(manifest.Find(id)!),
            start);
        if (Jobs.FirstOrDefault(job => job is { Key.Kind: JobKind.Cell, Task.Protocol: ChallengeRules.AsPublished }) is { } job)
        {
            throw new InvalidDataException(
                $"The task {job.Task!.Name} has the metrics \"{ChallengeRules.AsPublished}\", by which nothing can be scored here: its cells "
                + "must all be imported.");
        }
    }

    /// <summary>The study.</summary>
    public TransferStudy Study { get; }

    /// <summary>The datasets.</summary>
    public Manifest Manifest { get; }

    /// <summary>Where results lie.</summary>
    public Workspace Workspace { get; }

    /// <summary>Folder of the study file, from which its paths start.</summary>
    public string Start { get; }

    /// <summary>The study's folder in the workspace.</summary>
    public StudyFolder Folder { get; }

    /// <summary>All jobs: pre-trainings, cells, imports.</summary>
    public IReadOnlyList<PlannedJob> Jobs { get; }

    /// <summary>How cases are named; found when it is first asked for.</summary>
    /// <exception cref="InvalidDataException">A result is damaged.</exception>
    public StudyNames Names => _names.Value;

    /// <summary>Reads a study file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="manifest">The datasets that it may name.</param>
    /// <param name="workspace">Where its results lie.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="Touchstone.Submissions.Yaml.MistakesException">The file has mistakes.</exception>
    /// <exception cref="InvalidDataException">A dataset has fewer cases than the study wants.</exception>
    public static OpenStudy Read(string path, Manifest manifest, Workspace workspace) => new(
        TransferStudyFile.Parse(Path.GetFileNameWithoutExtension(path), path, RegularFile.ReadAllText(path), Vocabulary(manifest)),
        manifest,
        workspace,
        Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>The fingerprint of a job, as its result should have it.</summary>
    /// <param name="job">One of <see cref="Jobs"/>.</param>
    /// <exception cref="FileNotFoundException">Weights or imported scores are absent.</exception>
    public IReadOnlyDictionary<string, string> FingerprintOf(PlannedJob job)
    {
        var image = job.ImportFolder is null ? StudyImages.Find(Folder, job.Backbone.Name)?.Digest ?? "" : "";
        var initial = job switch
        {
            { StartsFrom: { } name } => JobFingerprint.Whole(FingerprintOf(Jobs.First(one => one.Key.Name == name))),
            { WeightsPath: { } path } => Model(path),
            { ImportFolder: { } folder } => ImportedScoreFiles.Read(folder).Sha256,
            _ => "",
        };
        return JobFingerprint.Of(job, image, Study.NeedsGpu, initial, Names.Rule);
    }

    /// <summary>The result of a job, if it has one.</summary>
    /// <param name="job">One of <see cref="Jobs"/>.</param>
    /// <exception cref="InvalidDataException">The result is damaged, or was made by another definition of the study.</exception>
    public JobResult? ResultOf(PlannedJob job)
    {
        if (Folder.Read(job.Key.Name) is not { } result)
        {
            return null;
        }

        DemandStructures(job, result);
        var wanted = FingerprintOf(job);
        string[] different =
        [
            .. wanted.Keys.Union(result.Fingerprint.Keys).Order(StringComparer.Ordinal)
                .Where(part => wanted.GetValueOrDefault(part) != result.Fingerprint.GetValueOrDefault(part)),
        ];
        return different.Length == 0 ? result : throw new InvalidDataException(
            $"{Folder.ResultPath(job.Key.Name)} was made by another definition of study {Study.Id}: other {string.Join(", ", different)}. "
            + "Nothing is mixed: give the changed study file another name, or move the job's folder away to run it again.");
    }

    /// <summary>A row that is gone would count as a structure that was never annotated, a case that is gone as none at all.</summary>
    private void DemandStructures(PlannedJob job, JobResult result)
    {
        var other = result.Test.SelectMany(one => one.Scores).Select(score => score.Structure)
            .FirstOrDefault(name => !job.Structures.Contains(name));
        if (other is not null || result.Test.Count != job.Test.Count)
        {
            throw new InvalidDataException(
                $"{Folder.ResultPath(job.Key.Name)} cannot be used: it has "
                + (other is not null ? $"a score of {other}, which the job is not about."
                    : FormattableString.Invariant($"{result.Test.Count} test cases, the job {job.Test.Count}."))
                + " Restore it from a backup, or move it away to run that job again.");
        }
    }

    /// <summary>How far the study is.</summary>
    public StudyState State()
    {
        var results = Jobs.Select(job => (Job: job, Result: ResultOf(job))).ToList();
        var failed = results.Where(one => one.Result is { Ending: not Ending.Completed })
            .Select(one => one.Job.Key.Name).ToHashSet(StringComparer.Ordinal);
        return new StudyState
        {
            Study = Study.Id,
            Jobs =
            [
                .. results.Select(one => new JobState
                {
                    Job = one.Job.Key.Name,
                    State = one.Result is { Ending: var ending }
                        ? char.ToLowerInvariant(ending.ToString()[0]) + ending.ToString()[1..]
                        : failed.Contains(one.Job.StartsFrom ?? "") ? "blocked" : "waiting",
                    Detail = one.Result?.EndingDetail,
                    Seconds = one.Result?.Run?.Timing.RunSeconds,
                }),
            ],
        };
    }

    private string Model(string path) =>
        _models.TryGetValue(path, out var hash) ? hash : _models[path] = ModelFiles.OfWeights(path).Model.Sha256;

    private static StudyVocabulary Vocabulary(Manifest manifest) => new()
    {
        Datasets = [.. manifest.Datasets.Where(one => one.Files is { } files && File.Exists(files.CaseList)).Select(one => one.Id)],
        Overlap = (one, other) => manifest.Find(one) is { } dataset && ContestBuilder.Overlapping(dataset, manifest).Contains(other),
        FaultOfMetrics = ChallengeRules.FaultOfMetrics,
        FaultOfStructure = ChallengeRules.FaultOfStructure,
        FaultOfReported = ReportedWords.Fault,
    };
}
