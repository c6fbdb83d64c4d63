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

    /// <summary>Path of a drawing within a board's folder.</summary>
    /// <param name="name">Name of the figure.</param>
    /// <param name="isDark">Whether for dark surroundings.</param>
    public static string Path(string name, bool isDark = false) => $"figures/{name}{(isDark ? ".dark" : "")}.svg";
}
