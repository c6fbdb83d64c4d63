using System.Collections.Concurrent;
using System.Globalization;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Boards;

/// <summary>
/// The published boards: <c>boards/&lt;challenge&gt;/&lt;phase&gt;/&lt;edition&gt;/</c>, each edition a whole site that is
/// written once, appears under its name in one step, and never changes. The last edition is the one that counts.
/// </summary>
/// <param name="workspace">Where they are.</param>
public sealed class BoardShelf(Workspace workspace)
{
    /// <summary>Holds the number of entries of an edition.</summary>
    internal const string CountFile = ".entries";

    private static readonly long LooksEveryMs = 500;

    private readonly ConcurrentDictionary<string, (long At, BoardEdition? Edition)> _known = new(StringComparer.Ordinal);

    /// <summary>The edition that readers get now; null before there is one.</summary>
    /// <param name="rules">A challenge in a phase.</param>
    public BoardEdition? Current(Challenge rules)
    {
        var folder = FolderOf(rules);
        var now = Environment.TickCount64;
        if (_known.TryGetValue(folder, out var known) && now - known.At < LooksEveryMs)
        {
            return known.Edition;
        }

        // A burst of readers may look twice; that is cheaper than having them wait for each other.
        var edition = Editions(folder).LastOrDefault() is { } path
            ? known.Edition?.Folder == path ? known.Edition : new BoardEdition(path, Entries(path))
            : null;
        _known[folder] = (now, edition);
        return edition;
    }

    /// <summary>The folder of a board's editions.</summary>
    /// <param name="rules">A challenge in a phase.</param>
    internal string FolderOf(Challenge rules) => Path.Combine(workspace.Root, "boards", rules.Id, rules.Phase.Name);

    /// <summary>The whole editions of a board, oldest first.</summary>
    /// <param name="folder">As <see cref="FolderOf"/> gives it.</param>
    internal static IReadOnlyList<string> Editions(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetDirectories(folder).Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)]
        : [];

    private static int Entries(string folder)
    {
        var path = Path.Combine(folder, CountFile);
        return File.Exists(path) && int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count : 0;
    }
}

/// <summary>One edition of a board.</summary>
/// <param name="Folder">Where its files lie.</param>
/// <param name="Entries">Entries on it.</param>
public sealed record BoardEdition(string Folder, int Entries)
{
    /// <summary>Its name, other than that of every other edition.</summary>
    public string Name => Path.GetFileName(Folder);
}
