using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Site;

/// <summary>Every entry against every other one.</summary>
internal static class PairwisePage
{
    private static Html All { get; } = Html.Of($"""
        in the figure above, with their numbers in <a href="data/comparisons.csv">comparisons.csv</a>
        """);

    /// <summary>What is under the masthead.</summary>
    public static Html Content(Board board) => Html.Of($"""
        <div class="opening">
        <h1>Who beats whom</h1>
        <p class="lead">Is the row better than the column? One-sided Wilcoxon signed-rank tests on the mean of each
        case, paired by case, over all cases; p after Holm's correction over all pairs of a table. Bold where p is below
        {Show.Signed(board.Standings.Options.Significance, "0.##")}. An asterisk marks a pair in which one of the two
        lacks cases that the other has run; the worst value stands in for them. {Show.Methods(board.Standings.Comparisons)}</p>
        </div>
        {FigureBlock.Of(board, "significance-dsc", "")}
        {FigureBlock.Of(board, "significance-nsd", "")}
        {Matrix(board, Metric.Dsc, "DSC")}
        {Matrix(board, Metric.Nsd, "NSD")}
        """);

    private static Html Matrix(Board board, Metric metric, string name)
    {
        var entries = EntryRows.Of(board.Standings.Entries);
        var pairs = board.Standings.Comparisons.Where(pair => pair.Metric == metric)
            .ToDictionary(pair => (pair.First, pair.Second));
        var isMixed = board.Standings.Comparisons.Any(pair => pair.Test.Method == PMethod.Approximation);
        Column[] columns =
        [
            new("Method", IsNumber: false), .. entries.Select(standing => new Column(standing.Entry.Name)),
        ];
        return Html.Of($"""
            <section aria-labelledby="{name}">
            <h2 id="{name}">{name}</h2>
            {EntryRows.Note(board.Standings.Entries.Count, All)}{DataTable.Make(
                $"Holm-adjusted p of: the row's {name} is greater than the column's{Show.WeightsCaption(board.Standings)}", columns, header: 0,
                entries.Select(row => new Row(
                [
                    Parts.Who(row, ""),
                    .. entries.Select(column => Cell(
                        board, pairs.GetValueOrDefault((row.Entry.Id, column.Entry.Id)), isMixed)),
                ], row.Entry.IsBaseline ? "baseline" : "")))}
            </section>
            """);
    }

    private static Html Cell(Board board, Comparison? pair, bool isMixed)
    {
        if (pair is null)
        {
            return Html.Of($"<span class=\"self\">{Show.Undefined}</span>");
        }

        var text = pair.PHolm is null ? "no difference" : Show.P(pair.PHolm)
            + (isMixed && pair.Test.Method == PMethod.Exact ? " †" : "") + (pair.SameCases ? "" : " *");
        return pair.PHolm < board.Standings.Options.Significance ? Html.Of($"<b class=\"line\">{text}</b>")
            : Html.Of($"<span class=\"line\">{text}</span>");
    }
}
