using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Touchstone.Leaderboard.Site;

/// <summary>
/// A piece of HTML. The only ways to make one encode everything that comes from outside, so that no name of a team,
/// case or machine can become markup; attribute values must stand in double quotes.
/// </summary>
public readonly struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    /// <summary>Nothing.</summary>
    public static Html Empty { get; }

    /// <summary>
    /// Markup written in the source, with encoded holes: <c>Html.Of($"&lt;b&gt;{team}&lt;/b&gt;")</c>.
    /// </summary>
    /// <param name="template">An interpolated string. Holes of type <see cref="Html"/> go in as they are.</param>
    public static Html Of(HtmlTemplate template) => new(template.Finish());

    /// <summary>Text without any markup.</summary>
    /// <param name="text">Anything; null is nothing.</param>
    public static Html Text(string? text) => new(HtmlTemplate.Encoder.Encode(text ?? ""));

    /// <summary>JSON for a <c>script</c> element that is data and never runs.</summary>
    /// <param name="json">Written with <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> escaped.</param>
    /// <exception cref="ArgumentException">It holds one of them, and could end the element.</exception>
    internal static Html Json(string json) => json.AsSpan().ContainsAny('<', '>', '&')
        ? throw new ArgumentException("JSON in a page must have its angle brackets escaped.", nameof(json))
        : new Html(json);

    /// <summary>Pieces one after the other.</summary>
    /// <param name="pieces">The pieces.</param>
    public static Html Join(params IEnumerable<Html> pieces) =>
        new(string.Concat(pieces.Select(piece => piece.ToString())));

    /// <summary>The markup.</summary>
    public override string ToString() => _text ?? "";
}

/// <summary>Collects an interpolated string as HTML: its literal parts as they are, its holes encoded.</summary>
[InterpolatedStringHandler]
public readonly ref struct HtmlTemplate
{
    /// <summary>
    /// Leaves letters of every script readable and encodes <c>&lt; &gt; &amp; " ' +</c> and control characters.
    /// </summary>
    internal static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _html;

    /// <summary>Starts; called by the compiler.</summary>
    /// <param name="literalLength">Characters of the literal parts.</param>
    /// <param name="formattedCount">Number of holes.</param>
    public HtmlTemplate(int literalLength, int formattedCount) =>
        _html = new StringBuilder(literalLength + formattedCount * 16);

    /// <summary>Adds a part that stands in the source.</summary>
    /// <param name="literal">The part.</param>
    public void AppendLiteral(string literal) => _html.Append(literal);

    /// <summary>Adds a piece that is HTML already.</summary>
    /// <param name="html">The piece.</param>
    public void AppendFormatted(Html html) => _html.Append(html.ToString());

    /// <summary>Adds pieces that are HTML already.</summary>
    /// <param name="pieces">The pieces.</param>
    public void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (var piece in pieces)
        {
            _html.Append(piece.ToString());
        }
    }

    /// <summary>Adds text, encoded.</summary>
    /// <param name="text">The text; null is nothing.</param>
    public void AppendFormatted(string? text) => _html.Append(Encoder.Encode(text ?? ""));

    /// <summary>Adds a whole number.</summary>
    /// <param name="number">The number.</param>
    public void AppendFormatted(int number) => _html.Append(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a coordinate or a length, to a tenth.</summary>
    /// <param name="number">The number.</param>
    public void AppendFormatted(double number) => _html.Append(number.ToString("0.#", CultureInfo.InvariantCulture));

    internal string Finish() => _html.ToString();
}
