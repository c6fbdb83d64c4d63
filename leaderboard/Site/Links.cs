namespace Touchstone.Leaderboard.Site;

/// <summary>
/// Where pages lie. All links are relative, so a site works from any folder, also from a file system.
/// </summary>
internal static class Links
{
    public static string Dataset(string id) => $"dataset/{id}.html";

    public static string Structure(string name) => $"structure/{name}.html";

    public static string Submission(string id) => $"submission/{id}.html";

    public static string Subgroup(string attribute) => $"subgroup/{Slug(attribute)}.html";

    /// <summary>A text as part of a file name: letters and digits stay, anything else is a dash.</summary>
    public static string Slug(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));

    /// <summary>The way from a page up to the folder that its links start from.</summary>
    public static string Up(string path) => string.Concat(Enumerable.Repeat("../", path.Count(c => c == '/')));

    /// <summary>Why an id cannot be a file name, in words; null when it can: letters, digits, dots, dashes and underscores.</summary>
    public static string? Fault(string id) =>
        id.Length > 0 && id[0] != '.' && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? null
            : $"'{id}' cannot name a page: ids have ASCII letters, digits, '.', '-' and '_', and do not start with '.'.";
}
