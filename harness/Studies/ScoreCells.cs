using System.Globalization;
using Touchstone.Leaderboard;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Studies;

/// <summary>Reads the numbers of one table of scores, and collects what is wrong with them.</summary>
internal sealed class ScoreCells
{
    /// <summary>
    /// How far beyond 0 and 1 a number still is one that single precision rounded (four units in its last place).
    /// </summary>
    public const double Rounding = 5e-7;

    private readonly List<Mistake> _mistakes = [];
    private readonly List<(int Line, string Cell)> _percentages = [];
    private (int Line, string Cell)? _comma;
    private (int Line, string Cell)? _point;

    /// <summary>Everything that is wrong, so far.</summary>
    public IEnumerable<Mistake> Mistakes => [.. _mistakes, .. Percentages(), .. Decimals()];

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">A fraction from 0 to 1 with a decimal point or comma; blank where nothing is annotated.</param>
    /// <param name="line">Its line.</param>
    /// <returns>The score, within [0, 1]; null for a blank cell or one that is none.</returns>
    public double? Read(string cell, int line)
    {
        if (cell.Length == 0)
        {
            return null;
        }

        var isPercent = cell.EndsWith('%');
        var digits = cell.TrimEnd('%', ' ');
        if (digits.Contains(',', StringComparison.Ordinal) && digits.Contains('.', StringComparison.Ordinal)
            || !double.TryParse(
                digits.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number))
        {
            return Wrong(cell, line);
        }

        Note(cell, line);
        if (isPercent || number is > 1 + Rounding and <= 100)
        {
            _percentages.Add((line, cell));
            return null;
        }

        return number is >= -Rounding and <= 1 + Rounding ? Math.Clamp(number, 0, 1) + 0.0 : Wrong(cell, line);
    }

    private double? Wrong(string cell, int line)
    {
        _mistakes.Add(new Mistake(
            line, $"\"{cell}\" is no score: a fraction from 0 to 1 (0 for a case that failed), or blank where nothing is annotated."));
        return null;
    }

    private void Note(string cell, int line)
    {
        if (cell.Contains(',', StringComparison.Ordinal))
        {
            _comma ??= (line, cell);
        }
        else if (cell.Contains('.', StringComparison.Ordinal))
        {
            _point ??= (line, cell);
        }
    }

    private IEnumerable<Mistake> Percentages()
    {
        if (_percentages is [var (line, cell), .. var others])
        {
            var more = others.Count == 0 ? "" : $", and so with {Counted.Of(others.Count, "more cell")}";
            yield return new Mistake(
                line, $"\"{cell}\" is no score: a fraction from 0 to 1 is wanted, so divide percentages by 100{more}.");
        }
    }

    private IEnumerable<Mistake> Decimals()
    {
        if (_comma is { } comma && _point is { } point)
        {
            yield return new Mistake(
                comma.Line, $"\"{comma.Cell}\" has a decimal comma and \"{point.Cell}\" in line {point.Line} a decimal point: use one of them.");
        }
    }
}
