using System.Data;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Store;

/// <summary>A row of the table <c>entry</c>.</summary>
internal sealed record EntryRow
{
    public required string Id { get; init; }

    /// <summary>Of the entry's text, by which damage of the row shows.</summary>
    public required string Sha256 { get; init; }

    public required string Team { get; init; }

    public required string Name { get; init; }

    public required string Challenge { get; init; }

    public required string? Phase { get; init; }

    public required bool IsBaseline { get; init; }

    public required string Image { get; init; }

    public required string Layout { get; init; }

    public required string Command { get; init; }

    public required string ReceivedAt { get; init; }

    public required string Origin { get; init; }

    public required string? TrainedOn { get; init; }

    public static EntryRow Of(Entry entry) => new()
    {
        Id = entry.Id,
        Sha256 = RowText.Digest(entry),
        Team = entry.Team,
        Name = entry.Name,
        Challenge = entry.Challenge,
        Phase = entry.Phase,
        IsBaseline = entry.IsBaseline,
        Image = entry.Image,
        Layout = entry.Layout,
        Command = JsonSerializer.Serialize(entry.Command, RowJsonContext.Default.IReadOnlyListString),
        ReceivedAt = RowText.Of(entry.ReceivedAt),
        Origin = entry.Origin.ToString(),
        TrainedOn = entry.TrainedOn is { } ids
            ? JsonSerializer.Serialize(ids, RowJsonContext.Default.IReadOnlyListString)
            : null,
    };

    /// <summary>The entry.</summary>
    /// <exception cref="DataException">The row is not the one that was written.</exception>
    public Entry ToEntry()
    {
        var entry = Read();
        return RowText.Digest(entry) == Sha256 ? entry : throw new DataException($"the entry {Id} in it is not the one that was written");
    }

    private Entry Read() => new()
    {
        Id = Id,
        Team = Team,
        Name = Name,
        Challenge = Challenge,
        Phase = Phase,
        IsBaseline = IsBaseline,
        Image = Image,
        Layout = Layout,
        Command = JsonSerializer.Deserialize(Command, RowJsonContext.Default.IReadOnlyListString)!,
        ReceivedAt = RowText.Time(ReceivedAt),
        Origin = Enum.Parse<EntryOrigin>(Origin),
        TrainedOn = TrainedOn is null
            ? null
            : JsonSerializer.Deserialize(TrainedOn, RowJsonContext.Default.IReadOnlyListString),
    };
}

/// <summary>Source-generated serialisers of the values that a column holds as JSON.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(GpuUse))]
internal sealed partial class RowJsonContext : JsonSerializerContext;
