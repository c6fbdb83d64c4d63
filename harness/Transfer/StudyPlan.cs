using System.Globalization;
using Touchstone.Harness.Datasets;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Submissions;

namespace Touchstone.Harness.Transfer;

/// <summary>All jobs of a study. Pure but for case lists, which it is given.</summary>
internal sealed class StudyPlan
{
    private readonly TransferStudy _study;
    private readonly Func<string, IReadOnlyList<DatasetCase>> _cases;
    private readonly string _folder;

    private StudyPlan(TransferStudy study, Func<string, IReadOnlyList<DatasetCase>> cases, string folder) =>
        (_study, _cases, _folder) = (study, cases, folder);

    /// <summary>Pre-trainings first; then trial by trial, so that a study half done can be compared.</summary>
    /// <param name="study">The study.</param>
    /// <param name="cases">Gives the cases of a dataset, by manifest id.</param>
    /// <param name="folder">Folder that paths of the study start from.</param>
    /// <exception cref="InvalidDataException">A dataset has fewer cases than the study wants.</exception>
    public static IReadOnlyList<PlannedJob> Make(
        TransferStudy study, Func<string, IReadOnlyList<DatasetCase>> cases, string folder)
    {
        var plan = new StudyPlan(study, cases, folder);
        PlannedJob[] jobs = [.. plan.Pretrainings(), .. plan.Cells(), .. plan.Imports()];
        return jobs.CountBy(job => job.Key.Name).FirstOrDefault(count => count.Value > 1) is { Key: { } twice }
            ? throw new InvalidDataException($"The study {study.Id} has two jobs {twice}: a number of cases is listed twice, once as \"all\", "
                + "or a cell is imported twice.")
            : jobs;
    }

    /// <summary>Name of the job of a pre-training.</summary>
    /// <param name="backbone">Name of the network.</param>
    /// <param name="pretraining">Name of the pre-training.</param>
    public static string NameOf(string backbone, string pretraining) => $"{backbone}.{pretraining}";

    private IEnumerable<PlannedJob> Pretrainings() =>
        from pretraining in _study.Pretrainings
        where pretraining.Kind == PretrainingKind.Trained
        from backbone in _study.Backbones
        where pretraining.IsOf(backbone.Name) && IsUsed(backbone, pretraining)
        select Pretraining(backbone, pretraining);

    private bool IsUsed(StudyBackbone backbone, StudyPretraining pretraining) => _study.Tasks.Any(task =>
        task.Cases.Any(cases => !_study.Excludes(backbone.Name, pretraining.Name, task.Name, cases)));

    private PlannedJob Pretraining(StudyBackbone backbone, StudyPretraining pretraining)
    {
        DatasetCase[] all = [.. pretraining.Datasets.SelectMany(_cases)];
        var (pool, held) = CaseChoice.Split(all, _study.Seed, pretraining.Validation?.Share);
        return new PlannedJob
        {
            Key = new JobKey
            {
                Name = NameOf(backbone.Name, pretraining.Name),
                Kind = JobKind.Pretraining,
                Backbone = backbone.Name,
                Pretraining = pretraining.Name,
                Task = null,
                Cases = pretraining.Cases,
                Trial = null,
            },
            Backbone = backbone,
            Structures = pretraining.Structures,
            Seed = _study.Seed,
            Settings = StudySettings.Merge(backbone.Settings, pretraining.Settings),
            Limits = pretraining.Limits,
            Training = First(pool, pretraining.Cases, "pretraining", $"pre-training \"{pretraining.Name}\""),
            Validation = ValidationCases(pretraining.Validation, held),
            Test = [],
            Task = null,
        };
    }

    private IEnumerable<PlannedJob> Cells() =>
        from trial in Enumerable.Range(0, _study.Trials)
        from task in _study.Tasks
        from cases in task.Cases
        from backbone in _study.Backbones
        from pretraining in _study.Pretrainings
        where pretraining.Kind != PretrainingKind.Imported && pretraining.IsOf(backbone.Name)
            && !_study.Excludes(backbone.Name, pretraining.Name, task.Name, cases)
        select Cell(backbone, pretraining, task, cases, trial);

    private PlannedJob Cell(StudyBackbone backbone, StudyPretraining pretraining, StudyTask task, int? cases, int trial)
    {
        var (pool, held) = CaseChoice.Split(_cases(task.Training), _study.Seed, task.Validation?.Share);
        var training = First(
            pool, cases, string.Create(CultureInfo.InvariantCulture, $"{task.Name}\n{trial}"), $"task \"{task.Name}\"");
        return new PlannedJob
        {
            Key = Key(JobKind.Cell, backbone.Name, pretraining.Name, task.Name, cases, training.Count, trial),
            Backbone = backbone,
            Structures = task.Structures,
            Seed = _study.Seed + trial,
            Settings = StudySettings.Merge(backbone.Settings, task.Settings),
            Limits = task.Limits,
            Training = training,
            Validation = ValidationCases(task.Validation, held),
            Test = [.. task.Test.SelectMany(_cases)],
            Task = task,
            StartsFrom = pretraining.Kind == PretrainingKind.Trained ? NameOf(backbone.Name, pretraining.Name) : null,
            WeightsPath = pretraining.Kind == PretrainingKind.Weights
                ? Path.GetFullPath(Path.Combine(_folder, pretraining.Weights[backbone.Name])) : null,
        };
    }

    private IEnumerable<PlannedJob> Imports() =>
        from import in _study.Imports
        let task = _study.Tasks.First(one => one.Name == import.Task)
        let count = import.Cases ?? CaseChoice.Split(_cases(task.Training), _study.Seed, task.Validation?.Share).Pool.Count
        from trial in import.Folders.Index()
        select new PlannedJob
        {
            Key = Key(JobKind.Imported, import.Backbone, import.Pretraining, import.Task, import.Cases, count, trial.Index),
            Backbone = _study.Backbones.First(one => one.Name == import.Backbone),
            Structures = task.Structures,
            Seed = 0,
            Settings = StudySettings.None,
            Limits = task.Limits,
            Training = [],
            Validation = [],
            Test = [.. task.Test.SelectMany(_cases)],
            Task = task,
            ImportFolder = Path.GetFullPath(Path.Combine(_folder, trial.Item)),
        };

    private static JobKey Key(
        JobKind kind, string backbone, string pretraining, string task, int? cases, int count, int trial) => new()
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{backbone}.{pretraining}.{task}.n{cases ?? count}.t{trial}"),
            Kind = kind,
            Backbone = backbone,
            Pretraining = pretraining,
            Task = task,
            Cases = cases ?? count,
            Trial = trial,
        };

    private IReadOnlyList<DatasetCase> ValidationCases(ValidationRule? rule, IReadOnlyList<DatasetCase> held) =>
        rule?.Dataset is { } dataset ? _cases(dataset) : held;

    private IReadOnlyList<DatasetCase> First(IReadOnlyList<DatasetCase> pool, int? count, string purpose, string what) =>
        count <= pool.Count || (count is null && pool.Count > 0)
            ? [.. CaseChoice.Ordered(pool, _study.Seed, purpose).Take(count ?? pool.Count)]
            : throw new InvalidDataException($"The {what} of study {_study.Id} is to learn from {Counted.Of(count ?? 1, "case")}, of "
                + $"{pool.Count} that there are besides those for validation.");
}
