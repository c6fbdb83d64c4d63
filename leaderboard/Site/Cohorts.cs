using System.Globalization;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Site;

/// <summary>
/// What is known about the patients and scans of a dataset, as counts only: a hidden case must not be recognisable.
/// </summary>
internal static class Cohorts
{
    /// <summary>A section with one line per column; nothing when no metadata are known.</summary>
    public static Html Section(ContestDataset dataset)
    {
        var keys = dataset.Cohort.Keys.Order(StringComparer.Ordinal).ToArray();
        return keys.Length == 0 ? Html.Empty : Html.Of($"""
            <section aria-labelledby="cohort">
            <h2 id="cohort">Cohort</h2>
            {DataTable.Make(
                "What is known of the cases",
                [new("Property", IsNumber: false), new("Known for"), new("Values", IsNumber: false)], header: 0,
                keys.Select(key => Line(dataset, key)))}
            </section>
            """);
    }

    private static Row Line(ContestDataset dataset, string key)
    {
        string[] values = [.. dataset.Cohort[key]];
        return new Row(
            [Html.Text(key), Html.Of($"{values.Length} of {dataset.Cases.Count}"), Html.Text(Summary(values))]);
    }

    /// <summary>
    /// Median and range of numbers; otherwise the values by number of cases, most first, the tail together.
    /// </summary>
    private static string Summary(string[] values)
    {
        const int Most = 8;
        double[] numbers = [.. values
            .Select(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number : (double?)null).OfType<double>()];
        var groups = values.GroupBy(value => value).OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal).ToArray();
        if (numbers.Length == values.Length && groups.Length > 3)
        {
            return $"median {Show.Signed(Describe.Median(numbers), "0.##")}, "
                + $"from {Show.Signed(numbers.Min(), "0.##")} to {Show.Signed(numbers.Max(), "0.##")}";
        }

        var rest = groups.Skip(Most).Sum(group => group.Count());
        string[] tail = rest > 0 ? [$"others {Show.Signed(rest, "0")}"] : [];
        return string.Join(", ", groups.Take(Most)
            .Select(group => $"{group.Key} {Show.Signed(group.Count(), "0")}").Concat(tail));
    }
}
