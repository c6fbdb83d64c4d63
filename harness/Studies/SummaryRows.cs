using System.Text.RegularExpressions;

namespace Touchstone.Harness.Studies;

/// <summary>
/// Tells the rows that people put under a table of cases (mean, std, Average_DSC) from cases by their names. Only for
/// datasets without a case list, which would know better.
/// </summary>
internal static partial class SummaryRows
{
    /// <summary>Whether an id is made of nothing but words for summaries.</summary>
    /// <param name="id">What stands where a case should.</param>
    public static bool IsNamedLikeOne(string id) => Pattern().Match(id).Groups["word"].Success;

    // "all", "n" and the like could be part of a real id, so they count only by themselves.
    [GeneratedRegex(
        """
        ^(?:
            (?<word>all|n|se|ci|ci95|95ci|q1|q2|q3|media)
            |(?:
                (?<word>mean|averages?|avg|medians?|std(?:dev|ev)?|stdev|deviation|sd|sem|variance|var|iqr|min(?:imum)?|max(?:imum)?
                    |sum(?:mary)?|totals?|overall|macro|micro|count|quartile|quantile|percentile|mittel(?:wert)?|durchschnitt
                    |moyenne|promedio)
                |standard|dev|error|dsc|dice|nsd|scores?|cases?|of|the|over|per|all|row|values?|global|weighted|25|50|75|95|[._-]
            )+
        )$
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
