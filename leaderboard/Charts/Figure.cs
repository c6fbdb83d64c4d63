using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Touchstone.Leaderboard.Charts;

/// <summary>
/// One chart, defined once for screen and paper: an option of Apache ECharts as JSON, in which colours are names of the
/// palettes in <c>web/figures.js</c> (<c>$ink</c>) and functions are names too (<c>@tip</c>). The page draws it
/// interactively, and the renderer draws the same option as SVG.
/// </summary>
public sealed record Figure
{
    private static readonly JsonSerializerOptions Compact = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // Named here because the executable switches it off elsewhere: options are anonymous objects.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>File name without extension, unique on a board: letters, digits, dots, dashes, underscores.</summary>
    public required string Name { get; init; }

    /// <summary>Heading for readers.</summary>
    public required string Title { get; init; }

    /// <summary>How to read it: what is drawn, units, intervals.</summary>
    public required string Note { get; init; }

    /// <summary>What it shows, in words, for those who do not see it.</summary>
    public required string Alt { get; init; }

    /// <summary>Width in CSS pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in CSS pixels.</summary>
    public required int Height { get; init; }

    /// <summary>
    /// The option as JSON, safe inside a <c>script</c> element: <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> are escaped.
    /// </summary>
    public required string Option { get; init; }

    /// <summary>The numbers behind it.</summary>
    public required FigureTable Table { get; init; }

    /// <summary>An option as JSON. Members that are null are left out; elements of lists that are null stay.</summary>
    /// <param name="option">Anonymous objects, arrays, numbers, text.</param>
    internal static string Json(object option) => JsonSerializer.Serialize(option, Compact);
}

/// <summary>The numbers behind a figure, written for readers.</summary>
/// <param name="Columns">Heading of each column, and whether it holds numbers; the first one names the row.</param>
/// <param name="Rows">One text per column.</param>
public sealed record FigureTable(
    IReadOnlyList<(string Label, bool IsNumber)> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>What figures call an entry, and how it is marked.</summary>
/// <param name="Name">For readers.</param>
/// <param name="Kind">Participant, baseline or reported.</param>
internal sealed record Label(string Name, LabelKind Kind = LabelKind.Participant)
{
    /// <summary>The name on an axis: baselines are marked in words, not by colour alone.</summary>
    public string OnAxis => Kind switch
    {
        LabelKind.Baseline => Name + " (baseline)",
        LabelKind.Reported => Name + " (reported)",
        LabelKind.Participant => Name,
    };
}

/// <summary>What an entry is.</summary>
internal enum LabelKind
{
    /// <summary>Ranked.</summary>
    Participant,

    /// <summary>The organisers' own.</summary>
    Baseline,

    /// <summary>From a publication, not measured here.</summary>
    Reported,
}
