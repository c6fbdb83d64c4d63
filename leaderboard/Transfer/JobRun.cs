using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>What ran, where, and for how long.</summary>
public sealed record JobRun
{
    /// <summary>Content digest of the image.</summary>
    public required string Image { get; init; }

    /// <summary>Where the image came from, for people.</summary>
    public required string ImageSource { get; init; }

    /// <summary>What ran in it.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Seed of all chance in the job.</summary>
    public required long Seed { get; init; }

    /// <summary>The study's settings, JSON text by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Structures that it learns.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>What it was allowed.</summary>
    public required Limits Limits { get; init; }

    /// <summary>When and for how long, by the engine's clock.</summary>
    public required Timing Timing { get; init; }

    /// <summary>Where it ran.</summary>
    public required Machine Machine { get; init; }

    /// <summary>GPU memory and load; null without a GPU.</summary>
    public required GpuUse? Gpu { get; init; }

    /// <summary>What was found in particular; null for nothing. For operators.</summary>
    public required string? Remark { get; init; }

    /// <summary>Exit code; null when it was killed at the time limit.</summary>
    public required int? ExitCode { get; init; }

    /// <summary>Hash over name and content of every file that it was given, hexadecimal.</summary>
    public required string InputsSha256 { get; init; }

    /// <summary>The accepted masks and log, with their hashes.</summary>
    public required IReadOnlyList<OutputFile> Outputs { get; init; }
}
