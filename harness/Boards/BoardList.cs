using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Store;
using Touchstone.Submissions;

namespace Touchstone.Harness.Boards;

/// <summary>The boards of a workspace: one for each phase of a challenge that somebody has entered.</summary>
public static class BoardList
{
    /// <summary>Every phase that somebody has entered, in the order of first arrival and of the challenge's phases.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="challenges">Ids or files of challenges; empty for all.</param>
    public static IReadOnlyList<Challenge> Entered(Workspace workspace, IReadOnlyList<string> challenges)
    {
        var entered = SubmissionFile.ReadAll(workspace).Select(one => (one.Challenge, one.Phase))
            .Concat(ImportFile.FindAll(workspace).Select(path => ImportFile.Read(path).Entry)
                .Select(entry => (entry.Challenge, Phase: entry.Phase ?? ChallengePhase.Test)))
            .Distinct().ToList();
        var named = challenges.Count > 0 ? challenges : [.. entered.Select(one => one.Challenge).Distinct()];
        return
        [
            .. named.Select(text => ChallengeRules.Find(workspace, text)).SelectMany(rules => rules.Phases
                .Where(phase => entered.Contains((rules.Id, phase.Name)))
                .Select(phase => rules.In(phase.Name))),
        ];
    }

    /// <summary>Whether everybody may see the board of a phase now.</summary>
    /// <param name="workspace">Where releases are kept.</param>
    /// <param name="rules">The challenge in a phase.</param>
    /// <param name="now">The time.</param>
    public static bool IsPublic(Workspace workspace, Challenge rules, DateTimeOffset now) =>
        rules.Phase.IsPublic(now, ReleaseFile.Exists(workspace, rules.Id, rules.Phase.Name));

    /// <summary>The boards that may be published, made ready; those without any entry are left out.</summary>
    /// <param name="phases">As <see cref="Entered"/> gives them.</param>
    /// <param name="manifest">Where datasets are described.</param>
    /// <param name="workspace">Whose entries.</param>
    /// <param name="store">The index of its results, brought up to date.</param>
    /// <param name="now">The time, which ends embargoes.</param>
    /// <param name="forOrganisers">
    /// Whether boards that not everybody may see are made too, marked in their titles. The site is then for organisers.
    /// </param>
    /// <param name="tell">Told of every board that is held back.</param>
    /// <param name="withCases">Adds cases to look into, asked for boards that are made only; null adds none.</param>
    public static IReadOnlyList<Board> Make(
        IReadOnlyList<Challenge> phases, Manifest manifest, Workspace workspace, ResultStore store, DateTimeOffset now,
        bool forOrganisers, Action<string> tell, Func<Board, Challenge, Board>? withCases = null)
    {
        var boards = new List<Board>();
        foreach (var rules in phases)
        {
            var isPublic = IsPublic(workspace, rules, now);
            if (!isPublic && !forOrganisers)
            {
                tell($"Held back: the board of {rules.Id}, phase {rules.Phase.Name}, is for organisers only{Why(rules.Phase)}.");
                continue;
            }

            var content = BoardContent.Read(rules, manifest, workspace, store);
            if (!content.IsEmpty)
            {
                var title = isPublic ? content.Contest.Title : $"{content.Contest.Title} (not public)";
                var board = (content with { Contest = content.Contest with { Title = title } }).ToBoard();
                boards.Add(withCases?.Invoke(board, rules) ?? board);
            }
        }

        return boards;
    }

    private static string Why(ChallengePhase phase) =>
        !phase.ShowsBoard ? ""
        : phase.Embargo?.Until is { } end ? $" until {ChallengePhase.Show(end)}"
        : " until it is released";
}
