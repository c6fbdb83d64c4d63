using System.Text.Json;
using System.Text.Json.Serialization;
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
                && submission.Command.All(part => part is not null) && (submission.TrainedOn?.All(id => id is not null) ?? true)
                ? submission
                : throw new JsonException($"It is the entry \"{submission.Id}\" in the folder of \"{folder}\", or has a null in a list.");
        }
        catch (Exception fault) when (fault is JsonException or SubmissionException)
        {
            throw new InvalidDataException($"{path} is no entry: {fault.Message} Restore it from a backup.", fault);
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
