using System.Text.Json.Serialization;

namespace Touchstone.Leaderboard.Results;

/// <summary>Where the scores of an entry come from.</summary>
public enum EntryOrigin
{
    /// <summary>Its container was run here, and its predictions were scored here.</summary>
    Measured,

    /// <summary>A published study gave its scores case by case; nothing of it was run here.</summary>
    Imported,
}

/// <summary>Who takes part with what: a submission as a board shows it.</summary>
public sealed record Entry
{
    /// <summary>The phase of entries that state none.</summary>
    public const string TestPhase = "test";

    /// <summary>Stable id of the submission, unique in the store, safe as a file name.</summary>
    public required string Id { get; init; }

    /// <summary>Team shown on the board.</summary>
    public required string Team { get; init; }

    /// <summary>Name of the method shown on the board.</summary>
    public required string Name { get; init; }

    /// <summary>Challenge that it entered.</summary>
    public required string Challenge { get; init; }

    /// <summary>Phase of the challenge that it entered; null for <see cref="TestPhase"/>, which older files do not name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Phase { get; init; }

    /// <summary>True for the organisers' own baselines, which are shown apart and marked.</summary>
    public required bool IsBaseline { get; init; }

    /// <summary>Content digest of the image, <c>sha256:…</c>; empty for an imported entry.</summary>
    public required string Image { get; init; }

    /// <summary><c>flat</c> or <c>folder</c>; empty for an imported entry.</summary>
    public required string Layout { get; init; }

    /// <summary>Command line, as arguments; empty for an imported entry.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>When the entry was accepted, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Where its scores come from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public EntryOrigin Origin { get; init; }

    /// <summary>
    /// Datasets that it says it was trained on, by manifest id; null when it says nothing. An entry is shown but not
    /// ranked on cases of a dataset that overlaps one of them.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? TrainedOn { get; init; }
}
