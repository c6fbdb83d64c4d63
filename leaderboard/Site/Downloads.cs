using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Site;

/// <summary>The files behind the pages.</summary>
internal static class Downloads
{
    /// <summary>All files of a board, in the folder <c>data</c>; the long ones are written row by row.</summary>
    public static IEnumerable<SiteFile> Of(Board board)
    {
        var (standings, scores) = (board.Standings, board.Scores);
        var results = ResultSet.Of(board.Bundled.Results);
        return
        [
            new("data/standings.json", stream => RankJson.Write(stream, standings)),
            SiteFile.OfText("data/standings.csv", () => ScoresCsv.Standings(standings)),
            SiteFile.OfText("data/entries.csv", () => ScoresCsv.Entries(standings)),
            SiteFile.OfText("data/gaps.csv", () => ScoresCsv.Gaps(standings)),
            Csv.File("data/comparisons.csv", text => ScoresCsv.WriteComparisons(text, standings)),
            SiteFile.OfText("data/subgroups.csv", () => ScoresCsv.Subgroups(standings)),
            SiteFile.OfText("data/schemes.csv", () => ScoresCsv.Schemes(standings)),
            SiteFile.OfText("data/table.tex", () => LatexTable.Write(board.Contest, standings)),
            Csv.File("data/scores.csv", text => ScoresCsv.WriteScores(text, scores, results)),
            Csv.File("data/cases.csv", text => ScoresCsv.WriteCases(text, scores)),
            new("data/results.json", stream => PublicResultsJson.Write(stream, scores, results)),
        ];
    }
}
