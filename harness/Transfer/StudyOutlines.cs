using Touchstone.Leaderboard.Transfer;
using Touchstone.Submissions;

namespace Touchstone.Harness.Transfer;

/// <summary>Tells a report what it has to know of a study.</summary>
internal static class StudyOutlines
{
    private const int MostOfFew = 20;

    /// <summary>The outline.</summary>
    /// <param name="open">The study.</param>
    public static StudyOutline Of(OpenStudy open)
    {
        var study = open.Study;
        PlannedJob[] cells = [.. open.Jobs.Where(job => job.Task is not null)];
        return new StudyOutline
        {
            Id = study.Id,
            Title = study.Title,
            Description = study.Description,
            Trials = study.Trials,
            Seed = study.Seed,
            HasGpu = study.NeedsGpu,
            Backbones = [.. study.Backbones.Select(one => new OutlineName(one.Name, one.Title))],
            Pretrainings = [.. study.Pretrainings.Select(one => new OutlinePretraining
            {
                Name = one.Name,
                Title = one.Title,
                IsScratch = one.Kind == PretrainingKind.Scratch,
                IsImported = one.Kind == PretrainingKind.Imported,
                Family = one.Family,
                Cases = one.Cases ?? open.Jobs.FirstOrDefault(
                    job => job.Task is null && job.Key.Pretraining == one.Name)?.Training.Count,
                StatedHours = one.StatedHours,
            })],
            Tasks = [.. study.Tasks.Select(task => TaskOf(task, cells))],
            Expected = [.. cells.Select(job => new ExpectedTrial(
                job.Key.Name, job.Key.Backbone, job.Key.Pretraining, job.Task!.Name, job.Key.Cases!.Value, job.Key.Trial!.Value,
                job.StartsFrom))],
            FewShot = study.FewShot ?? [.. cells.Select(job => job.Key.Cases!.Value).Where(count => count <= MostOfFew).Distinct().Order()],
            Comparison = study.Comparison is { } one
                ? new OutlineComparison(one.Backbone, one.Task, one.First, one.Second) : null,
            Reported = ReportedWords.Of(study),
        };
    }

    private static OutlineTask TaskOf(StudyTask task, PlannedJob[] cells)
    {
        PlannedJob[] own = [.. cells.Where(job => job.Task == task)];
        return new OutlineTask
        {
            Name = task.Name,
            Title = task.Title,
            Structures = task.Structures,
            Cases = [.. own.Select(job => job.Key.Cases!.Value).Distinct().Order()],
            TestCases = own.FirstOrDefault()?.Test.Count ?? 0,
            Protocol = task.Protocol,
            ToleranceMm = task.ToleranceMm,
        };
    }
}
