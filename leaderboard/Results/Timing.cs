using System.Text.Json.Serialization;

namespace Touchstone.Leaderboard.Results;

/// <summary>
/// Times and use of one case. Members that may be left out are absent from results of older builds, which read and
/// write back to the same bytes.
/// </summary>
public sealed record Timing
{
    /// <summary>Start of the container, UTC, by the engine's clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>
    /// The time that is ranked: seconds between the engine's start and finish of the container; in a batch, an equal
    /// part of them.
    /// </summary>
    public required double RunSeconds { get; init; }

    /// <summary>
    /// Seconds to make and start the container: <see cref="CreateSeconds"/> and <see cref="StartSeconds"/>.
    /// </summary>
    public required double SetUpSeconds { get; init; }

    /// <summary>Seconds from the container's end until its output was read.</summary>
    public required double CollectSeconds { get; init; }

    /// <summary>Seconds to score.</summary>
    public required double ScoreSeconds { get; init; }

    /// <summary>CPU seconds of the container's processes; null where the kernel does not tell.</summary>
    public required double? CpuSeconds { get; init; }

    /// <summary>
    /// Largest memory of the container in bytes, page cache included; null where the kernel does not tell.
    /// </summary>
    public required long? PeakMemoryBytes { get; init; }

    /// <summary>
    /// Largest anonymous memory (heaps and stacks, no page cache) that looks at 10 Hz saw, in bytes; a shorter peak can
    /// be missed. Null where the kernel does not tell, or when it ended before the first look.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? PeakAnonymousBytes { get; init; }

    /// <summary>Bytes read from disks, not from the page cache; null where the kernel does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? DiskReadBytes { get; init; }

    /// <summary>Seconds to make volumes and containers and to hand over the CT, by the harness's clock.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CreateSeconds { get; init; }

    /// <summary>Seconds that the engine took to start the container, by the harness's clock.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? StartSeconds { get; init; }

    /// <summary><c>per-case</c> or <c>batch</c>; null in results of older builds, which ran per case.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Protocol { get; init; }

    /// <summary>
    /// Cases that shared the container, this one included; CPU time, memory and disk are then the container's, not the
    /// case's. Null outside batches.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? BatchCases { get; init; }

    /// <summary>Seconds of the unscored run that warmed the machine up before; null when there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WarmUpSeconds { get; init; }
}
