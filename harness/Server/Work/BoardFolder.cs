using System.Globalization;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Server.Work;

/// <summary>
/// Published boards under <c>boards/</c> of a workspace: <c>public</c> and <c>organisers</c> are links to the newest folder
/// of each, so that readers find the old boards or the new ones, never half of them.
/// </summary>
/// <param name="workspace">The workspace.</param>
public sealed class BoardFolder(Workspace workspace)
{
    /// <summary>Boards that everybody may see.</summary>
    public const string Public = "public";

    /// <summary>All boards, those under embargo too.</summary>
    public const string Organisers = "organisers";

    private const int Kept = 2;

    private readonly string _root = Path.Combine(workspace.Root, "boards");

    private string StalePath => Path.Combine(_root, "stale");

    /// <summary>Folder of the newest boards; it may be absent, and may be replaced at any moment.</summary>
    /// <param name="audience"><see cref="Public"/> or <see cref="Organisers"/>.</param>
    public string PathOf(string audience) => Path.Combine(_root, audience);

    /// <summary>Says that results, decisions or releases have changed: whoever works here makes the boards anew.</summary>
    public void MarkStale()
    {
        Directory.CreateDirectory(_root);
        File.WriteAllBytes(StalePath, []);
    }

    /// <summary>Takes the word that something has changed; what changes from now on needs a new word.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TakeStale()
    {
        var isStale = File.Exists(StalePath);
        File.Delete(StalePath);
        return isStale;
    }

    /// <summary>Puts new boards in the place of the old ones.</summary>
    /// <param name="audience">Whose.</param>
    /// <param name="now">The time, for the folder's name.</param>
    /// <param name="writeAsync">Writes them into a folder that is not there yet; false when there is nothing to show.</param>
    public async Task ReplaceAsync(string audience, DateTimeOffset now, Func<string, Task<bool>> writeAsync)
    {
        Directory.CreateDirectory(_root);
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{audience}-{now.UtcDateTime:yyyyMMddHHmmssfff}-{Environment.ProcessId}");
        if (await writeAsync(Path.Combine(_root, name)))
        {
            var link = Path.Combine(_root, $".{name}");
            File.CreateSymbolicLink(link, name);
            DurableFile.Rename(link, PathOf(audience));
        }
        else
        {
            File.Delete(PathOf(audience));
        }

        // Somebody may still be reading the ones before.
        foreach (var old in Directory.GetDirectories(_root, $"{audience}-*").Order(StringComparer.Ordinal).SkipLast(Kept))
        {
            Directory.Delete(old, recursive: true);
        }
    }
}
