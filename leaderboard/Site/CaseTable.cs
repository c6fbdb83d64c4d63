using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Site;

/// <summary>How each case of a submission ended. Hidden cases go by their pseudonyms.</summary>
internal static class CaseTable
{
    private static readonly Column[] Columns =
    [
        new("Case", IsNumber: false), new("Dataset", IsNumber: false), new("Distribution", IsNumber: false),
        new("Ending", IsNumber: false), new("DSC %"), new("NSD %"), new("Seconds"), new("Peak memory"),
    ];

    /// <summary>The table, in the contest's order.</summary>
    public static Html Make(Board board, Standing standing)
    {
        var entry = board.Scores.Entries.ToList().FindIndex(one => one.Id == standing.Entry.Id);
        return DataTable.Make(
            "Means over the structures of each case", Columns, header: 0,
            board.CasesOf(standing).Select((pair, c) => Line(board, entry, c, pair.Case, pair.Result)));
    }

    private static Row Line(Board board, int entry, int caseIndex, ExpectedCase one, CaseResult? result) => new(
        [
            Html.Text(one.ShownName),
            Html.Of($"<a href=\"../{Links.Dataset(one.Dataset.Id)}\">{one.Dataset.Title}</a>"),
            Html.Text(one.Case.IsInDistribution ? "IID" : "OOD"),
            Html.Join(
                Ended(result, board.Scores.HasArrived(board.Scores.Entries[entry], one)),
                board.Scores.IsStale(board.Scores.Entries[entry], one)
                    ? Html.Of($" <span class=\"tag bad\">reference {result?.Reference?.Version ?? 1}, stale</span>") : Html.Empty),
            Html.Text(Show.Percent(Mean(board, entry, caseIndex, Metric.Dsc))),
            Html.Text(Show.Percent(Mean(board, entry, caseIndex, Metric.Nsd))),
            Html.Text(Show.Seconds(result is null ? null : Runs.CountedSeconds(result))),
            Html.Text(Show.Bytes(result?.Timing.PeakMemoryBytes)),
        ],
        board.Scores.IsScored(board.Scores.Entries[entry], one) ? "" : "bad");

    private static Html Ended(CaseResult? result, bool hasArrived) => result switch
    {
        null when hasArrived => Html.Of($"imported"),
        null => Html.Of($"<span class=\"tag bad\">not run</span>"),
        { Ending: Ending.Completed } => Html.Of($"{Show.Ending(result.Ending)}"),
        _ => Html.Of($"""
            <span class="tag bad">{Show.Ending(result.Ending)}</span> <span class="detail">{result.EndingDetail}</span>
            """),
    };

    private static double? Mean(Board board, int entry, int caseIndex, Metric metric) => Describe.Mean([..
        Enumerable.Range(0, board.Scores.Structures.Count)
            .Select(structure => board.Scores.Value(entry, metric, structure, caseIndex)).OfType<double>()]);
}
