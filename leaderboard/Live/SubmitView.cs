namespace Touchstone.Leaderboard.Live;

/// <summary>What a team can submit to, and with.</summary>
public sealed record SubmitView
{
    /// <summary>Every phase of every challenge, those that take nothing now included.</summary>
    public required IReadOnlyList<PhaseChoice> Phases { get; init; }

    /// <summary>Datasets that a method may have been trained on.</summary>
    public required IReadOnlyList<(string Id, string Title)> Datasets { get; init; }

    /// <summary>Archives that the team has uploaded, newest first.</summary>
    public required IReadOnlyList<UploadLine> Uploads { get; init; }

    /// <summary>Whether some challenge runs images as root.</summary>
    public bool AllowsRoot { get; init; }

    /// <summary>Whether containers can be given a GPU. Default yes.</summary>
    public bool HasGpu { get; init; } = true;

    /// <summary>Whether images may be named by reference; otherwise uploads are the only way.</summary>
    public bool AllowsReferences { get; init; }

    /// <summary>Where the script of the page uploads to.</summary>
    public required string UploadAddress { get; init; }
}

/// <summary>A phase of a challenge.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Challenge">Title of the challenge.</param>
/// <param name="Phase">Name of the phase.</param>
/// <param name="ClosedBecause">Why it takes nothing from this team now; null when it does.</param>
/// <param name="Left">What is left of the quota, in words; empty for no limit.</param>
/// <param name="Feedback">What the team gets to see, in a sentence.</param>
public sealed record PhaseChoice(
    string Value, string Challenge, string Phase, string? ClosedBecause, string Left, string Feedback);

/// <summary>An uploaded archive, or a part of one.</summary>
/// <param name="Id">Its id.</param>
/// <param name="FileName">Its name on the team's machine.</param>
/// <param name="LengthBytes">What it will have.</param>
/// <param name="OffsetBytes">What is here.</param>
/// <param name="Sha256">SHA-256 once it is whole; null before.</param>
public sealed record UploadLine(string Id, string FileName, long LengthBytes, long OffsetBytes, string? Sha256);
