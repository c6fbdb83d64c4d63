namespace Touchstone.Harness.Datasets;

/// <summary>
/// The one decision whether readers of a site may look into the cases of a dataset: CT, reference and predictions. The
/// default is no. Three things must come together: the manifest calls the dataset public, its licence lets changed
/// copies (cropped, resampled) be passed on, and somebody wrote <c>viewer: yes</c>. Whoever shows a voxel asks here.
/// </summary>
public static class CaseRelease
{
    // By the beginning of the name, so that versions need no list. ND is not among them: a preview is a changed copy.
    private static readonly string[] Licences =
    [
        "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC BY", "CC BY-NC", "CC BY-NC-SA", "CC BY-SA", "CC0", "MIT", "PDDL",
    ];

    /// <summary>Whether everybody may see the dataset's cases.</summary>
    /// <param name="dataset">The dataset as its manifest describes it.</param>
    public static bool IsGranted(Dataset dataset) => dataset.HasViewer && WhyNot(dataset) is null;

    /// <summary>
    /// What forbids to show the dataset's cases, whether or not that was asked for; null when nothing does.
    /// </summary>
    /// <param name="dataset">The dataset as its manifest describes it.</param>
    public static string? WhyNot(Dataset dataset) =>
        !dataset.IsPublic ? "its access is private"
        : dataset.License is not { } licence ? "it has no licence"
        : !Licences.Any(known => IsVersionOf(licence, known))
            ? $"its licence, {licence}, is not known to let changed copies be passed on"
        : null;

    private static bool IsVersionOf(string licence, string known) =>
        licence.StartsWith(known, StringComparison.Ordinal)
        && licence[known.Length..].TrimStart(' ', '-').All(letter => char.IsAsciiDigit(letter) || letter == '.');
}
