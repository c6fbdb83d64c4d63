using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>How the numbers of a report are written for readers: percent with one decimal, as the papers do.</summary>
internal static class TransferWords
{
    /// <summary>Mean ± standard deviation in percent; the mean alone below two trials.</summary>
    public static string Score(MetricSummary score) => score.Mean is null ? Show.Undefined : Score(score.Mean.Value, score.Sd);

    /// <summary>Mean ± standard deviation in percent.</summary>
    public static string Score(double mean, double? sd) =>
        sd is null ? Show.Percent(mean) : $"{Show.Percent(mean)} ± {Show.Percent(sd)}";

    /// <summary>A difference in points of percent, with its sign.</summary>
    public static string Difference(double? difference) => Show.Signed(difference * 100, "+0.0;−0.0;0.0");

    /// <summary>The p of a test, or why there is none; a dash without a test.</summary>
    public static string P(TestValue? test) => test is { P: null } ? $"{Show.Undefined} (no spread)" : Show.P(test?.P);

    /// <summary>How many trials a number is of, and what failed.</summary>
    public static string Coverage(TrialCoverage coverage) =>
        (coverage.IsComplete ? Show.Count(coverage.Finished, "trial") : $"{coverage.Finished} of {Show.Count(coverage.Expected, "trial")}")
        + (coverage.Failed > 0 ? $", {coverage.Failed} failed" : "")
        + (coverage.FailedCases > 0 ? $", {Show.Count(coverage.FailedCases, "test case")} failed" : "");

    /// <summary>Title of a pre-training.</summary>
    public static string Pretraining(StudyOutline study, string name) => study.Pretrainings.First(one => one.Name == name).Title;

    /// <summary>Title of a network.</summary>
    public static string Backbone(StudyOutline study, string name) => study.Backbones.First(one => one.Name == name).Title;

    /// <summary>Title of a task.</summary>
    public static string Task(StudyOutline study, string name) => study.Tasks.First(one => one.Name == name).Title;
}
