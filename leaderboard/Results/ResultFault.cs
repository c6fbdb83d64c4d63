using Touchstone.Evaluators;

namespace Touchstone.Leaderboard.Results;

/// <summary>
/// Whether a result can be true, by itself. Read from a file it may be damaged, copied or tampered with in ways that a
/// checksum does not show.
/// </summary>
public static class ResultFault
{
    /// <summary>The first contradiction in words, ending in a full stop; null when there is none.</summary>
    /// <param name="result">The result.</param>
    /// <param name="isPublic">Whether it comes from a published bundle, which tells no voxels of hidden cases.</param>
    public static string? Of(CaseResult result, bool isPublic = false)
    {
        if (HasHole(result.Scores) || HasHole(result.Outputs) || HasHole(result.Entry.Command) || HasHole(result.Entry.TrainedOn))
        {
            return "One of its lists has a null.";
        }

        if (Twice(result.Scores.Select(score => score.Structure)) is { } structure)
        {
            return $"It has two scores of {structure}.";
        }

        Func<StructureScore, string?> counted = isPublic ? _ => null
            : result.Ending == Ending.Completed ? score => ScoreFault.OfCounts(score, result.Protocol) : ScoreFault.OfNothing;
        return result.Scores.Select(ScoreFault.OfRanges).FirstOrDefault(fault => fault is not null)
            ?? result.Scores.Select(counted).FirstOrDefault(fault => fault is not null)
            ?? OfTiming(result.Timing);
    }

    /// <inheritdoc cref="Of(CaseResult, bool)"/>
    /// <param name="scores">Imported scores.</param>
    public static string? Of(ImportedScores scores)
    {
        if (HasHole(scores.Structures) || HasHole(scores.Cases) || HasHole(scores.Sources) || HasHole(scores.Entry.TrainedOn))
        {
            return "One of its lists has a null.";
        }

        if (Twice(scores.Structures) is { } structure)
        {
            return $"It has {structure} twice.";
        }

        if (Twice(scores.Cases.Select(one => one.Case)) is { } twice)
        {
            return $"It has the case {twice} twice.";
        }

        foreach (var one in scores.Cases)
        {
            foreach (var (values, metric) in new[] { (one.Dsc, "DSC"), (one.Nsd, "NSD") })
            {
                var index = values.ToList().FindIndex(value => !IsFraction(value));
                if (index >= 0)
                {
                    return FormattableString.Invariant(
                        $"{metric} of {scores.Structures[index]} on {one.Case} is {values[index]}, but lies between 0 and 1.");
                }
            }
        }

        return null;
    }

    /// <summary>True for what a DSC or an NSD can be: a number from 0 to 1, or undefined.</summary>
    /// <param name="value">The value.</param>
    public static bool IsFraction(double? value) => value is null or (>= 0 and <= 1);

    /// <summary>The first of some keys that comes twice, as text; null when each comes once.</summary>
    /// <param name="keys">The keys; names are compared exactly.</param>
    public static string? Twice<T>(IEnumerable<T> keys)
    {
        var seen = new HashSet<T>();
        foreach (var key in keys)
        {
            if (!seen.Add(key))
            {
                return FormattableString.Invariant($"{key}");
            }
        }

        return null;
    }

    /// <summary>The reader of JSON refuses a null for a member, but not in a list.</summary>
    private static bool HasHole<T>(IEnumerable<T>? list)
        where T : class => list?.Any(item => item is null) ?? false;

    private static string? OfTiming(Timing timing)
    {
        (string Name, double? Value)[] times =
        [
            ("runSeconds", timing.RunSeconds), ("setUpSeconds", timing.SetUpSeconds), ("collectSeconds", timing.CollectSeconds),
            ("scoreSeconds", timing.ScoreSeconds), ("cpuSeconds", timing.CpuSeconds), ("warmUpSeconds", timing.WarmUpSeconds),
            ("peakMemoryBytes", timing.PeakMemoryBytes),
        ];
        return times.FirstOrDefault(one => !(one.Value is null or (>= 0 and < double.PositiveInfinity))) is { Name: not null } time
            ? FormattableString.Invariant($"Its {time.Name} is {time.Value}, but is never below 0.") : null;
    }
}
