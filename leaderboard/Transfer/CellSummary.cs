using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>All trials of one network, pre-training, task and number of annotated cases.</summary>
public sealed record CellSummary
{
    /// <summary>Name of the network.</summary>
    public required string Backbone { get; init; }

    /// <summary>Name of the pre-training.</summary>
    public required string Pretraining { get; init; }

    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Annotated cases; 1 or more.</summary>
    public required int Cases { get; init; }

    /// <summary>How many trials there should be, are, and have failed.</summary>
    public required TrialCoverage Coverage { get; init; }

    /// <summary>DSC over trials.</summary>
    public required MetricSummary Dsc { get; init; }

    /// <summary>NSD over trials.</summary>
    public required MetricSummary Nsd { get; init; }

    /// <summary>Hours of the trials' containers, by the engine's clock: mean; null where nothing ran.</summary>
    public required double? MeanHours { get; init; }

    /// <summary>Structure by structure, in the task's order.</summary>
    public required IReadOnlyList<StructureSummary> Structures { get; init; }

    /// <summary>What a paper prints for it; empty for nothing. Never mixed with the rest.</summary>
    public required IReadOnlyList<ReportedDifference> Reported { get; init; }

    /// <summary>One of the metrics.</summary>
    /// <param name="metric">Which.</param>
    public MetricSummary Of(Metric metric) => metric switch
    {
        Metric.Dsc => Dsc,
        Metric.Nsd => Nsd,
    };
}

/// <summary>How complete a number is.</summary>
/// <param name="Expected">Trials that the study wants.</param>
/// <param name="Finished">Trials that have ended, failed ones included: those in the number.</param>
/// <param name="Failed">Trials that count with the worst value.</param>
/// <param name="FailedCases">Test cases of completed trials that count with the worst value.</param>
public sealed record TrialCoverage(int Expected, int Finished, int Failed, int FailedCases)
{
    /// <summary>True when nothing is missing.</summary>
    public bool IsComplete => Finished == Expected;
}

/// <summary>One metric over trials, with its tests against learning from scratch.</summary>
/// <param name="Mean">Mean over finished trials, [0, 1], failures counted as 0; null for none.</param>
/// <param name="Sd">Standard deviation over trials with n − 1 in the denominator; null below two.</param>
/// <param name="N">Trials in it.</param>
/// <param name="MeanOfCompleted">Mean over completed trials only; null for none.</param>
/// <param name="AgainstScratch">The same network from scratch; null for scratch itself and where there is none.</param>
public sealed record MetricSummary(double? Mean, double? Sd, int N, double? MeanOfCompleted, TwoTests? AgainstScratch);

/// <summary>Independent two-sample t-tests of two cells, over trials.</summary>
/// <param name="Difference">Mean of this one less mean of the other.</param>
/// <param name="Pooled">With one variance for both (Student), as the papers do.</param>
/// <param name="Welch">With a variance of each.</param>
public sealed record TwoTests(double Difference, TestValue Pooled, TestValue Welch)
{
    /// <summary>Below which p a difference is marked.</summary>
    public const double Level = 0.05;

    /// <summary>Better, and the pooled test's p is below <see cref="Level"/>: the light mark of the papers.</summary>
    public bool IsMarked => Difference > 0 && Pooled.P < Level;

    /// <summary>Both tests; null unless both samples have two values.</summary>
    /// <param name="these">This one's trials.</param>
    /// <param name="others">The other's trials.</param>
    public static TwoTests? Of(IReadOnlyList<double> these, IReadOnlyList<double> others)
    {
        if (these.Count < 2 || others.Count < 2)
        {
            return null;
        }

        var (a, b) = (Summary(these), Summary(others));
        return new TwoTests(a.Mean - b.Mean, TestValue.Of(TTest.Pooled(a, b)), TestValue.Of(TTest.Welch(a, b)));
    }

    private static SampleSummary Summary(IReadOnlyList<double> values) => new(
        Describe.Mean([.. values])!.Value, Describe.StandardDeviation([.. values])!.Value, values.Count);
}

/// <summary>One test.</summary>
/// <param name="T">The statistic; null where neither sample has a spread beyond rounding.</param>
/// <param name="DegreesOfFreedom">Degrees of freedom; null likewise.</param>
/// <param name="P">Two-sided p; null likewise, and then nothing is marked.</param>
public sealed record TestValue(double? T, double? DegreesOfFreedom, double? P)
{
    internal static TestValue Of(TTest test) => new(test.T, test.DegreesOfFreedom, test.P);
}

/// <summary>One structure of a cell.</summary>
/// <param name="Structure">Canonical name.</param>
/// <param name="Dsc">DSC over trials.</param>
/// <param name="Nsd">NSD over trials.</param>
/// <param name="Reported">What a paper prints for it; empty for nothing.</param>
public sealed record StructureSummary(
    string Structure, MetricSummary Dsc, MetricSummary Nsd, IReadOnlyList<ReportedDifference> Reported);

/// <summary>A printed number beside a measured one.</summary>
/// <param name="Printed">The printed number.</param>
/// <param name="Difference">Measured mean less printed mean, as a fraction; null where nothing is measured.</param>
public sealed record ReportedDifference(ReportedBeside Printed, double? Difference);
