using System.Buffers;
using System.Globalization;
using System.Text;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard;

/// <summary>
/// Writes comma-separated values (RFC 4180, LF). Undefined is an empty field, numbers are round-trip exact. Text that a
/// spreadsheet would run as a formula gets a leading apostrophe, because team names come from outside.
/// </summary>
internal sealed class Csv
{
    private const int BufferBytes = 1 << 16;

    // Each also full-width and small; and the minus of mathematics, which spreadsheets take for a hyphen.
    private const string FormulaSigns = "=+-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B\u2212";

    // Beside what the standard asks for, what spreadsheets of other countries part cells by.
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\t\"\r\n");

    private readonly TextWriter _text;
    private bool _isRowStarted;

    /// <summary>Starts a table.</summary>
    /// <param name="text">Where it goes, as it is written.</param>
    /// <param name="header">Names of the columns.</param>
    public Csv(TextWriter text, params ReadOnlySpan<string> header)
    {
        _text = text;
        foreach (var name in header)
        {
            Add(name);
        }

        EndRow();
    }

    /// <summary>A table in memory.</summary>
    /// <param name="write">Writes it.</param>
    public static string Text(Action<TextWriter> write)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        write(text);
        return text.ToString();
    }

    /// <summary>A table as a file of a site, written row by row in UTF-8.</summary>
    /// <param name="path">Relative to the site's root.</param>
    /// <param name="write">Writes it.</param>
    public static SiteFile File(string path, Action<TextWriter> write) => new(path, stream =>
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), BufferBytes, leaveOpen: true);
        write(text);
    });

    /// <summary>Adds a field of text; null is empty.</summary>
    public Csv Add(string? text) => Raw(IsFormula(text ?? "") ? "'" + text : text ?? "");

    /// <summary>Adds a field of a number; null is empty.</summary>
    public Csv Add(double? number) => Raw(number?.ToString("R", CultureInfo.InvariantCulture) ?? "");

    /// <summary>Adds a field of true or false.</summary>
    public Csv Add(bool value) => Raw(value ? "true" : "false");

    /// <summary>Ends a row.</summary>
    public void EndRow()
    {
        _text.Write('\n');
        _isRowStarted = false;
    }

    /// <summary>
    /// Whether a spreadsheet may run it: by its first sign that is seen, in any of its widths. Programs differ in what
    /// they pass over before it.
    /// </summary>
    private static bool IsFormula(string text)
    {
        if (text.Length > 0 && text[0] is '\t' or '\r' or '\n')
        {
            return true;
        }

        foreach (var sign in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(sign) && !UnseenSign.Is(sign))
            {
                return sign.IsBmp && FormulaSigns.Contains((char)sign.Value);
            }
        }

        return false;
    }

    private Csv Raw(string field)
    {
        if (_isRowStarted)
        {
            _text.Write(',');
        }

        _isRowStarted = true;
        if (field.AsSpan().ContainsAny(Quoted))
        {
            _text.Write('"');
            _text.Write(field.Replace("\"", "\"\"", StringComparison.Ordinal));
            _text.Write('"');
        }
        else
        {
            _text.Write(field);
        }

        return this;
    }
}
