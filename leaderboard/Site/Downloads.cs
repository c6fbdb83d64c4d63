namespace Touchstone.Leaderboard.Site;

/// <summary>The files behind the pages.</summary>
internal static class Downloads
{
    /// <summary>All files of a board, in the folder <c>data</c>.</summary>
    public static IEnumerable<SiteFile> Of(Board board) =>
    [
        new("data/standings.json", RankJson.Write(board.Standings)),
        SiteFile.OfText("data/standings.csv", ScoresCsv.Standings(board.Standings)),
        SiteFile.OfText("data/entries.csv", ScoresCsv.Entries(board.Standings)),
        SiteFile.OfText("data/gaps.csv", ScoresCsv.Gaps(board.Standings)),
        SiteFile.OfText("data/comparisons.csv", ScoresCsv.Comparisons(board.Standings)),
        SiteFile.OfText("data/subgroups.csv", ScoresCsv.Subgroups(board.Standings)),
        SiteFile.OfText("data/schemes.csv", ScoresCsv.Schemes(board.Standings)),
        SiteFile.OfText("data/table.tex", LatexTable.Write(board.Contest, board.Standings)),
        SiteFile.OfText("data/scores.csv", ScoresCsv.Scores(board.Contest, board.Scores)),
        SiteFile.OfText("data/cases.csv", ScoresCsv.Cases(board.Scores)),
        new("data/results.json", PublicResultsJson.Write(board.Contest, board.Scores)),
    ];
}
