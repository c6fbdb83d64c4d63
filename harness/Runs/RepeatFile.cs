using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Runs;

/// <summary>
/// Repeats as files beside a case's result: <c>repeats/2.json</c> is its second timed run, and so on. Written once.
/// </summary>
public static class RepeatFile
{
    private static readonly RepeatJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters =
        {
            new JsonStringEnumConverter<Ending>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<Sameness>(JsonNamingPolicy.CamelCase),
        },
    });

    /// <summary>Keeps a repeat as a case's next one.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="planned">The case.</param>
    /// <param name="repeat">The repeat.</param>
    public static void Write(Workspace workspace, PlannedCase planned, CaseRepeat repeat)
    {
        var path = PathOf(FolderOf(workspace, planned), ReadAll(workspace, planned).Count + 2);
        DurableFile.WriteOnce(path, [.. JsonSerializer.SerializeToUtf8Bytes(repeat, Context.CaseRepeat), (byte)'\n']);
    }

    /// <summary>The repeats of a case, in the order in which they ran.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="planned">The case.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static IReadOnlyList<CaseRepeat> ReadAll(Workspace workspace, PlannedCase planned) => ReadAll(FolderOf(workspace, planned));

    /// <summary>The repeats of a case, in the order in which they ran.</summary>
    /// <param name="caseFolder">The folder of its result.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static IReadOnlyList<CaseRepeat> ReadAll(string caseFolder)
    {
        List<CaseRepeat> repeats = [];
        for (var number = 2; PathOf(caseFolder, number) is var path && Path.Exists(path); number++)
        {
            try
            {
                repeats.Add(JsonSerializer.Deserialize(RegularFile.ReadAllBytes(path), Context.CaseRepeat)!);
            }
            catch (JsonException fault)
            {
                throw new InvalidDataException($"{path} is no repeat: {JsonWords.Of(fault)} Move it away to run it again.", fault);
            }
        }

        return repeats;
    }

    private static string FolderOf(Workspace workspace, PlannedCase planned) =>
        workspace.CasePath(planned.Submission.Id, planned.Case.Dataset, planned.Case.Id);

    private static string PathOf(string caseFolder, int number) =>
        Path.Combine(caseFolder, "repeats", string.Create(CultureInfo.InvariantCulture, $"{number}.json"));
}

/// <summary>Source-generated serialisers of repeats.</summary>
[JsonSerializable(typeof(CaseRepeat))]
internal sealed partial class RepeatJsonContext : JsonSerializerContext;
