namespace Touchstone.Leaderboard.Live;

/// <summary>The rules of a challenge as everybody may read them.</summary>
public sealed record ChallengeView
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences.</summary>
    public required string Description { get; init; }

    /// <summary>The rules that hold, those for all phases first.</summary>
    public required IReadOnlyList<RuleGroup> Groups { get; init; }

    /// <summary>The structures that count, in the order shown.</summary>
    public required IReadOnlyList<RuledStructure> Structures { get; init; }

    /// <summary>How the rules were changed, the newest first.</summary>
    public required IReadOnlyList<RuleAmendment> Amendments { get; init; }

    /// <summary>The challenge file, for the form to amend it; null for who may not.</summary>
    public string? Text { get; init; }
}

/// <summary>Rules of all phases or of one.</summary>
/// <param name="Phase">The phase; null for all.</param>
/// <param name="Board">Path of its board; null where there is none to be seen.</param>
/// <param name="Rules">What is ruled, and how, in words.</param>
public sealed record RuleGroup(string? Phase, string? Board, IReadOnlyList<(string Term, string Words)> Rules);

/// <summary>A structure that counts.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Caption">Its name for readers.</param>
/// <param name="Label">Its number in label volumes; null where the numbering does not have it.</param>
/// <param name="Weight">Its weight in means over structures.</param>
/// <param name="Group">What it belongs to; null for nothing.</param>
/// <param name="IsHard">Whether it counts in the means over hard structures.</param>
public sealed record RuledStructure(string Name, string Caption, int? Label, double Weight, string? Group, bool IsHard);

/// <summary>A change of the rules.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why, in the organisers' words.</param>
/// <param name="Changes">What changed, a line each.</param>
public sealed record RuleAmendment(DateTimeOffset At, string Reason, IReadOnlyList<string> Changes);
