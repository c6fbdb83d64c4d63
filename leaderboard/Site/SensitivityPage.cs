namespace Touchstone.Leaderboard.Site;

/// <summary>How much the order depends on how one ranks.</summary>
internal static class SensitivityPage
{
    /// <summary>What is under the masthead.</summary>
    public static Html Content(Board board) => Html.Of($"""
        <div class="opening">
        <h1>How firm are the ranks?</h1>
        <p class="lead">{Show.Ranked(board.Standings)} Here is what other patients, and other ways
        of ranking, would have made of the same scores.</p>
        </div>
        <section aria-labelledby="patients">
        <h2 id="patients">Other patients</h2>
        {FigureBlock.Of(board, "stability", "")}
        </section>
        <section aria-labelledby="schemes">
        <h2 id="schemes">Other ways of ranking</h2>
        {FigureBlock.Of(board, "schemes", "")}
        {Notes(board)}
        </section>
        <section aria-labelledby="agreement">
        <h2 id="agreement">Agreement</h2>
        {Agreement(board)}
        </section>
        """);

    private static Html Notes(Board board)
    {
        var notes = board.Standings.Sensitivity.Schemes.Where(table => table.Note is not null)
            .Select(table => Html.Of($"<div><dt>{Show.Scheme(table)}</dt><dd>{table.Note}</dd></div>\n")).ToArray();
        return notes.Length == 0 ? Html.Empty : Html.Of($"<dl class=\"made\">{notes}</dl>");
    }

    private static Html Agreement(Board board)
    {
        var tables = board.Standings.Sensitivity.Schemes;
        var tau = board.Standings.Sensitivity.KendallTau;
        return DataTable.Make(
            "Kendall's τ-b between the ranks of two schemes: 1 is the same order, 0 is no relation, −1 the reverse",
            [new("Scheme", IsNumber: false), .. tables.Select(table => new Column(Show.Scheme(table)))], header: 0,
            tables.Select((table, i) => new Row(
                [Html.Text(Show.Scheme(table)), .. tau[i].Select(value => Html.Text(Show.Signed(value, "0.00")))])));
    }
}
