namespace Touchstone.Leaderboard.Site;

/// <summary>The cases of an entry that readers may look into, worst first.</summary>
internal static class WorstCases
{
    /// <summary>The cases with the path of the entry's page and its mean DSC.</summary>
    public static IReadOnlyList<(ExpectedCase Case, string Path, double? Dsc)> Of(Board board, Standing standing)
    {
        var entry = board.EntryIndex(standing);
        return
        [
            .. Enumerable.Range(0, board.Scores.Cases.Count)
                .Select(c => (Case: board.Scores.Cases[c], Path: board.CasePage(standing, board.Scores.Cases[c]),
                    Dsc: board.Scores.CaseMean(entry, Metric.Dsc, c)))
                .Where(page => page.Path is not null)
                .OrderBy(page => page.Dsc ?? 2)
                .Select(page => (page.Case, page.Path!, page.Dsc)),
        ];
    }

    /// <summary>A section with a link to each; nothing when there is none.</summary>
    /// <param name="board">The board.</param>
    /// <param name="standing">The entry.</param>
    /// <param name="up">The way up from the page to the board's folder.</param>
    public static Html Section(Board board, Standing standing, string up)
    {
        var pages = Of(board, standing);
        return pages.Count == 0 ? Html.Empty : Html.Of($"""
            <section aria-labelledby="look">
            <h2 id="look">Look at the worst cases</h2>
            <p class="note">CT with reference and prediction side by side, worst case first, with its DSC in percent. Only cases
            that may be shown to everybody.{Show.WeightsSentence(board.Standings)}</p>
            <ul class="chips">
            {pages.Select(page => Html.Of(
                $"<li><a href=\"{up}{page.Path}\">{page.Case.ShownName} <b>{Show.Percent(page.Dsc)}</b></a></li>\n"))}</ul>
            </section>

            """);
    }
}
