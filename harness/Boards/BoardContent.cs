using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Store;
using Touchstone.Submissions;

namespace Touchstone.Harness.Boards;

/// <summary>
/// What the board of one phase of a challenge is made of. Entries that were taken out and baselines that are not shown
/// are left out here, before anything is ranked, so that they count in nothing.
/// </summary>
/// <param name="Contest">What is expected, and who was taken out.</param>
/// <param name="Results">What was run by those who take part; read from the store, which must stay open.</param>
/// <param name="Imports">What published studies scored.</param>
public sealed record BoardContent(
    Contest Contest, ResultSet Results, IReadOnlyList<ImportedScores> Imports)
{
    /// <summary>Gathers it.</summary>
    /// <param name="rules">The challenge in a phase.</param>
    /// <param name="manifest">Where its datasets are described.</param>
    /// <param name="workspace">Whose entries.</param>
    /// <param name="store">The index of its results, brought up to date.</param>
    /// <exception cref="DatasetAbsentException">A dataset is unknown, or its case list is not on this machine.</exception>
    /// <exception cref="InvalidDataException">
    /// Results contradict each other, the rules, or the reference masks on this machine; or a decision is lost.
    /// </exception>
    public static BoardContent Read(Challenge rules, Manifest manifest, Workspace workspace, ResultStore store)
    {
        var journal = new DecisionJournal(workspace);
        journal.BeginIfAbsent();
        journal.Demand();
        var contest = ContestBuilder.Build(rules, manifest, workspace);
        new BoardCheck(store, contest, workspace).Demand(ContestBuilder.Datasets(rules, manifest, workspace));
        var results = store.Results(contest);
        var imports = store.ReadImports(contest);
        var apart = results.Entries.Concat(imports.Select(import => import.Entry))
            .DistinctBy(entry => entry.Id)
            .Select(entry => (Entry: entry, Decision: EntryDecision.InForce(DecisionFile.ReadAll(workspace, entry.Id))))
            .Where(one => one.Decision is not null)
            .Select(one => Apart(one.Entry, one.Decision!))
            .OrderBy(one => one.Entry, StringComparer.Ordinal)
            .ToList();
        var left = apart.Select(one => one.Entry).ToHashSet(StringComparer.Ordinal);
        bool TakesPart(Entry entry) =>
            !left.Contains(entry.Id) && (!entry.IsBaseline || rules.Baselines.Shows(entry.Id));
        return new BoardContent(
            contest with { SetApart = apart },
            results.OnlyOf(TakesPart),
            [.. imports.Where(import => TakesPart(import.Entry))]);
    }

    /// <summary>Whether there is anybody to name.</summary>
    public bool IsEmpty => Results.Entries.Count + Imports.Count + Contest.SetApart.Count == 0;

    /// <summary>Ranks it.</summary>
    public Board ToBoard() => new(Contest, Results, imports: Imports);

    private static SetApart Apart(Entry entry, EntryDecision decision) => new()
    {
        Entry = entry.Id,
        Team = entry.Team,
        Name = entry.Name,
        Kind = decision.Kind == DecisionKind.Disqualified ? SetApartKind.Disqualified : SetApartKind.Withdrawn,
        Reason = decision.Reason,
        Since = decision.At,
    };
}
