using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>The names that a study file may use, told by whoever knows datasets, metrics and printed tables.</summary>
public sealed record StudyVocabulary
{
    /// <summary>Ids of the datasets whose cases are on this machine.</summary>
    public required IReadOnlyCollection<string> Datasets { get; init; }

    /// <summary>Whether two datasets share cases, because one is the other or contains it.</summary>
    public required Func<string, string, bool> Overlap { get; init; }

    /// <summary>What is wrong with a protocol and a tolerance in millimetres; null when they can be used.</summary>
    public required Func<string, double, string?> FaultOfMetrics { get; init; }

    /// <inheritdoc cref="ChallengeVocabulary.FaultOfStructure"/>
    public required Func<string, IReadOnlyCollection<string>, string?> FaultOfStructure { get; init; }

    /// <summary>What is wrong with words of a printed table; null when it has them.</summary>
    public required Func<ReportedMapping, string?> FaultOfReported { get; init; }

    internal void Check(TransferStudy study, YamlFields fields)
    {
        foreach (var (key, dataset) in Named(study).Distinct().Where(one => one.Dataset.Length > 0 && !Datasets.Contains(one.Dataset)))
        {
            fields.Note(key, $"there are no cases of a dataset \"{dataset}\" on this machine. Here are: {string.Join(", ", Datasets)}.");
        }

        foreach (var task in study.Tasks)
        {
            if (FaultOfMetrics(task.Protocol, task.ToleranceMm) is { } fault)
            {
                fields.Note("tasks", fault);
            }

            CheckLeaks(study, task, fields);
        }

        var structures = new List<string>();
        foreach (var name in study.Tasks.SelectMany(one => one.Structures)
            .Concat(study.Pretrainings.SelectMany(one => one.Structures)).Distinct())
        {
            if (FaultOfStructure(name, structures) is { } fault)
            {
                fields.Note("tasks", fault);
            }

            structures.Add(name);
        }

        foreach (var fault in study.Reported.Select(FaultOfReported).OfType<string>())
        {
            fields.Note("reported", fault);
        }
    }

    /// <summary>Nothing may be tested on cases that anything of the study was trained on or chosen by.</summary>
    private void CheckLeaks(TransferStudy study, StudyTask task, YamlFields fields)
    {
        foreach (var test in task.Test)
        {
            string?[] own = [task.Training, task.Validation?.Dataset];
            if (own.OfType<string>().Any(learnt => learnt != test && Overlap(learnt, test)))
            {
                fields.Note("tasks", $"\"{task.Name}\" is tested on {test}, which shares cases with what it learns from.");
            }

            foreach (var one in study.Pretrainings.Where(one => one.Datasets.Append(one.Validation?.Dataset).OfType<string>()
                .Any(learnt => Overlap(learnt, test))))
            {
                fields.Note("pretrainings", $"\"{one.Name}\" learns from cases of {test}, on which \"{task.Name}\" is tested.");
            }
        }
    }

    private static IEnumerable<(string Key, string Dataset)> Named(TransferStudy study) =>
    [
        .. study.Pretrainings.SelectMany(one => one.Datasets.Append(one.Validation?.Dataset ?? ""), (_, id) => ("pretrainings", id)),
        .. study.Tasks.SelectMany(
            one => one.Test.Append(one.Training).Append(one.Validation?.Dataset ?? ""), (_, id) => ("tasks", id)),
    ];
}
