using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Evaluators;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Runs;

/// <summary>
/// Decisions about an entry as files beside it: <c>decisions/1.json</c> is the first, and so on. Written once, never
/// changed; one that is undone stays, and the next one undoes it.
/// </summary>
public static class DecisionFile
{
    private static readonly DecisionJsonContext Context = new(JsonForms.File(
        new JsonStringEnumConverter<DecisionKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)));

    /// <summary>Adds a decision after those that there are, and says that the boards are stale.</summary>
    /// <param name="workspace">Where the entry is.</param>
    /// <param name="submission">Its id.</param>
    /// <param name="decision">The decision.</param>
    /// <exception cref="InvalidDataException">The journal of decisions is damaged or lost.</exception>
    /// <exception cref="ArgumentException">The reason is too long, has control characters, or is missing where one must be.</exception>
    public static void Add(Workspace workspace, string submission, EntryDecision decision)
    {
        TryAdd(workspace, submission, decision, _ => true);
    }

    /// <summary>
    /// Adds a decision if those that there are allow it. What was read stays true until it is written: one that came in
    /// between has taken the number, and then everything is looked at again.
    /// </summary>
    /// <param name="workspace">Where the entry is.</param>
    /// <param name="submission">Its id.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="allow">Looks at the decisions that there are, oldest first; may throw.</param>
    /// <returns>False when it is not allowed; nothing was written then.</returns>
    /// <exception cref="InvalidDataException">The journal of decisions is damaged or lost.</exception>
    /// <exception cref="ArgumentException">The reason is too long, has signs that nobody sees, or is missing where one must be.</exception>
    public static bool TryAdd(
        Workspace workspace, string submission, EntryDecision decision, Func<IReadOnlyList<EntryDecision>, bool> allow)
    {
        if (EntryDecision.ReasonFault(decision.Kind, decision.Reason) is { } fault)
        {
            throw new ArgumentException(fault, nameof(decision));
        }

        byte[] content =
            [.. JsonSerializer.SerializeToUtf8Bytes(decision with { Journalled = true }, Context.EntryDecision), (byte)'\n'];
        var journal = new DecisionJournal(workspace);
        while (ReadAll(workspace, submission) is var known && allow(known))
        {
            if (journal.Keep(PathOf(workspace, submission, known.Count + 1), content))
            {
                StaleBoards.Mark(workspace);
                return true;
            }
        }

        return false;
    }

    /// <summary>The decisions about an entry, oldest first.</summary>
    /// <param name="workspace">Where the entry is.</param>
    /// <param name="submission">Its id.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or one is lost before others.</exception>
    public static IReadOnlyList<EntryDecision> ReadAll(Workspace workspace, string submission)
    {
        List<EntryDecision> decisions = [];
        for (var number = 1; PathOf(workspace, submission, number) is var path && Path.Exists(path); number++)
        {
            try
            {
                decisions.Add(JsonSerializer.Deserialize(RegularFile.ReadAllBytes(path), Context.EntryDecision)
                    ?? throw new JsonException("It is empty."));
            }
            catch (JsonException fault)
            {
                throw new InvalidDataException($"{path} is no decision: {JsonWords.Of(fault)} Restore it from a backup.", fault);
            }
        }

        var next = PathOf(workspace, submission, decisions.Count + 1);
        return Numbers(Path.GetDirectoryName(next)!).Any(number => number > decisions.Count) ? throw new InvalidDataException(
            $"{next} is lost: a later decision about {submission} is there. Restore it from a backup.") : decisions;
    }

    /// <summary>Whether there are more decisions about an entry than somebody knows.</summary>
    /// <param name="workspace">Where the entry is.</param>
    /// <param name="submission">Its id.</param>
    /// <param name="known">How many are known.</param>
    internal static bool HasMoreThan(Workspace workspace, string submission, int known) =>
        File.Exists(PathOf(workspace, submission, known + 1));

    private static IEnumerable<int> Numbers(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFileSystemEntries(folder, "*.json").Select(path =>
            int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        : [];

    private static string PathOf(Workspace workspace, string submission, int number) => Path.Combine(
        Path.GetDirectoryName(workspace.SubmissionPath(submission))!,
        "decisions",
        string.Create(CultureInfo.InvariantCulture, $"{number}.json"));
}

/// <summary>Source-generated serialisers of decisions.</summary>
[JsonSerializable(typeof(EntryDecision))]
internal sealed partial class DecisionJsonContext : JsonSerializerContext;
