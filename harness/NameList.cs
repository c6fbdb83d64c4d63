using System.Globalization;

namespace Touchstone.Harness;

/// <summary>Names in a sentence, as many as people read. Pure.</summary>
internal static class NameList
{
    /// <summary>Joins names with commas; beyond the first few they are only counted.</summary>
    /// <param name="names">At least one.</param>
    /// <param name="most">How many are named.</param>
    public static string Of(IReadOnlyCollection<string> names, int most = 10)
    {
        var shown = string.Join(", ", names.Take(most));
        return names.Count <= most
            ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{shown} and {names.Count - most} more");
    }
}
