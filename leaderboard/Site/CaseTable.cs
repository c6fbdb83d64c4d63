using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Site;

/// <summary>How each case of a submission ended. Hidden cases go by their pseudonyms.</summary>
internal static class CaseTable
{
    private static readonly Column[] Columns =
    [
        new("Case", IsNumber: false), new("Dataset", IsNumber: false), new("Distribution", IsNumber: false),
        new("Ending", IsNumber: false), new("DSC %"), new("NSD %"), new("Seconds"), new("Peak memory"),
    ];

    /// <summary>The table: every case in the contest's order, or the hardest of very many.</summary>
    public static Html Make(Board board, Standing standing)
    {
        var (entry, cases) = (board.EntryIndex(standing), board.Scores.Cases);
        var shown = CaseRows.Of([.. cases.Select(one => one.Index)], c => board.Scores.CaseMean(entry, Metric.Dsc, c));
        return Html.Join(CaseRows.Note(cases.Count, "../"), DataTable.Make(
            "Means over the structures of each case" + Show.WeightsCaption(board.Standings), Columns, header: 0,
            shown.Select(c => Line(
                board, entry, c, cases[c], board.Scores.Result(standing.Entry, cases[c]), board.CasePage(standing, cases[c])))));
    }

    private static Row Line(
        Board board, int entry, int caseIndex, ExpectedCase one, CaseResult? result, string? page) => new(
        [
            page is null ? Html.Text(one.ShownName) : Html.Of($"<a href=\"../{page}\">{one.ShownName}</a>"),
            Html.Of($"<a href=\"../{Links.Dataset(one.Dataset.Id)}\">{one.Dataset.Title}</a>"),
            Html.Text(one.Case.IsInDistribution ? "IID" : "OOD"),
            Html.Join(
                Ended(result, board.Scores.HasArrived(board.Scores.Entries[entry], one)),
                board.Scores.IsStale(board.Scores.Entries[entry], one)
                    ? Html.Of($" <span class=\"tag bad\">reference {result?.Reference?.Version ?? 1}, stale</span>") : Html.Empty),
            Html.Text(Show.Percent(board.Scores.CaseMean(entry, Metric.Dsc, caseIndex))),
            Html.Text(Show.Percent(board.Scores.CaseMean(entry, Metric.Nsd, caseIndex))),
            Html.Text(Show.Seconds(result is null ? null : Runs.CountedSeconds(result))),
            Html.Text(Show.Bytes(result?.Timing.PeakMemoryBytes)),
        ],
        board.Scores.IsScored(board.Scores.Entries[entry], one) ? "" : "bad");

    private static Html Ended(CaseResult? result, bool hasArrived) => result switch
    {
        null when hasArrived => Html.Of($"imported"),
        null => Html.Of($"<span class=\"tag bad\">no result</span>"),
        { Ending: Ending.Completed } => Html.Of($"{Show.Ending(result.Ending)}"),
        _ => Html.Of($"""
            <span class="tag bad">{Show.Ending(result.Ending)}</span> <span class="detail">{result.EndingDetail}</span>
            """),
    };
}
