using System.Globalization;
using Spectre.Console;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Commands;

/// <summary>The overall standings as text for the terminal.</summary>
internal static class StandingsTable
{
    public static Table Of(Contest contest, Standings standings)
    {
        var rows = standings.Tables
            .Where(table => table.Structure is null)
            .SelectMany(table => table.Rows, (table, row) => (table, row))
            .ToDictionary(pair => (pair.table.Scope, pair.table.Metric, pair.row.Entry), pair => pair.row);
        var table = new Table().Border(TableBorder.Simple)
            .Title($"{Markup.Escape(contest.Title)} · {Markup.Escape(standings.Protocol)} · NSD at "
                + $"{standings.ToleranceMm.ToString(CultureInfo.InvariantCulture)} mm")
            .AddColumn(new TableColumn("Rank").RightAligned())
            .AddColumns("Team", "Method")
            .AddColumn(new TableColumn("DSC [[95 %]]").RightAligned().NoWrap())
            .AddColumn(new TableColumn("NSD [[95 %]]").RightAligned().NoWrap());
        foreach (var name in new[] { "IID", "OOD", "Gap", "s/case", "Scored", "Failed", "Missing" })
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (var standing in standings.Entries)
        {
            var entry = standing.Entry;
            var all = standing.Coverage.First(coverage => coverage.Scope == Scope.All);
            var rank = standing.Rank?.ToString(CultureInfo.InvariantCulture);
            table.AddRow(
                rank is null ? "–" : entry.IsBaseline ? $"({rank})" : rank,
                Markup.Escape(entry.Team),
                Markup.Escape(entry.Name) + Mark(standing),
                Value(rows.GetValueOrDefault((Scope.All, Metric.Dsc, entry.Id))),
                Value(rows.GetValueOrDefault((Scope.All, Metric.Nsd, entry.Id))),
                Percent(rows.GetValueOrDefault((Scope.Iid, Metric.Dsc, entry.Id))?.Mean),
                Percent(rows.GetValueOrDefault((Scope.Ood, Metric.Dsc, entry.Id))?.Mean),
                Percent(standing.Gaps.FirstOrDefault(gap => gap.Structure is null && gap.Metric == Metric.Dsc)?.Value),
                all.MeanSeconds?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–",
                $"{all.Scored}/{all.Expected}",
                all.Failed.ToString(CultureInfo.InvariantCulture),
                all.Missing.ToString(CultureInfo.InvariantCulture));
        }

        return table.Caption(
            Ranked(standings) + " DSC and NSD in percent, "
            + (standings.Weights is null ? "mean over structures" : $"weighted mean over structures ({Markup.Escape(StructureWeights.Words(standings.Weights))})")
            + "; IID, OOD and gap of DSC. "
            + (standings.Options.Missing == MissingRule.Worst
                ? "Failed and missing cases count as 0."
                : "FAILED AND MISSING CASES ARE LEFT OUT: this is not the ranking, it shows what it would be without that rule."));
    }

    private static string Ranked(Standings standings) => standings.Unranked switch
    {
        null => $"Ranked by {SchemeNames.Of(standings.Scheme)}.",
        var one when !standings.HasRanks =>
            $"The rules rank by {SchemeNames.Of(one.Scheme)}. {one.Reason} Until then nobody has a rank.",
        var one => $"The rules rank by {SchemeNames.Of(one.Scheme)}. {one.Reason} Until then: Ranked by {SchemeNames.Of(standings.Scheme)}.",
    };

    /// <summary>What stands below the table: entries that were taken out, and results that are out of date.</summary>
    public static IEnumerable<string> Remarks(Contest contest, Standings standings)
    {
        foreach (var one in contest.SetApart)
        {
            var what = one.Kind == SetApartKind.Disqualified ? "disqualified" : "withdrawn";
            yield return $"Not ranked: {one.Team} / {one.Name}, {what}{(one.Reason.Length > 0 ? $": {one.Reason}" : ".")}";
        }

        foreach (var standing in standings.Entries)
        {
            if (standing.Coverage.First(coverage => coverage.Scope == Scope.All).Stale is > 0 and var stale)
            {
                yield return $"STALE: {Counted.Of(stale, "result")} of {standing.Entry.Team} / {standing.Entry.Name}, scored against other "
                    + "reference masks than the present ones. See `touchstone rescore --help`.";
            }
        }
    }

    private static string Mark(Standing standing) =>
        (standing.Entry.IsBaseline ? " (baseline)" : "")
        + (standing.Entry.Origin == EntryOrigin.Imported ? " (imported)" : "")
        + (standing.ContaminatedOn.Count > 0 ? $"\n(not ranked: trained on {string.Join(", ", standing.ContaminatedOn)})" : "");

    private static string Value(ScoreRow? row) => row?.Interval is { } interval
        ? $"{Percent(row.Mean)} [[{Percent(interval.Low)}, {Percent(interval.High)}]]"
        : Percent(row?.Mean);

    private static string Percent(double? fraction) =>
        fraction is { } value ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) : "–";
}
