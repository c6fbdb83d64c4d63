using System.Globalization;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>One row of a training log.</summary>
/// <param name="Step">Training step, 0 or more.</param>
/// <param name="Seconds">Since the container began, as it says; held to the engine's clock.</param>
/// <param name="Loss">Training loss; null for none.</param>
/// <param name="LearningRate">Learning rate; null for none.</param>
/// <param name="ValidationDsc">Mean DSC on the validation cases, [0, 1]; null for none.</param>
public sealed record LogPoint(long Step, double Seconds, double? Loss, double? LearningRate, double? ValidationDsc);

/// <summary>
/// Reads the <c>log.csv</c> of a training container. It comes from a stranger: a log that breaks a rule is not used, and
/// why is told in words that hold nothing of it.
/// </summary>
public static class TrainingLog
{
    /// <summary>The only header that is read.</summary>
    public const string Header = "step,seconds,loss,learning_rate,validation_dsc";

    /// <summary>Most bytes that are read.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>Most rows that are kept.</summary>
    public const int MostPoints = 1000;

    private const double ClockTolerance = 2;

    /// <summary>Reads a log.</summary>
    /// <param name="text">Its content.</param>
    /// <param name="runSeconds">How long the container ran by the engine's clock.</param>
    /// <returns>
    /// The rows, at most <see cref="MostPoints"/> of them with every validation among the first to stay, and why there
    /// are none or fewer; null for nothing to say.
    /// </returns>
    public static (IReadOnlyList<LogPoint> Points, string? Remark) Read(string text, double runSeconds)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        if (lines[0] != Header)
        {
            return ([], $"The log's first line is not \"{Header}\".");
        }

        var points = new List<LogPoint>();
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            if (Point(lines[i].Split(','), points.LastOrDefault(), runSeconds) is not { } point)
            {
                return ([], string.Create(CultureInfo.InvariantCulture, $"Line {i + 1} of the log breaks a rule: five fields, ")
                    + "numbers, steps and seconds that do not fall, no time after the end, DSC from 0 to 1.");
            }

            points.Add(point);
        }

        return points.Count <= MostPoints ? (points, null) : (Thin(points), string.Create(
            CultureInfo.InvariantCulture, $"{MostPoints} of the log's {points.Count} rows are kept."));
    }

    private static LogPoint? Point(string[] fields, LogPoint? last, double runSeconds)
    {
        if (fields.Length != 5
            || !long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            || Number(fields[1]) is not ({ } seconds, true)
            || Number(fields[2]) is not (var loss, true)
            || Number(fields[3]) is not (var rate, true)
            || Number(fields[4]) is not (var dsc, true))
        {
            return null;
        }

        var isSound = seconds >= (last?.Seconds ?? 0) && step >= (last?.Step ?? 0)
            && seconds <= runSeconds + ClockTolerance && dsc is null or (>= 0 and <= 1);
        return isSound ? new LogPoint(step, seconds, loss, rate, dsc) : null;
    }

    /// <summary>A finite number, or nothing; false for anything else.</summary>
    private static (double? Value, bool IsSound) Number(string field) =>
        field.Trim().Length == 0 ? (null, true)
        : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? (number, true)
            : (null, false);

    /// <summary>Rows with a validation before others, evenly over time.</summary>
    private static LogPoint[] Thin(List<LogPoint> points)
    {
        var validated = points.Where(point => point.ValidationDsc is not null).ToList();
        var kept = Spread(validated, MostPoints);
        var others = Spread([.. points.Where(point => point.ValidationDsc is null)], MostPoints - kept.Count);
        return [.. kept.Concat(others).OrderBy(point => point.Step).ThenBy(point => point.Seconds)];
    }

    private static List<LogPoint> Spread(List<LogPoint> points, int most) =>
        points.Count <= most ? points
        : most < 2 ? points.GetRange(0, most)
        : [.. Enumerable.Range(0, most).Select(i => points[(int)((long)i * (points.Count - 1) / (most - 1))])];
}
