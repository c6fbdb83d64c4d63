namespace Touchstone.Leaderboard.Charts;

/// <summary>
/// Limits and ticks of an axis, always from the data: a point beyond a limit would vanish without a word.
/// </summary>
/// <param name="Low">Lower limit, not above any value.</param>
/// <param name="High">Upper limit, not below any value.</param>
/// <param name="Step">Distance of ticks.</param>
internal readonly record struct AxisRange(double Low, double High, double Step)
{
    /// <summary>The tightest limits in round steps around all values, with four to eleven ticks.</summary>
    /// <param name="values">Finite values; none gives 0 to 1.</param>
    public static AxisRange Around(IEnumerable<double> values)
    {
        var all = values.ToArray();
        if (all.Length == 0)
        {
            return new AxisRange(0, 1, 0.2);
        }

        var (low, high) = (all.Min(), all.Max());
        if (high - low < 1e-9)
        {
            (low, high) = (low - 0.5, high + 0.5);
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10((high - low) / 4)));
        var step = new[] { 1.0, 2, 5, 10 }.Select(factor => factor * power).First(one => (high - low) / one <= 8);
        return new AxisRange(Floor(low, step), -Floor(-high, step), step);
    }

    /// <summary>
    /// Limits of a logarithmic axis around all values: powers of two where the values are within a factor of 64,
    /// else of ten. The step is the base.
    /// </summary>
    /// <param name="values">Positive values; none gives 1 to 2.</param>
    public static AxisRange Powers(IEnumerable<double> values)
    {
        var all = values.DefaultIfEmpty(1).ToArray();
        var power = all.Max() / all.Min() <= 64 ? 2 : 10;
        var low = Math.Floor(Math.Log(all.Min(), power) + 1e-9);
        var high = Math.Ceiling(Math.Log(all.Max(), power) - 1e-9);
        return new AxisRange(Math.Pow(power, low), Math.Pow(power, Math.Max(high, low + 1)), power);
    }

    /// <summary>Name of the format that writes every tick with the same number of decimals.</summary>
    public string Format => $"@{(int)Math.Clamp(-Math.Floor(Math.Log10(Step) + 1e-9), 0, 3)}";

    // Multiples of the step, without the dust of binary fractions (0.30000000000000004).
    private static double Floor(double value, double step) => Math.Round(Math.Floor(value / step + 1e-9) * step, 9);
}
