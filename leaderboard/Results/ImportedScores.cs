using System.Text.Json.Serialization;

namespace Touchstone.Leaderboard.Results;

/// <summary>
/// The scores of one published method on one dataset, case by case: the content of <c>scores.json</c> of an import.
/// Like
/// <see cref="CaseResult"/> it carries everything that made it and is never changed; one file holds all cases, because
/// nothing was run and so nothing can be half done.
/// </summary>
public sealed record ImportedScores
{
    /// <summary>Version of this layout; a reader refuses one that it does not know.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <inheritdoc cref="CaseResult.CurrentSchema"/>
    public const int CurrentSchema = 2;

    /// <inheritdoc cref="CaseResult.HasChecksum"/>
    [JsonIgnore]
    public bool HasChecksum => Schema >= 2;

    /// <summary>The method, with <see cref="EntryOrigin.Imported"/>.</summary>
    public required Entry Entry { get; init; }

    /// <summary>Dataset id of the manifest.</summary>
    public required string Dataset { get; init; }

    /// <summary>Name of the metric definitions that the study used.</summary>
    public required string Protocol { get; init; }

    /// <summary>The study's NSD tolerance in millimetres.</summary>
    public required double ToleranceMm { get; init; }

    /// <summary>The files that the scores were read from: path within the study's folder, size and hash.</summary>
    public required IReadOnlyList<OutputFile> Sources { get; init; }

    /// <summary>Canonical names of the structures, in the order of the scores of a case.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>The cases that the study scored, by id in ordinal order.</summary>
    public required IReadOnlyList<ImportedCase> Cases { get; init; }

    /// <summary>Versions of what made this file.</summary>
    public required Provenance Provenance { get; init; }
}

/// <summary>A study's scores on one case, in the order of <see cref="ImportedScores.Structures"/>.</summary>
/// <param name="Case">Case id within the dataset.</param>
/// <param name="Dsc">Dice similarity coefficients; null where the structure is not annotated.</param>
/// <param name="Nsd">Normalised surface Dice; null where the structure is not annotated.</param>
public sealed record ImportedCase(string Case, IReadOnlyList<double?> Dsc, IReadOnlyList<double?> Nsd);
