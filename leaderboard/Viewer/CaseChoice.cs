using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Viewer;

/// <summary>A case worth looking into.</summary>
/// <param name="Dataset">Id of its dataset.</param>
/// <param name="Case">Its id.</param>
/// <param name="Results">What was run on it and left a valid prediction, by id of the entry.</param>
public sealed record CaseChoice(string Dataset, string Case, IReadOnlyList<CaseResult> Results)
{
    /// <summary>How many of its own worst cases every entry adds to the hardest ones.</summary>
    public const int WorstOfEachEntry = 2;

    /// <summary>
    /// The cases of a dataset on which entries are worst, by mean DSC over structures and entries, and those on
    /// which each single entry is worst; hardest first. Only cases with a valid prediction of a run count.
    /// </summary>
    /// <param name="board">The board.</param>
    /// <param name="dataset">Id of a public dataset.</param>
    /// <param name="most">How many of the hardest ones; 0 gives none at all.</param>
    public static IReadOnlyList<CaseChoice> Hardest(Board board, string dataset, int most)
    {
        var scores = board.Scores;
        var open = Enumerable.Range(0, scores.Cases.Count)
            .Where(c => scores.Cases[c].Dataset is { IsPublic: true } one && one.Id == dataset && Completed(c).Length > 0)
            .OrderBy(c => scores.CaseMean(Metric.Dsc, c) ?? 2).ThenBy(c => scores.Cases[c].Case.Id, StringComparer.Ordinal)
            .ToArray();
        var chosen = open.Take(most).ToHashSet();
        for (var e = 0; e < scores.Entries.Count && most > 0; e++)
        {
            chosen.UnionWith(open.Where(c => scores.Result(scores.Entries[e], scores.Cases[c]) is { Ending: Ending.Completed })
                .OrderBy(c => scores.CaseMean(e, Metric.Dsc, c) ?? 2).Take(WorstOfEachEntry));
        }

        var whole = board.ReadWhole(one => chosen.Contains(one.Index));
        return
        [
            .. open.Where(chosen.Contains).Select(c => new CaseChoice(
                dataset, scores.Cases[c].Case.Id, [.. Completed(c).Select(result => whole[(result.Entry.Id, c)])])),
        ];

        CaseResult[] Completed(int c) =>
        [
            .. scores.Entries.Select(entry => scores.Result(entry, scores.Cases[c]))
                .OfType<CaseResult>().Where(result => result.Ending == Ending.Completed),
        ];
    }
}
