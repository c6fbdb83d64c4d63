using System.Security.Cryptography;
using System.Text;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Work;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Store;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Boards;

/// <summary>
/// Makes a new edition of every board whose content has changed. It may be killed at any moment and leaves the old edition.
/// </summary>
/// <param name="workspace">Whose boards.</param>
/// <param name="readManifest">Reads the manifest as it is now: references are put right while a server runs.</param>
/// <param name="clock">Names editions.</param>
/// <param name="tell">Told of what was published, and of what is missing for figures.</param>
public sealed class BoardPublisher(Workspace workspace, Func<Manifest> readManifest, TimeProvider clock, Action<string> tell)
{
    private readonly BoardFolder _boards = new(workspace);

    /// <summary>When the next embargo ends, UTC, which is a reason to renew; null for never. Known once something was published.</summary>
    public DateTimeOffset? NextOpening { get; private set; }

    /// <summary>Publishes what has changed. What keeps one board from being made keeps no other.</summary>
    /// <param name="unfinished">
    /// Entries that have not run on all their cases: not on any board yet, and no reason for a new edition.
    /// </param>
    /// <param name="token">Ends it.</param>
    /// <returns>Editions that were made.</returns>
    /// <exception cref="InvalidOperationException">Some boards could not be made; the message says which and why.</exception>
    public async Task<int> RenewAsync(IReadOnlySet<string> unfinished, CancellationToken token = default)
    {
        var datasets = readManifest();
        using var store = ResultIndex.OpenCurrent(workspace);
        var files = store.ReadFiles();
        var entered = BoardList.Entered(workspace, []);
        var now = clock.GetUtcNow();
        NextOpening = entered.Select(rules => rules.Phase).Where(phase => phase.ShowsBoard && phase.Embargo?.Until > now)
            .Min(phase => phase.Embargo?.Until);
        var (made, faults) = (0, new List<string>());
        foreach (var rules in entered)
        {
            token.ThrowIfCancellationRequested();
            try
            {
                made += await TryPublishAsync(rules, datasets, store, files, unfinished, now, token) ? 1 : 0;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                faults.Add($"{rules.Id}, {rules.Phase.Name}: {fault.Message}"); // the others are none the worse for it
            }
        }

        return faults.Count == 0 ? made : throw new InvalidOperationException(string.Join(" ", faults));
    }

    private async Task<bool> TryPublishAsync(
        Challenge rules, Manifest datasets, ResultStore store, IReadOnlyList<SourceFile> files, IReadOnlySet<string> unfinished,
        DateTimeOffset now, CancellationToken token)
    {
        // Before anything is read: a decision that comes meanwhile is then missing rather than wrongly thought to be in.
        var decisions = EditionDecisions.Of(workspace, rules, unfinished, now);
        var fingerprint = Fingerprint(rules, datasets, files, decisions);
        if (BoardFolder.Editions(_boards.FolderOf(rules)) is [.., var last]
            && last.EndsWith(fingerprint, StringComparison.Ordinal))
        {
            return false;
        }

        await PublishAsync(rules, datasets, store, unfinished, decisions, fingerprint, token);
        return true;
    }

    private async Task PublishAsync(
        Challenge rules, Manifest datasets, ResultStore store, IReadOnlySet<string> unfinished, EditionDecisions decisions,
        string fingerprint, CancellationToken token)
    {
        var began = clock.GetTimestamp();
        var all = BoardContent.Read(rules, datasets, workspace, store);
        var content = all with { Results = all.Results.OnlyOf(entry => !unfinished.Contains(entry.Id)) };
        var previews = new CasePreviews(workspace, datasets, tell);
        var board = previews.AddTo(content.ToBoard(), rules, CasePreviews.DefaultCases);
        var ready = await Publication.PrepareAsync([board], tell, previews.Volumes, findWeb: null, token);
        var now = clock.GetUtcNow();
        var name = EditionFolder.NextName(_boards.FolderOf(rules), now, fingerprint);
        var around = new Surroundings("../../../", "../../../team", name);
        var files = StaticSite.Build(ready.Boards, new BuildInfo(now, BuildVersion.Text), ready.Drawings, ready.Gallery, around);
        EditionFolder.Write(_boards.FolderOf(rules), name, files, Entries(board.Standings), decisions, token);
        tell(FormattableString.Invariant(
            $"Published {rules.Id}, {rules.Phase.Name}: {Counted.Of(files.Count, "file")} in {clock.GetElapsedTime(began).TotalSeconds:0.0} s."));
    }

    /// <summary>What an edition says of its entries.</summary>
    /// <param name="standings">Those of its board.</param>
    internal static IEnumerable<EditionEntry> Entries(Standings standings)
    {
        double? Mean(Metric metric, string entry) => standings.Tables
            .FirstOrDefault(table => table.Scope == Scope.All && table.Structure is null && table.Metric == metric)?
            .Rows.FirstOrDefault(row => row.Entry == entry)?.Mean;
        return standings.Entries.Select(one => one.Entry.Id)
            .Select(id => new EditionEntry(id, Mean(Metric.Dsc, id), Mean(Metric.Nsd, id)));
    }

    private static string Fingerprint(
        Challenge rules, Manifest datasets, IReadOnlyList<SourceFile> files, EditionDecisions decisions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        Add($"{BuildVersion.Text} {rules.Sha256} {datasets.Sha256}");
        foreach (var line in decisions.Lines())
        {
            Add(line);
        }

        // An import's file does not say which challenge it is for; a new one renews every board once.
        foreach (var file in files.Where(file => file.Path.Split('/') is not ["runs", var id, ..] || decisions.Counts.ContainsKey(id)))
        {
            Add(FormattableString.Invariant($"{file.Path} {file.Bytes} {file.Stamp}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
