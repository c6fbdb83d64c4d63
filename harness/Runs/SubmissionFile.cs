using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Evaluators;
using Touchstone.Leaderboard;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>Accepted entries as files of a workspace: written once, never changed.</summary>
public static class SubmissionFile
{
    private static readonly SubmissionJsonContext Context = new(JsonForms.File(
        new JsonStringEnumConverter<SubmissionLayout>(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new DigestConverter()));

    /// <summary>Keeps an entry.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="submission">The entry.</param>
    /// <returns>False when there is one of that id; it is left as it is.</returns>
    public static bool Write(Workspace workspace, Submission submission) =>
        DurableFile.WriteOnce(
            workspace.SubmissionPath(submission.Id),
            [.. JsonSerializer.SerializeToUtf8Bytes(submission, Context.Submission), (byte)'\n']);

    /// <summary>Keeps an entry, unless the same was stated before: then that one is it, also under the shorter id of its time.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="submission">The entry, just accepted.</param>
    /// <returns>The entry that is kept, and whether it is new.</returns>
    /// <exception cref="SubmissionException">What is kept under its id states something else.</exception>
    /// <exception cref="InvalidDataException">The file of an earlier entry is damaged.</exception>
    public static (Submission Kept, bool IsNew) Keep(Workspace workspace, Submission submission)
    {
        if (Find(workspace, SubmissionDraft.EarlierId(submission.Id)) is { } earlier && earlier.StatesTheSameAs(submission))
        {
            return (earlier, false);
        }

        if (Write(workspace, submission))
        {
            return (submission, true);
        }

        // A hash is no proof: whose entry this is decides who may read its scores and withdraw it.
        var kept = Find(workspace, submission.Id);
        return kept?.StatesTheSameAs(submission) == true ? (kept, false) : throw new SubmissionException(
            SubmissionFault.Malformed, "Another entry has the id of this one, and states something else. Give the method another name.");
    }

    /// <summary>Takes an entry away of which nothing but its file is there.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="id">Its id.</param>
    internal static void TakeBack(Workspace workspace, string id)
    {
        var path = workspace.SubmissionPath(id);
        if (!Path.Exists(Path.Combine(workspace.RunsPath, id)) && Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!) is [var only] && only == path)
        {
            File.Delete(path);
            Directory.Delete(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Reads an entry; null when there is none of that id.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="id">Its id.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static Submission? Find(Workspace workspace, string id)
    {
        var path = Workspace.IsName(id) ? workspace.SubmissionPath(id) : null;
        return Path.Exists(path) ? Read(path) : null;
    }

    /// <summary>Every entry, in the order of arrival.</summary>
    /// <param name="workspace">Where.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static IReadOnlyList<Submission> ReadAll(Workspace workspace) =>
        [.. OwnFolder.Folders(workspace.SubmissionsPath)
            .Select(folder => Path.Combine(folder, "submission.json")).Where(Path.Exists)
            .Select(Read)
            .OrderBy(submission => submission.ReceivedAt)
            .ThenBy(submission => submission.Id, StringComparer.Ordinal)];

    private static Submission Read(string path)
    {
        try
        {
            var submission = JsonSerializer.Deserialize(RegularFile.ReadAllBytes(path), Context.Submission)
                ?? throw new JsonException("The file is empty.");
            var folder = Path.GetFileName(Path.GetDirectoryName(path));
            return submission.Id == folder
                && submission.Command?.All(part => part is not null) == true && (submission.TrainedOn?.All(id => id is not null) ?? true)
                ? submission
                : throw new JsonException($"It is the entry \"{submission.Id}\" in the folder of \"{folder}\", or has a null among its words.");
        }
        catch (Exception fault) when (fault is JsonException or SubmissionException)
        {
            throw new InvalidDataException($"{path} is no entry: {JsonWords.Of(fault)} Restore it from a backup.", fault);
        }
    }

    private sealed class DigestConverter : JsonConverter<ImageDigest>
    {
        public override ImageDigest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ImageDigest.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, ImageDigest value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}

/// <summary>Source-generated serialisers of the entry file.</summary>
[JsonSerializable(typeof(Submission))]
internal sealed partial class SubmissionJsonContext : JsonSerializerContext;
