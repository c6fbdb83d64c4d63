using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>Makes the report of a study out of the results that are there. Pure.</summary>
public sealed class TransferReportMaker
{
    private readonly StudyOutline _study;
    private readonly IReadOnlyList<TrialOutcome> _trials;

    private TransferReportMaker(StudyOutline study, IReadOnlyList<TrialOutcome> trials) => (_study, _trials) = (study, trials);

    /// <summary>Makes the report.</summary>
    /// <param name="study">The study.</param>
    /// <param name="results">Results of its jobs, in any order; those of other jobs are left alone.</param>
    public static TransferReport Make(StudyOutline study, IEnumerable<JobResult> results)
    {
        var byName = results.ToDictionary(one => one.Job.Name, StringComparer.Ordinal);
        var maker = new TransferReportMaker(study, TrialOutcomes.Of(study, byName));
        return new TransferReport
        {
            Study = study,
            Coverage = Coverage(maker._trials),
            Cells = maker.Cells(),
            Pretrainings = [.. study.Expected.Where(one => one.PretrainingJob is not null)
                .DistinctBy(one => one.PretrainingJob).Select(one => Run(one, byName.GetValueOrDefault(one.PretrainingJob!)))],
            Comparison = study.Comparison is { } comparison ? maker.Compare(comparison) : null,
            Trials = maker._trials,
        };
    }

    private static PretrainingRun Run(ExpectedTrial trial, JobResult? result) => new(
        trial.Backbone, trial.Pretraining, result?.Training.Count, result?.Run?.Timing.RunSeconds / 3600,
        result is null ? TrialState.Waiting : result.Ending == Ending.Completed ? TrialState.Completed : TrialState.Failed,
        result?.EndingDetail);

    private static TrialCoverage Coverage(IReadOnlyCollection<TrialOutcome> trials) => new(
        trials.Count,
        trials.Count(one => one.State != TrialState.Waiting),
        trials.Count(one => one.State == TrialState.Failed),
        trials.Where(one => one.State == TrialState.Completed).Sum(one => one.FailedCases));

    private IReadOnlyList<CellSummary> Cells() =>
    [
        .. from task in _study.Tasks
           from backbone in _study.Backbones
           from pretraining in _study.Pretrainings
           from cases in _study.Expected
               .Where(one => (one.Task, one.Backbone, one.Pretraining) == (task.Name, backbone.Name, pretraining.Name))
               .Select(one => one.Cases).Distinct().Order()
           select Cell(backbone.Name, pretraining.Name, task, cases),
    ];

    private List<TrialOutcome> TrialsOf(string backbone, string pretraining, string task, int cases) =>
    [
        .. _trials.Where(one => (one.Trial.Backbone, one.Trial.Pretraining, one.Trial.Task, one.Trial.Cases)
            == (backbone, pretraining, task, cases)),
    ];

    private CellSummary Cell(string backbone, string pretraining, OutlineTask task, int cases)
    {
        var trials = TrialsOf(backbone, pretraining, task.Name, cases);
        var scratch = _study.Pretrainings.FirstOrDefault(one => one.IsScratch) is { } start && start.Name != pretraining
            ? TrialsOf(backbone, start.Name, task.Name, cases) : [];
        var dsc = Summary(trials, scratch, one => one.Dsc);
        var isLargest = cases == _study.Expected
            .Where(one => (one.Task, one.Backbone, one.Pretraining) == (task.Name, backbone, pretraining)).Max(one => one.Cases);
        double[] hours = [.. trials.Select(one => one.Result?.Run?.Timing.RunSeconds / 3600).OfType<double>()];
        return new CellSummary
        {
            Backbone = backbone,
            Pretraining = pretraining,
            Task = task.Name,
            Cases = cases,
            Coverage = Coverage(trials),
            Dsc = dsc,
            Nsd = Summary(trials, scratch, one => one.Nsd),
            MeanHours = Describe.Mean(hours),
            Structures = [.. task.Structures.Select(name => Structure(name))],
            Reported = isLargest ? Beside(task.Name, null, dsc.Mean) : [],
        };

        StructureSummary Structure(string name)
        {
            var own = Summary(trials, scratch, one => Of(one, name)?.Dsc);
            return new StructureSummary(
                name, own, Summary(trials, scratch, one => Of(one, name)?.Nsd), isLargest ? Beside(null, name, own.Mean) : []);
        }

        // Only DSC is printed for transfer; another metric would need its own mean here.
        IReadOnlyList<ReportedDifference> Beside(string? taskName, string? structure, double? mean) =>
        [
            .. _study.Reported.Where(one => one.Metric == "dsc" && (one.Backbone, one.Pretraining, one.Task, one.Structure)
                    == (backbone, pretraining, taskName, structure))
                .Select(one => new ReportedDifference(one, mean - one.Mean)),
        ];
    }

    private static StructureMean? Of(TrialOutcome trial, string structure) =>
        trial.Structures.FirstOrDefault(one => one.Structure == structure);

    private static MetricSummary Summary(
        IReadOnlyList<TrialOutcome> trials, IReadOnlyList<TrialOutcome> scratch, Func<TrialOutcome, double?> value)
    {
        double[] values = [.. trials.Select(value).OfType<double>()];
        return new MetricSummary(
            Describe.Mean(values),
            Describe.StandardDeviation(values),
            values.Length,
            Describe.Mean([.. trials.Where(one => one.State == TrialState.Completed).Select(value).OfType<double>()]),
            TwoTests.Of(values, [.. scratch.Select(value).OfType<double>()]));
    }

    private ComparisonTable? Compare(OutlineComparison which)
    {
        int[] both =
        [
            .. CasesOf(which.First).Intersect(CasesOf(which.Second)).OrderDescending(),
        ];
        if (both.Length == 0)
        {
            return null;
        }

        var first = TrialsOf(which.Backbone, which.First, which.Task, both[0]);
        var second = TrialsOf(which.Backbone, which.Second, which.Task, both[0]);
        var task = _study.Tasks.First(one => one.Name == which.Task);
        return new ComparisonTable(which, both[0], Coverage(first), Coverage(second),
        [
            .. task.Structures.Select(name => Row(name, one => Of(one, name)?.Dsc)),
            Row(null, one => one.Dsc),
        ]);

        IEnumerable<int> CasesOf(string pretraining) => _study.Expected
            .Where(one => (one.Task, one.Backbone, one.Pretraining) == (which.Task, which.Backbone, pretraining))
            .Select(one => one.Cases).Distinct();

        ComparisonRow Row(string? structure, Func<TrialOutcome, double?> value) => new(
            structure,
            Summary(first, [], value),
            Summary(second, [], value),
            TwoTests.Of([.. second.Select(value).OfType<double>()], [.. first.Select(value).OfType<double>()]),
            Printed(which.First, structure),
            Printed(which.Second, structure));

        ReportedBeside? Printed(string pretraining, string? structure) => _study.Reported.FirstOrDefault(one =>
            one.Metric == "dsc" && (one.Backbone, one.Pretraining, one.Structure) == (which.Backbone, pretraining, structure)
            && one.Task == (structure is null ? which.Task : null));
    }
}
