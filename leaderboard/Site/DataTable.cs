namespace Touchstone.Leaderboard.Site;

/// <summary>A column of a table.</summary>
/// <param name="Label">Heading, also shown beside each value on narrow screens.</param>
/// <param name="IsNumber">Numbers stand right-aligned with digits of equal width.</param>
internal sealed record Column(string Label, bool IsNumber = true);

/// <summary>A row of a table.</summary>
/// <param name="Cells">One per column.</param>
/// <param name="Class">Style classes, such as <c>baseline</c>.</param>
internal sealed record Row(IReadOnlyList<Html> Cells, string Class = "");

/// <summary>
/// Makes every table of the site alike: a caption, scoped headers, and roles that survive the narrow layout, in which
/// CSS turns rows into cards and browsers would otherwise forget that this is a table.
/// </summary>
internal static class DataTable
{
    /// <summary>A table.</summary>
    /// <param name="caption">What it shows, with units.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="header">Position of the column that names the row.</param>
    /// <param name="rows">The rows; a table without any says so.</param>
    /// <exception cref="ArgumentException">A row has another number of cells than there are columns.</exception>
    public static Html Make(string caption, IReadOnlyList<Column> columns, int header, IEnumerable<Row> rows)
    {
        var body = rows.Select(row => Body(row, columns, header)).ToArray();
        return body.Length == 0
            ? Html.Of($"<p class=\"none\">{caption}: nothing to show yet.</p>\n")
            : Html.Of($"""
                <div class="scroll" role="region" tabindex="0" aria-label="{caption}">
                <table role="table">
                <caption>{caption}</caption>
                <thead role="rowgroup"><tr role="row">
                {columns.Select(Head)}</tr></thead>
                <tbody role="rowgroup">
                {body}</tbody>
                </table>
                </div>

                """);
    }

    private static Html Head(Column column) =>
        Html.Of($"<th scope=\"col\" role=\"columnheader\" class=\"{Kind(column)}\">{column.Label}</th>\n");

    private static Html Body(Row row, IReadOnlyList<Column> columns, int header)
    {
        if (row.Cells.Count != columns.Count)
        {
            throw new ArgumentException($"{row.Cells.Count} cells for {columns.Count} columns.", nameof(row));
        }

        var cells = row.Cells.Select((cell, i) => i == header
            ? Html.Of($"<th scope=\"row\" role=\"rowheader\" class=\"{Kind(columns[i])}\">{cell}</th>\n")
            : Html.Of($"""
                <td role="cell" class="{Kind(columns[i])}" data-label="{columns[i].Label}"><div>{cell}</div></td>

                """));
        return Html.Of($"<tr role=\"row\" class=\"{row.Class}\">\n{cells}</tr>\n");
    }

    private static string Kind(Column column) => column.IsNumber ? "number" : "text";
}
