using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Harness.Runs;

/// <summary>
/// The organiser's release of a board, which ends its embargo: <c>releases/&lt;challenge&gt;/&lt;phase&gt;.json</c>. Written
/// once and never taken back, because what was published cannot be.
/// </summary>
public static class ReleaseFile
{
    /// <summary>Releases a board, and says that the boards are stale.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="challenge">Id of the challenge.</param>
    /// <param name="phase">Name of the phase.</param>
    /// <param name="release">When and by whom.</param>
    /// <returns>False when it was released before; that release stays.</returns>
    public static bool Write(Workspace workspace, string challenge, string phase, BoardRelease release)
    {
        var isNew = new DecisionJournal(workspace).Keep(
            workspace.ReleasePath(challenge, phase),
            [.. JsonSerializer.SerializeToUtf8Bytes(release with { Journalled = true }, ReleaseJsonContext.Default.BoardRelease), (byte)'\n']);
        StaleBoards.Mark(workspace);
        return isNew;
    }

    /// <summary>Whether a board was released.</summary>
    /// <inheritdoc cref="Write" path="/param"/>
    public static bool Exists(Workspace workspace, string challenge, string phase) =>
        File.Exists(workspace.ReleasePath(challenge, phase));
}

/// <summary>The content of a release file.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who, for operators.</param>
public sealed record BoardRelease(DateTimeOffset At, string By)
{
    /// <inheritdoc cref="EntryDecision.Journalled"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Journalled { get; init; }
}

/// <summary>Source-generated serialisers of releases.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(BoardRelease))]
internal sealed partial class ReleaseJsonContext : JsonSerializerContext;
