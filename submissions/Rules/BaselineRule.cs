namespace Touchstone.Submissions;

/// <summary>Which of the organisers' own entries a challenge's boards show.</summary>
/// <param name="IsShown">Whether any is.</param>
/// <param name="Only">Submission ids of those that are; null for all.</param>
public sealed record BaselineRule(bool IsShown, IReadOnlyList<string>? Only)
{
    /// <summary>Every baseline.</summary>
    public static BaselineRule All { get; } = new(IsShown: true, Only: null);

    /// <summary>Whether a baseline is shown.</summary>
    /// <param name="submission">Its id.</param>
    public bool Shows(string submission) => IsShown && (Only is null || Only.Contains(submission));
}
