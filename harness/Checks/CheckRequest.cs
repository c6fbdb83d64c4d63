using Touchstone.Submissions;

namespace Touchstone.Harness.Checks;

/// <summary>What is to be checked.</summary>
internal sealed record CheckRequest
{
    /// <summary>An archive or an image reference.</summary>
    public required string Image { get; init; }

    /// <summary>What its maker says about it; team and name are of no matter.</summary>
    public required SubmissionDraft Draft { get; init; }

    /// <summary>The challenge whose rules hold, in the phase that was named or its usual one.</summary>
    public required Challenge Challenge { get; init; }

    /// <summary>Whether a phase was named, whose log policy holds then.</summary>
    public bool IsPhaseNamed { get; init; }

    /// <summary>
    /// The rules that cases are shown by. They are public, so that reasons and logs are shown whatever the phase is, unless
    /// somebody asks what a phase would show.
    /// </summary>
    public Challenge Shown => IsPhaseNamed ? Challenge : Opened;

    /// <summary>The rules with everything shown.</summary>
    public Challenge Opened => Challenge with { Phase = Challenge.Phase with { Logs = LogPolicy.Open } };

    /// <summary>How it was named: an id, or the path of a file.</summary>
    public required string ChallengeName { get; init; }

    /// <summary>Address of the server whose rules these are; null for rules of this machine.</summary>
    public string? Server { get; init; }

    /// <summary>Folders of the person's own cases; empty for the phantoms.</summary>
    public IReadOnlyList<string> CaseFolders { get; init; } = [];

    /// <summary>How many phantoms to try it on, 1 to 3.</summary>
    public int Samples { get; init; } = 3;

    /// <summary>Folder that keeps cases, predictions, logs and replay scripts; null to keep nothing.</summary>
    public string? Output { get; init; }
}
