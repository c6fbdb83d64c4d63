using System.Collections.Concurrent;
using System.Globalization;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Boards;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Work;

/// <summary>
/// The published boards: <c>boards/&lt;challenge&gt;/&lt;phase&gt;/&lt;edition&gt;/</c>, each edition a whole site that is
/// written once, appears under its name in one step, and never changes. The last edition, by the number in its name, is
/// the one that counts.
/// </summary>
/// <param name="workspace">Where they are.</param>
public sealed class BoardFolder(Workspace workspace)
{
    /// <summary>Holds the entries of an edition with their means, a line each.</summary>
    internal const string EntriesFile = ".entries";

    private const long LooksEveryMs = 500;

    private readonly ConcurrentDictionary<string, (long At, BoardEdition? Edition)> _known = new(StringComparer.Ordinal);

    /// <summary>The last edition; null before there is one.</summary>
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
        var edition = Editions(folder) is [.., var path]
            ? known.Edition?.Folder == path ? known.Edition : new BoardEdition(path, Entries(path))
            : null;
        _known[folder] = (now, edition);
        return edition;
    }

    /// <summary>The folder of an edition, also one that has been replaced but is kept; null when there is none of that name.</summary>
    /// <param name="rules">A challenge in a phase.</param>
    /// <param name="name">Name of the edition: anything at all.</param>
    public string? Kept(Challenge rules, string name) =>
        Editions(FolderOf(rules)).FirstOrDefault(path => Path.GetFileName(path) == name);

    /// <summary>
    /// Whether an edition may be given to everybody, given that everybody may see the board: never one that was made while
    /// it was kept back and lacks a decision since. Asked each time, because a decision counts at once.
    /// </summary>
    /// <param name="rules">A challenge in a phase.</param>
    /// <param name="edition">Folder of one of its editions.</param>
    public bool MayOpen(Challenge rules, string edition) => EditionDecisions.MayOpen(workspace, rules, edition);

    /// <summary>The edition that a reader gets now; null before there is one, and where there is none for them.</summary>
    /// <param name="rules">A challenge in a phase, whose board the reader may see.</param>
    /// <param name="isOrganiser">Whether it is an organiser, who gets any.</param>
    public BoardEdition? For(Challenge rules, bool isOrganiser) =>
        Current(rules) is { } edition && (isOrganiser || MayOpen(rules, edition.Folder)) ? edition : null;

    /// <summary>The folder of a board's editions.</summary>
    /// <param name="rules">A challenge in a phase.</param>
    internal string FolderOf(Challenge rules) => OwnFolder.Below(workspace.BoardsPath, rules.Id, rules.Phase.Name);

    /// <summary>The whole editions of a board, oldest first.</summary>
    /// <param name="folder">As <see cref="FolderOf"/> gives it.</param>
    internal static IReadOnlyList<string> Editions(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetDirectories(folder).Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)]
        : [];

    private static IReadOnlyDictionary<string, EditionEntry> Entries(string folder) => File
        .ReadLines(Path.Combine(folder, EntriesFile)).Select(EditionEntry.Read).ToDictionary(one => one.Id, StringComparer.Ordinal);
}

/// <summary>One edition of a board.</summary>
/// <param name="Folder">Where its files lie.</param>
/// <param name="Entries">Entries on it, by id.</param>
public sealed record BoardEdition(string Folder, IReadOnlyDictionary<string, EditionEntry> Entries)
{
    /// <summary>Its name, other than that of every other edition.</summary>
    public string Name => Path.GetFileName(Folder);
}

/// <summary>An entry's means as a board shows them.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Dsc">Mean DSC over structures and cases; null when undefined.</param>
/// <param name="Nsd">Mean NSD, likewise.</param>
public sealed record EditionEntry(string Id, double? Dsc, double? Nsd)
{
    /// <summary>Reads a line that <see cref="ToString"/> wrote.</summary>
    internal static EditionEntry Read(string line)
    {
        var parts = line.Split(' ');
        return new EditionEntry(parts[0], Number(parts[1]), Number(parts[2]));
    }

    /// <summary>The line of a file; numbers exactly.</summary>
    public override string ToString() => FormattableString.Invariant($"{Id} {Dsc:R} {Nsd:R}");

    private static double? Number(string text) =>
        text.Length > 0 ? double.Parse(text, CultureInfo.InvariantCulture) : null;
}
