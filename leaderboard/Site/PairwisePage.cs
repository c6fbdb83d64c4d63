namespace Touchstone.Leaderboard.Site;

/// <summary>Every entry against every other one.</summary>
internal static class PairwisePage
{
    /// <summary>Entries that a table of all pairs has at most; browsers take seconds over a hundred by a hundred.</summary>
    public const int Most = 30;

    /// <summary>What is under the masthead.</summary>
    public static Html Content(Board board) => Html.Of($"""
        <div class="opening">
        <h1>Who beats whom</h1>
        <p class="lead">Is the row better than the column? One-sided Wilcoxon signed-rank tests on the mean of each
        case, paired by case, over all cases; p after Holm's correction over all pairs of a table. Bold where p is below
        {Show.Signed(board.Standings.Options.Significance, "0.##")}. An asterisk marks a pair in which one of the two
        lacks cases that the other has run; the worst value stands in for them.</p>
        </div>
        {FigureBlock.Of(board, "significance-dsc", "")}
        {FigureBlock.Of(board, "significance-nsd", "")}
        {Matrix(board, Metric.Dsc, "DSC")}
        {Matrix(board, Metric.Nsd, "NSD")}
        """);

    private static Html Matrix(Board board, Metric metric, string name)
    {
        var entries = board.Standings.Entries.Take(Most).ToArray();
        var pairs = board.Standings.Comparisons.Where(pair => pair.Metric == metric)
            .ToDictionary(pair => (pair.First, pair.Second));
        Column[] columns =
        [
            new("Method", IsNumber: false), .. entries.Select(standing => new Column(standing.Entry.Name)),
        ];
        return Html.Of($"""
            <section aria-labelledby="{name}">
            <h2 id="{name}">{name}</h2>
            {Note(board.Standings.Entries.Count)}{DataTable.Make(
                $"Holm-adjusted p of: the row's {name} is greater than the column's", columns, header: 0,
                entries.Select(row => new Row(
                [
                    Parts.Who(row, ""),
                    .. entries.Select(column => Cell(
                        board, pairs.GetValueOrDefault((row.Entry.Id, column.Entry.Id)))),
                ], row.Entry.IsBaseline ? "baseline" : "")))}
            </section>
            """);
    }

    private static Html Note(int entries) => entries <= Most ? Html.Empty : Html.Of($"""
        <p class="note">The first {Most} of {entries} entries. Every pair is in <a href="data/comparisons.csv">comparisons.csv</a>
        and in the figure above.</p>

        """);

    private static Html Cell(Board board, Comparison? pair)
    {
        if (pair is null)
        {
            return Html.Of($"<span class=\"self\">{Show.Undefined}</span>");
        }

        var text = Show.P(pair.PHolm) + (pair.SameCases ? "" : " *");
        return pair.PHolm < board.Standings.Options.Significance ? Html.Of($"<b class=\"line\">{text}</b>")
            : Html.Of($"<span class=\"line\">{text}</span>");
    }
}
