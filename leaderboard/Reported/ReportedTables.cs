using System.Globalization;
using System.Reflection;
using CsvHelper;

namespace Touchstone.Leaderboard.Reported;

/// <summary>
/// The tables of the papers behind the benchmark, from the data files in this folder: <c>tables.csv</c> lists them, and
/// each has a file of its own.
/// </summary>
public static class ReportedTables
{
    private const string Prefix = "Touchstone.Leaderboard.Reported.";

    private static readonly Lazy<IReadOnlyList<ReportedTable>> Read = new(() =>
        [.. Rows("tables").Select(row => Table(row["id"]!, row["title"]!, row["source"]!, row["unit"]!, row["note"]))]);

    /// <summary>All of them, in the order of <c>tables.csv</c>.</summary>
    public static IReadOnlyList<ReportedTable> All => Read.Value;

    /// <summary>
    /// What readers of a contest want beside it: the tables on one of its datasets, cut down to these, with DSC or
    /// NSD of its structures or their average. Tables of which nothing is left are left out.
    /// </summary>
    /// <param name="contest">The contest.</param>
    public static IReadOnlyList<ReportedTable> For(Contest contest)
    {
        var datasets = contest.Datasets.Select(dataset => dataset.Id).ToHashSet(StringComparer.Ordinal);
        var targets = contest.Structures.Append("average").ToHashSet(StringComparer.Ordinal);
        return [.. All.Select(table => table with
        {
            Rows = [.. table.Rows.Where(row =>
                datasets.Contains(row.Dataset) && targets.Contains(row.Target) && row.Metric is "dsc" or "nsd")],
        }).Where(table => table.Rows.Count > 0)];
    }

    private static ReportedTable Table(string id, string title, string source, string unit, string? note) => new()
    {
        Id = id,
        Title = title,
        Source = source,
        IsPercent = unit == "percent",
        Note = note,
        Rows = [.. Rows(id).Select(row => new ReportedRow
        {
            Group = row["group"],
            Method = row["method"]!,
            Training = row["training"],
            Dataset = row["dataset"]!,
            Target = row["target"]!,
            Metric = row["metric"]!,
            Mean = double.Parse(row["mean"]!, CultureInfo.InvariantCulture),
            Sd = row["sd"] is { } sd ? double.Parse(sd, CultureInfo.InvariantCulture) : null,
            N = row["n"] is { } n ? int.Parse(n, CultureInfo.InvariantCulture) : null,
            Stars = row["stars"],
        })],
    };

    /// <summary>The rows of a data file by column; an empty cell is null.</summary>
    private static List<Dictionary<string, string?>> Rows(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{name}.csv")!;
        using var csv = new CsvReader(new StreamReader(stream), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<Dictionary<string, string?>>();
        while (csv.Read())
        {
            rows.Add(csv.HeaderRecord!.Zip(csv.Parser.Record!).ToDictionary(
                cell => cell.First, cell => cell.Second.Length == 0 ? null : cell.Second, StringComparer.Ordinal));
        }

        return rows;
    }
}
