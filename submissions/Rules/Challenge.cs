namespace Touchstone.Submissions;

/// <summary>The rules of one challenge, as its file under <c>challenges/</c> states them.</summary>
public sealed record Challenge
{
    /// <summary>Stable id, the file's name without extension.</summary>
    public required string Id { get; init; }

    /// <summary>Title for readers.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences for readers.</summary>
    public required string Description { get; init; }

    /// <summary>Numbering of multi-label predictions (flat layout), by name, such as <c>bodymaps-2024</c>.</summary>
    public required string Labels { get; init; }

    /// <summary>Canonical names of the structures that count, in the order shown.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>Datasets that are run, by manifest id, in the order shown.</summary>
    public required IReadOnlyList<string> Datasets { get; init; }

    /// <summary>Metric definitions. Default <c>surface-distance</c>.</summary>
    public string Protocol { get; init; } = "surface-distance";

    /// <summary>NSD tolerance in millimetres. Default 1.</summary>
    public double ToleranceMm { get; init; } = 1;

    /// <summary>How entries are ranked, by name, such as <c>rank-then-mean</c>. Default <c>mean-then-rank</c>.</summary>
    public string Scheme { get; init; } = "mean-then-rank";

    /// <summary>Weight of a structure in means over structures, 0 or more; 1 where it has none.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    /// <summary>What a container may use on one case.</summary>
    public SandboxLimits Limits { get; init; } = new();

    /// <summary>Largest accepted image, unpacked, in bytes. Default 40 GiB.</summary>
    public long ImageBytes { get; init; } = 40L << 30;

    /// <summary>SHA-256 of the file that stated these rules, hexadecimal.</summary>
    public required string Sha256 { get; init; }
}
