namespace Touchstone.Harness.Verification;

/// <summary>What looking through a workspace came to.</summary>
internal sealed record VerificationReport
{
    /// <summary>What is wrong, each with file and reason; empty when all is well.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What is worth knowing and not wrong.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>What was looked at, in a sentence.</summary>
    public required string Checked { get; init; }

    /// <summary>Whether store and boards are what the files give, in one line.</summary>
    public required string Boards { get; init; }
}
