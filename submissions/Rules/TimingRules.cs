using System.Runtime.CompilerServices;

namespace Touchstone.Submissions;

/// <summary>How cases are given to containers and timed.</summary>
public sealed record TimingRules
{
    /// <summary>Cases per container. Default <see cref="TimingProtocol.PerCase"/>.</summary>
    public TimingProtocol Protocol { get; init; }

    /// <summary>Most cases of one container in a batch. Default 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public int BatchCases { get; init => field = Positive(value); } = 10;

    /// <summary>
    /// Whether an entry's image runs once on its first case, unscored, before it is timed, so that nobody pays for a cold
    /// disk. Default false.
    /// </summary>
    public bool WarmUp { get; init; }

    /// <summary>
    /// Whether the pages of an entry's image are taken out of memory before every container, and not only before an entry's first: no
    /// case learns from them what an earlier one read, and each pays for a cold disk. Not with <see cref="WarmUp"/>. Default false.
    /// </summary>
    public bool Cold { get; init; }

    /// <summary>Most cases that one container gets.</summary>
    public int CasesPerContainer => Protocol == TimingProtocol.Batch ? BatchCases : 1;

    private static int Positive(int value, [CallerMemberName] string name = "") =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A container gets at least one case.");
}

/// <summary>How many cases a container gets.</summary>
public enum TimingProtocol
{
    /// <summary>A fresh container for each case, timed from its start to its end.</summary>
    PerCase,

    /// <summary>
    /// One container for several cases, which it may take in any order; a case is timed from the completion of the output
    /// before it to that of its own. A container can carry state from case to case.
    /// </summary>
    Batch,
}
