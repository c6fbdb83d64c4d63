using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Harness.Runs;

/// <summary>How far the times and predictions of a case agree over its runs. Pure.</summary>
public sealed record RepeatSummary
{
    /// <summary>Id of the entry.</summary>
    public required string Submission { get; init; }

    /// <summary>Dataset id.</summary>
    public required string Dataset { get; init; }

    /// <summary>Case id. Operators only.</summary>
    public required string Case { get; init; }

    /// <summary>Timed runs, the scored one included.</summary>
    public required int Runs { get; init; }

    /// <summary>How the scored run ended.</summary>
    public required Ending Ending { get; init; }

    /// <summary>Whether every run ended so.</summary>
    public required bool SameEnding { get; init; }

    /// <summary>Median of the runs' seconds.</summary>
    public required double MedianSeconds { get; init; }

    /// <summary>Least of them.</summary>
    public required double LeastSeconds { get; init; }

    /// <summary>Most of them.</summary>
    public required double MostSeconds { get; init; }

    /// <summary>Standard deviation of the runs' seconds (n − 1); null with one run.</summary>
    public required double? DeviationSeconds { get; init; }

    /// <summary>
    /// The least agreement between the scored run's predictions and another's; null with one run.
    /// </summary>
    public required Sameness? Predictions { get; init; }

    /// <summary>Summarises the runs of a case.</summary>
    /// <param name="result">The scored run.</param>
    /// <param name="repeats">The others.</param>
    public static RepeatSummary Of(CaseResult result, IReadOnlyList<CaseRepeat> repeats)
    {
        double[] seconds = [.. repeats.Select(repeat => repeat.Timing.RunSeconds).Append(result.Timing.RunSeconds).Order()];
        return new RepeatSummary
        {
            Submission = result.Entry.Id,
            Dataset = result.Case.Dataset,
            Case = result.Case.Case,
            Runs = seconds.Length,
            Ending = result.Ending,
            SameEnding = repeats.All(repeat => repeat.Ending == result.Ending),
            MedianSeconds = Describe.QuantileOfSorted(seconds, 0.5)!.Value,
            LeastSeconds = seconds[0],
            MostSeconds = seconds[^1],
            DeviationSeconds = Describe.StandardDeviation(seconds),
            Predictions = repeats.Count == 0 ? null : repeats.Max(repeat => repeat.Sameness),
        };
    }
}
