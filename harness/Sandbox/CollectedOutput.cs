using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Sandbox;

/// <summary>What was found in the output folder of a container that has ended.</summary>
/// <param name="Files">The accepted predictions, in the order of their names.</param>
/// <param name="OtherFiles">Regular files that are no predictions and were not read.</param>
/// <param name="Forbidden">The first thing that must not be there, in words; null for none.</param>
/// <param name="IsFull">True when the output reached its limit of size or of files.</param>
public sealed record CollectedOutput(IReadOnlyList<OutputFile> Files, int OtherFiles, string? Forbidden, bool IsFull)
{
    /// <summary>Most names of other files that are kept.</summary>
    public const int MostNames = 10;

    /// <summary>
    /// Paths of the first other files, as the container wrote them but for signs that steer something. A container can say
    /// anything by them, so they are for operators and open phases alone.
    /// </summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>What a container that was killed is taken to have left.</summary>
    public static CollectedOutput None { get; } = new([], 0, null, IsFull: false);
}
