using System.Globalization;
using System.Text;

namespace Touchstone.Leaderboard;

/// <summary>
/// Writes comma-separated values (RFC 4180, LF). Undefined is an empty field, numbers are round-trip exact. Text that a
/// spreadsheet would run as a formula gets a leading apostrophe, because team names come from outside.
/// </summary>
internal sealed class Csv
{
    private readonly StringBuilder _text = new();
    private bool _isRowStarted;

    /// <summary>Starts a table.</summary>
    /// <param name="header">Names of the columns.</param>
    public Csv(params ReadOnlySpan<string> header)
    {
        foreach (var name in header)
        {
            Add(name);
        }

        EndRow();
    }

    /// <summary>Adds a field of text; null is empty.</summary>
    public Csv Add(string? text) =>
        Raw(text is { Length: > 0 } && "=+-@\t\r".Contains(text[0]) ? "'" + text : text ?? "");

    /// <summary>Adds a field of a number; null is empty.</summary>
    public Csv Add(double? number) => Raw(number?.ToString("R", CultureInfo.InvariantCulture) ?? "");

    /// <summary>Adds a field of true or false.</summary>
    public Csv Add(bool value) => Raw(value ? "true" : "false");

    /// <summary>Ends a row.</summary>
    public void EndRow()
    {
        _text.Append('\n');
        _isRowStarted = false;
    }

    /// <summary>Everything so far.</summary>
    public override string ToString() => _text.ToString();

    private Csv Raw(string field)
    {
        if (_isRowStarted)
        {
            _text.Append(',');
        }

        _isRowStarted = true;
        if (field.AsSpan().ContainsAny(",\"\r\n"))
        {
            _text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            _text.Append(field);
        }

        return this;
    }
}
