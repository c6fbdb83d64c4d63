namespace Touchstone.Harness.Studies;

/// <summary>What an import is to be called and how its study computed its scores.</summary>
internal sealed record ImportTerms
{
    /// <summary>Team shown on the board.</summary>
    public required string Team { get; init; }

    /// <summary>Where the scores come from, for readers.</summary>
    public required string Source { get; init; }

    /// <summary>The study's NSD tolerance in millimetres; null to take the challenge's.</summary>
    public required double? ToleranceMm { get; init; }

    /// <summary>Datasets that its methods were trained on, by manifest id; null when that is not known.</summary>
    public required IReadOnlyList<string>? TrainedOn { get; init; }

    /// <summary>The challenge, by id or file; null for one that shows this study alone and is made when it is absent.</summary>
    public required string? Challenge { get; init; }
}

/// <summary>What became of an import.</summary>
/// <param name="Challenge">Id of the challenge that the methods entered.</param>
/// <param name="Added">Methods whose scores were not there yet.</param>
/// <param name="Remarks">What was not used or is not there, a sentence each, for the organiser.</param>
internal sealed record ImportOutcome(string Challenge, int Added, IReadOnlyList<string> Remarks);
