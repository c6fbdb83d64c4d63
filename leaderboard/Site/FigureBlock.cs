using Touchstone.Leaderboard.Charts;

namespace Touchstone.Leaderboard.Site;

/// <summary>
/// A figure in a page: the drawing for light, dark and paper, the numbers behind it as a table, the file to take along,
/// and the option with which a script makes it interactive. It reads without any script.
/// </summary>
internal static class FigureBlock
{
    /// <summary>The block; nothing when the board has no figure of that name.</summary>
    /// <param name="board">The board.</param>
    /// <param name="name">Name of the figure.</param>
    /// <param name="up">The way up from the page to the board's folder.</param>
    public static Html Of(Board board, string name, string up) =>
        board.Figure(name) is { } figure ? Of(figure, board.IsDrawn(figure), up, board.Edition) : Html.Empty;

    /// <summary>The block of a figure.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="isDrawn">Whether there are drawings of it.</param>
    /// <param name="up">The way up from the page to the folder of the drawings.</param>
    /// <param name="edition">The edition to ask for; null where there is only one.</param>
    public static Html Of(Figure figure, bool isDrawn, string up, string? edition = null)
    {
        var columns = figure.Table.Columns.Select(column => new Column(column.Label, column.IsNumber)).ToArray();
        var table = DataTable.Make(
            $"The numbers of “{figure.Title}”", columns, header: 0,
            figure.Table.Rows.Select(row => new Row([.. row.Select(Html.Text)])));
        return Html.Of($"""
            <figure class="figure" id="figure-{figure.Name}">
            <figcaption><b>{figure.Title}</b> <span>{figure.Note}</span></figcaption>
            {(isDrawn ? Drawing(figure, up, edition) : Html.Empty)}<details{Open(isDrawn)}>
            <summary>The numbers behind this figure</summary>
            {table}</details>
            </figure>

            """);
    }

    private static Html Drawing(Figure figure, string up, string? edition)
    {
        var light = FigureFiles.Address(up, figure.Name, isDark: false, edition);
        var dark = FigureFiles.Address(up, figure.Name, isDark: true, edition);
        return Html.Of($"""
            <div class="plot" role="region" tabindex="0" aria-label="{figure.Title}" data-width="{figure.Width}"
              data-height="{figure.Height}">
            <picture>
            <source media="screen and (prefers-color-scheme: dark)" srcset="{dark}">
            <img src="{light}" alt="{figure.Alt}" width="{figure.Width}" height="{figure.Height}"
              loading="lazy">
            </picture>
            <script type="application/json">{Html.Json(figure.Option)}</script>
            </div>
            <p class="take"><a href="{light}" download>Take this figure as SVG</a></p>

            """);
    }

    private static Html Open(bool isDrawn) => isDrawn ? Html.Empty : Html.Of($" open");
}
