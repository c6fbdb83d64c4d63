namespace Touchstone.Leaderboard.Site;

/// <summary>
/// Which cases a page lists. Browsers take most of a second over a thousand rows, so a page of a large contest has the
/// hardest cases, says so, and leads to the files that have all of them.
/// </summary>
internal static class CaseRows
{
    /// <summary>Cases that a page lists at most.</summary>
    public const int Most = 500;

    /// <summary>All cases in the order given; of more than <see cref="Most"/> those, hardest first.</summary>
    /// <param name="cases">Positions of the cases.</param>
    /// <param name="dscOf">Mean DSC of a case; null where it is undefined, which stands last.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<int> cases, Func<int, double?> dscOf) => cases.Count <= Most
        ? cases : [.. cases.OrderBy(c => dscOf(c) ?? 2).Take(Most)];

    /// <summary>What stands above a table that does not have all cases; nothing above one that has.</summary>
    /// <param name="cases">Cases that there are.</param>
    /// <param name="up">The way up from the page to the board's folder.</param>
    public static Html Note(int cases, string up) => cases <= Most ? Html.Empty : Html.Of($"""
        <p class="note">The {Most} cases with the lowest mean DSC out of {cases}, lowest first. Every case is in
        <a href="{up}data/cases.csv">cases.csv</a> and, structure by structure, in <a href="{up}data/scores.csv">scores.csv</a>.</p>

        """);
}
