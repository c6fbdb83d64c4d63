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

    /// <summary>
    /// Name of the numbering of multi-label predictions (flat layout), such as <c>bodymaps-2024</c>; <see cref="Id"/> where the
    /// challenge has its own.
    /// </summary>
    public required string Labels { get; init; }

    /// <summary>
    /// Canonical structures of the numbering by label, 1 to 255, also those that do not count; empty where <see cref="Labels"/> alone
    /// says it.
    /// </summary>
    public IReadOnlyDictionary<byte, string> Numbers { get; init; } = new Dictionary<byte, string>();

    /// <summary>What else the challenge says of structures, by canonical name. Default nothing.</summary>
    public IReadOnlyDictionary<string, StructureFacts> Facts { get; init; } = new Dictionary<string, StructureFacts>();

    /// <summary>Canonical names of the structures that count, in the order shown.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>
    /// The phases, in the file's order; at least one. A file without phases has one, <see cref="ChallengePhase.Test"/>.
    /// </summary>
    public required IReadOnlyList<ChallengePhase> Phases { get; init; }

    /// <summary>
    /// The phase whose rules these are: the one that <see cref="In"/> chose; before that the default phase, or the
    /// first where none is the default.
    /// </summary>
    public ChallengePhase Phase
    {
        get => field ?? DefaultPhase ?? Phases[0];
        init;
    }

    /// <summary>
    /// The phase of entries that name none: the only one, or <see cref="ChallengePhase.Test"/> of several; null where
    /// one must be named.
    /// </summary>
    public ChallengePhase? DefaultPhase =>
        Phases.Count == 1 ? Phases[0] : Phases.FirstOrDefault(phase => phase.Name == ChallengePhase.Test);

    /// <inheritdoc cref="ChallengePhase.Datasets"/>
    public IReadOnlyList<string> Datasets => Phase.Datasets;

    /// <summary>Metric definitions. Default <c>surface-distance</c>.</summary>
    public string Protocol { get; init; } = "surface-distance";

    /// <summary>NSD tolerance in millimetres. Default 1.</summary>
    public double ToleranceMm { get; init; } = 1;

    /// <summary>How entries are ranked, by name, such as <c>rank-then-mean</c>. Default <c>mean-then-rank</c>.</summary>
    public string Scheme { get; init; } = "mean-then-rank";

    /// <summary>
    /// Whether of a team its best entry alone counts where entries are compared with each other. Default true.
    /// </summary>
    public bool ComparesBestOfTeam { get; init; } = true;

    /// <summary>Weight of a structure in means over structures, 0 or more; 1 where it has none.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    /// <inheritdoc cref="ChallengePhase.Limits"/>
    public SandboxLimits Limits => Phase.Limits;

    /// <inheritdoc cref="ChallengePhase.TimeRule"/>
    public TimeRule TimeRule => Phase.TimeRule;

    /// <summary>How cases are given to containers and timed.</summary>
    public TimingRules Timing { get; init; } = new();

    /// <inheritdoc cref="ChallengePhase.Logs"/>
    public LogPolicy Logs => Phase.Logs;

    /// <summary>Most members of a team; null for any number.</summary>
    public int? TeamSize { get; init; }

    /// <summary>Which of the organisers' own entries boards show. Default all.</summary>
    public BaselineRule Baselines { get; init; } = BaselineRule.All;

    /// <summary>
    /// Whether images that must run as root are accepted, on engines that remap users only. Default false.
    /// </summary>
    public bool AllowsRoot { get; init; }

    /// <inheritdoc cref="ChallengePhase.ImageBytes"/>
    public long ImageBytes => Phase.ImageBytes;

    /// <summary>SHA-256 of the file that stated these rules, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>These rules in one of their phases.</summary>
    /// <param name="phase">Its name; null for <see cref="DefaultPhase"/>.</param>
    /// <exception cref="SubmissionException">
    /// <see cref="SubmissionFault.UnknownPhase"/>: there is no such phase, or one must be named.
    /// </exception>
    public Challenge In(string? phase)
    {
        var found = phase is null ? DefaultPhase : Phases.FirstOrDefault(one => one.Name == phase);
        var known = string.Join(", ", Phases.Select(one => one.Name));
        return found is not null ? this with { Phase = found } : throw new SubmissionException(
            SubmissionFault.UnknownPhase,
            phase is null ? $"{Id} has several phases: name one of {known}." : $"{Id} has no phase \"{phase}\". Known: {known}.");
    }
}
