namespace Touchstone.Leaderboard.Site;

/// <summary>
/// The figures of a site as the renderer drew them, with the library that makes them interactive. Without it pages show
/// the numbers behind each figure as a table.
/// </summary>
public sealed record Drawings
{
    /// <summary>No figure is drawn.</summary>
    public static Drawings None { get; } = new() { Svgs = new Dictionary<string, string>(), Library = null };

    /// <summary>SVG by path within the site, as <see cref="FigureFiles"/> names them.</summary>
    public required IReadOnlyDictionary<string, string> Svgs { get; init; }

    /// <summary>The minified library of Apache ECharts; null leaves figures still.</summary>
    public required ReadOnlyMemory<byte>? Library { get; init; }
}

/// <summary>Where the drawings of figures lie.</summary>
public static class FigureFiles
{
    /// <summary>Path of the library within the site.</summary>
    public const string Library = "lib/echarts.min.js";

    /// <summary>Folder of the drawings within a board's folder, with its slash.</summary>
    public const string Folder = "figures/";

    /// <summary>Parameter of a drawing's address that names the edition it is wanted of.</summary>
    public const string EditionParameter = "edition";

    /// <summary>Path of a drawing within a board's folder.</summary>
    /// <param name="name">Name of the figure.</param>
    /// <param name="isDark">Whether for dark surroundings.</param>
    public static string Path(string name, bool isDark = false) => $"{Folder}{name}{(isDark ? ".dark" : "")}.svg";

    /// <summary>The address by which a page asks for a drawing.</summary>
    /// <param name="up">The way up from the page to the board's folder.</param>
    /// <param name="name">Name of the figure.</param>
    /// <param name="isDark">Whether for dark surroundings.</param>
    /// <param name="edition">As in <see cref="Surroundings"/>; null for a site that stands by itself.</param>
    internal static string Address(string up, string name, bool isDark, string? edition) =>
        up + Path(name, isDark) + (edition is null ? "" : $"?{EditionParameter}={edition}");
}
