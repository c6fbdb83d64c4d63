using System.Text.Json.Serialization;
using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Checks;

/// <summary>One case of a check: what ran, what it took and what came out.</summary>
internal sealed record CheckedCase
{
    /// <summary>Its name.</summary>
    public required string Case { get; init; }

    /// <summary>The name under which the container saw it; null when it did not run.</summary>
    public string? Pseudonym { get; init; }

    /// <summary>Whether there are reference masks to score against.</summary>
    public required bool HasReference { get; init; }

    /// <summary>Voxels along the file's three axes.</summary>
    public required IReadOnlyList<int> Voxels { get; init; }

    /// <summary>Millimetres between voxels along them.</summary>
    public required IReadOnlyList<double> SpacingMm { get; init; }

    /// <summary>Where they run, such as <c>LPS</c>: to the left, to the back, to the head.</summary>
    public required string Axes { get; init; }

    /// <summary>What is odd about the CT's header, such as that it has no place in the world; null for nothing.</summary>
    public string? CtDoubt { get; init; }

    /// <summary>How it ended; null when it did not run.</summary>
    public Ending? Ending { get; init; }

    /// <summary>The ending in words, with what was found; or why it did not run.</summary>
    public required string Detail { get; init; }

    /// <summary>What a failure probably came of, and what helps; null for a completed case, and when nobody can say.</summary>
    public string? Hint { get; init; }

    /// <summary>Exit code; null when it was killed at the time limit, or did not run.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Seconds as the ranking counts them; null when it did not run.</summary>
    public double? Seconds { get; init; }

    /// <summary>Its time limit; null when it did not run.</summary>
    public double? LimitSeconds { get; init; }

    /// <summary>Peak memory, page cache included; null when it could not be measured.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>The memory limit; null when it did not run.</summary>
    public long? LimitMemoryBytes { get; init; }

    /// <summary>
    /// What the peak is held to: the memory limit and the room of the output, whose pages are measured with it; null when it did
    /// not run.
    /// </summary>
    public long? LimitPeakBytes { get; init; }

    /// <summary>Peak GPU memory; null when there was none or it could not be measured.</summary>
    public long? PeakGpuBytes { get; init; }

    /// <summary>The challenge's structures: what was found, and scores where there is a reference.</summary>
    public IReadOnlyList<CheckedStructure> Structures { get; init; } = [];

    /// <summary>Labels of the prediction that the challenge's numbering does not know.</summary>
    public IReadOnlyList<UnknownLabel> UnknownLabels { get; init; } = [];

    /// <summary>Right shapes under wrong names or numbers, if they are; null also without a reference.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LabelMixUp? MixUp { get; init; }

    /// <summary>The end of what the container printed, at most 16 KiB; null when it did not run.</summary>
    public string? Log { get; init; }

    /// <summary>True when a valid prediction came out.</summary>
    public bool IsCompleted => Ending == Leaderboard.Results.Ending.Completed;

    /// <summary>Mean Dice over the structures that the reference holds; null without scores.</summary>
    public double? MeanDsc => Mean(one => one.Dsc);

    /// <summary>Mean normalised surface Dice over the structures that the reference holds; null without scores.</summary>
    public double? MeanNsd => Mean(one => one.Nsd);

    private double? Mean(Func<CheckedStructure, double?> score) =>
        Structures.Where(one => one.ReferenceVoxels > 0).Select(score).Average();
}

/// <summary>One structure of a case.</summary>
/// <param name="Structure">Canonical name.</param>
/// <param name="Label">Its number in a multi-label prediction; null where the challenge's numbering has none.</param>
/// <param name="PredictionVoxels">Voxels found; null when nothing valid came out.</param>
/// <param name="ReferenceVoxels">Voxels to find; null when it is not annotated.</param>
/// <param name="Dsc">Dice; null when undefined or not annotated.</param>
/// <param name="Nsd">Normalised surface Dice at the challenge's tolerance; null when undefined or not annotated.</param>
internal sealed record CheckedStructure(
    string Structure, int? Label, long? PredictionVoxels, long? ReferenceVoxels, double? Dsc, double? Nsd);

/// <summary>A label that means nothing.</summary>
/// <param name="Label">The number.</param>
/// <param name="Voxels">Voxels that have it.</param>
internal sealed record UnknownLabel(int Label, long Voxels);
