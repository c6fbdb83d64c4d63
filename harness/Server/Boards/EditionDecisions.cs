using System.Globalization;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Boards;

/// <summary>
/// Which decisions an edition of a board holds, kept in it as <c>.decisions</c>. An edition that was made while the board
/// was kept back is opened to nobody once it lacks a decision: a disqualified entry would be laid open on its podium. One
/// that was made for everybody has been seen, and stays until its successor has come.
/// </summary>
/// <param name="IsForEverybody">Whether everybody might see the board when it was made.</param>
/// <param name="Counts">How many decisions there were about each entry.</param>
internal sealed record EditionDecisions(bool IsForEverybody, IReadOnlyDictionary<string, int> Counts)
{
    private const string FileName = ".decisions";
    private const string Everybody = "everybody";
    private const string Organisers = "organisers";

    /// <summary>What there is now.</summary>
    /// <param name="workspace">Where decisions are.</param>
    /// <param name="rules">A challenge in a phase.</param>
    /// <param name="unfinished">Entries that are on no board yet.</param>
    /// <param name="now">The time, which ends embargoes.</param>
    public static EditionDecisions Of(
        Workspace workspace, Challenge rules, IReadOnlySet<string> unfinished, DateTimeOffset now) => new(
            BoardList.IsPublic(workspace, rules, now),
            Entered(workspace, rules).Where(id => !unfinished.Contains(id))
                .ToDictionary(id => id, id => DecisionFile.ReadAll(workspace, id).Count, StringComparer.Ordinal));

    /// <summary>Writes it into an edition.</summary>
    /// <param name="folder">The edition's folder.</param>
    public void WriteTo(string folder) => File.WriteAllLines(Path.Combine(folder, FileName), Lines());

    /// <summary>The same as lines of text, in a fixed order.</summary>
    public IEnumerable<string> Lines() =>
    [
        IsForEverybody ? Everybody : Organisers,
        .. Counts.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value}")),
    ];

    /// <summary>Whether everybody may get an edition, given that everybody may see the board.</summary>
    /// <param name="workspace">Where decisions are.</param>
    /// <param name="rules">A challenge in a phase.</param>
    /// <param name="folder">The edition's folder.</param>
    public static bool MayOpen(Workspace workspace, Challenge rules, string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            string[] lines = RegularFile.Fault(path) is null ? File.ReadAllLines(path) : [];
            return lines is [Everybody, ..] || (lines is [Organisers, ..] && lines.Skip(1).All(line => Holds(workspace, line)));
        }

        // Earlier builds left no such file, and have the edition's time alone.
        var madeAt = Directory.GetLastWriteTimeUtc(folder);
        return Entered(workspace, rules).SelectMany(id => DecisionFile.ReadAll(workspace, id)).All(one => one.At < madeAt);
    }

    /// <summary>Whether a line knows of every decision about its entry; a line that is damaged does not.</summary>
    private static bool Holds(Workspace workspace, string line) => line.Split(' ') is [var id, var text]
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && !DecisionFile.HasMoreThan(workspace, id, count);

    private static IEnumerable<string> Entered(Workspace workspace, Challenge rules) => SubmissionFile.ReadAll(workspace)
        .Where(one => one.Challenge == rules.Id && one.Phase == rules.Phase.Name).Select(one => one.Id);
}
