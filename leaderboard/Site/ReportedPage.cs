using Touchstone.Leaderboard.Reported;

namespace Touchstone.Leaderboard.Site;

/// <summary>What publications report on the same datasets: never measured here, never ranked with the rest.</summary>
internal static class ReportedPage
{
    private static readonly Column[] Columns =
    [
        new("Method", IsNumber: false), new("Group", IsNumber: false), new("Trained on", IsNumber: false),
        new("Dataset", IsNumber: false), new("Target", IsNumber: false), new("Metric", IsNumber: false), new("Mean"),
        new("s.d."), new("Significance", IsNumber: false),
    ];

    /// <summary>What is under the masthead.</summary>
    public static Html Content(Board board) => Html.Of($"""
        <div class="opening">
        <p class="kicker">Reported</p>
        <h1>What publications report</h1>
        <p class="lead">Numbers of others on the datasets of this board, as printed, with their source. Nothing here was
        measured by Touchstone, and nothing of it is in any rank.</p>
        </div>
        {ReportedTables.For(board.Contest).Select(Section)}
        """);

    private static Html Section(ReportedTable table) => Html.Of($"""
        <section aria-labelledby="{table.Id}">
        <h2 id="{table.Id}">{table.Title}</h2>
        {DataTable.Make($"Source: {table.Source}{(table.IsPercent ? "; in percent" : "")}", Columns, header: 0,
            table.Rows.Select(row => new Row(
            [
                Html.Text(row.Method), Html.Text(row.Group ?? Show.Undefined), Html.Text(row.Training ?? Show.Undefined),
                Html.Text(row.Dataset), Html.Text(Show.Structure(row.Target)), Html.Text(row.Metric.ToUpperInvariant()),
                Html.Text(Show.Signed(row.Mean, "0.0##")), Html.Text(Show.Signed(row.Sd, "0.0##")),
                Html.Text(row.Stars ?? Show.Undefined),
            ], "reported")))}
        </section>

        """);
}
