using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
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
        var reason = decision.Reason;
        if (reason.Length > EntryDecision.LongestReason || reason.Any(char.IsControl)
            || (decision.Kind == DecisionKind.Disqualified && string.IsNullOrWhiteSpace(reason)))
        {
            throw new ArgumentException(
                $"A reason has at most {EntryDecision.LongestReason} characters in one line, and a disqualification has one.",
                nameof(decision));
        }

        byte[] content =
            [.. JsonSerializer.SerializeToUtf8Bytes(decision with { Journalled = true }, Context.EntryDecision), (byte)'\n'];
        var journal = new DecisionJournal(workspace);
        for (var number = ReadAll(workspace, submission).Count + 1; ; number++)
        {
            if (journal.Keep(PathOf(workspace, submission, number), content))
            {
                StaleBoards.Mark(workspace);
                return;
            }
        }
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
                throw new InvalidDataException($"{path} is no decision: {fault.Message} Restore it from a backup.", fault);
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
