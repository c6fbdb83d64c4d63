using System.Globalization;
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

    /// <summary>Publishes what has changed.</summary>
    /// <param name="unfinished">
    /// Entries that have not run on all their cases: not on any board yet, and no reason for a new edition.
    /// </param>
    /// <param name="token">Ends it.</param>
    /// <returns>Editions that were made.</returns>
    public async Task<int> RenewAsync(IReadOnlySet<string> unfinished, CancellationToken token = default)
    {
        var datasets = readManifest();
        using var store = ResultIndex.OpenCurrent(workspace);
        var files = store.ReadFiles();
        var made = 0;
        foreach (var rules in BoardList.Entered(workspace, []))
        {
            token.ThrowIfCancellationRequested();
            var fingerprint = Fingerprint(rules, datasets, files, unfinished);
            var isPublished = BoardFolder.Editions(_boards.FolderOf(rules)) is [.., var last]
                && last.EndsWith(fingerprint, StringComparison.Ordinal);
            if (!isPublished)
            {
                await PublishAsync(rules, datasets, store, unfinished, fingerprint, token);
                made++;
            }
        }

        return made;
    }

    private async Task PublishAsync(
        Challenge rules, Manifest datasets, ResultStore store, IReadOnlySet<string> unfinished, string fingerprint,
        CancellationToken token)
    {
        var began = clock.GetTimestamp();
        var all = BoardContent.Read(rules, datasets, workspace, store);
        var content = all with { Results = all.Results.OnlyOf(entry => !unfinished.Contains(entry.Id)) };
        var previews = new CasePreviews(workspace, datasets, tell);
        var board = previews.AddTo(content.ToBoard(), rules, CasePreviews.DefaultCases);
        var ready = await Publication.PrepareAsync([board], tell, previews.Volumes, findWeb: null, token);
        var now = clock.GetUtcNow();
        var name = $"{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{fingerprint}";
        var around = new Surroundings("../../../", "../../../team", name);
        var files = StaticSite.Build(ready.Boards, new BuildInfo(now, BuildVersion.Text), ready.Drawings, ready.Gallery, around);
        EditionFolder.Write(_boards.FolderOf(rules), name, files, Entries(board.Standings), token);
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

    private string Fingerprint(
        Challenge rules, Manifest datasets, IReadOnlyList<SourceFile> files, IReadOnlySet<string> unfinished)
    {
        var entered = SubmissionFile.ReadAll(workspace)
            .Where(one => one.Challenge == rules.Id && one.Phase == rules.Phase.Name && !unfinished.Contains(one.Id))
            .Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        Add($"{BuildVersion.Text} {rules.Sha256} {datasets.Sha256}");
        foreach (var id in entered.Order(StringComparer.Ordinal))
        {
            Add($"{id} {DecisionFile.ReadAll(workspace, id).Count}");
        }

        // An import's file does not say which challenge it is for; a new one renews every board once.
        foreach (var file in files.Where(file => file.Path.Split('/') is not ["runs", var id, ..] || entered.Contains(id)))
        {
            Add(FormattableString.Invariant($"{file.Path} {file.Bytes} {file.Stamp}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
