namespace Touchstone.Leaderboard.Site;

/// <summary>
/// Which entries a table lists that says more of entries than their places: the first ones, where a page of a large contest
/// would otherwise take seconds to open. The leaderboard itself has all.
/// </summary>
internal static class EntryRows
{
    /// <summary>Entries that such a table lists at most.</summary>
    public const int Most = 30;

    /// <summary>The first entries, in the order given.</summary>
    /// <param name="entries">All of them.</param>
    public static IReadOnlyList<Standing> Of(IReadOnlyList<Standing> entries) => [.. entries.Take(Most)];

    /// <summary>What stands by a table that does not have all entries; nothing by one that has.</summary>
    /// <param name="entries">Entries that there are.</param>
    /// <param name="all">Says where all are, after “All of them are”.</param>
    public static Html Note(int entries, Html all) => entries <= Most ? Html.Empty : Html.Of($"""
        <p class="note">The first {Most} of {entries} entries. All of them are {all}.</p>

        """);
}
