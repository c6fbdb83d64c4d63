using Touchstone.Submissions;

namespace Touchstone.Harness.Demo;

/// <summary>Who takes part in the demonstration: the example containers under invented team names.</summary>
internal static class DemoEntries
{
    /// <summary>Archive name without extension, and what its team states about it.</summary>
    public static IReadOnlyList<(string Archive, SubmissionDraft Draft)> All { get; } =
    [
        Entry("atlas-only", "In-house", "Atlas only", SubmissionLayout.Flat, isBaseline: true),
        Entry("threshold-components", "Grey Values", "Threshold and components", SubmissionLayout.Flat),
        Entry("atlas-intensity", "Prior Knowledge", "Atlas and intensity", SubmissionLayout.Folder),
        Entry("careful", "Second Look", "Careful", SubmissionLayout.Flat),
        Entry("fragile", "Deadline", "Fragile", SubmissionLayout.Flat),
    ];

    /// <summary>
    /// The in-house trained baseline, made by <c>submissions/baselines/demo.sh</c>: it needs libtorch, so the demonstration does
    /// without where it is absent.
    /// </summary>
    public static (string Archive, SubmissionDraft Draft) Trained { get; } =
        Entry("trained-unet", "In-house", "Tiny U-Net, trained", SubmissionLayout.Folder, isBaseline: true);

    private static (string Archive, SubmissionDraft Draft) Entry(
        string archive, string team, string name, SubmissionLayout layout, bool isBaseline = false) => (archive, new SubmissionDraft
        {
            Team = team,
            Name = name,
            Challenge = "demo",
            Layout = layout,
            IsBaseline = isBaseline,
        });
}
