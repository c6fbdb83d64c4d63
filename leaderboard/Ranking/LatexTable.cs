using System.Globalization;
using System.Text;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>
/// The standings as a LaTeX table for a paper: needs the packages <c>booktabs</c> and <c>graphicx</c>, and a LaTeX
/// of 2018 or later, which reads UTF-8. A table that is wider than the text is made as wide as that.
/// </summary>
public static class LatexTable
{
    /// <summary>A <c>table*</c> environment with caption and label, ready to be included.</summary>
    /// <param name="contest">The contest, for the caption.</param>
    /// <param name="standings">The ranking.</param>
    public static string Write(Contest contest, Standings standings)
    {
        var hasGap = standings.Scopes.Contains(Scope.Iid) && standings.Scopes.Contains(Scope.Ood);
        var hasSeconds = standings.Entries.Any(one => one.Coverage[0].MeanSeconds is not null);
        string[] header =
        [
            "Rank", "Method", "Team", "DSC (\\%)", "NSD (\\%)", .. hasGap ? ["IID", "OOD", "Gap"] : Array.Empty<string>(),
            .. hasSeconds ? ["s/case"] : Array.Empty<string>(), "Scored",
        ];
        var text = new StringBuilder();
        text.Append("% Made by Touchstone. In the preamble: \\usepackage{booktabs,graphicx}; older than 2018 also ");
        text.Append("\\usepackage[utf8]{inputenc}\n");
        text.Append("\\begin{table*}\n\\centering\n");
        text.Append(CultureInfo.InvariantCulture, $"\\caption{{{Caption(contest, standings)}}}\n");
        text.Append(CultureInfo.InvariantCulture, $"\\label{{tab:{contest.Id}}}\n");
        text.Append("\\resizebox{\\ifdim\\width>\\textwidth\\textwidth\\else\\width\\fi}{!}{%\n");
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{tabular}}{{rll{new string('r', header.Length - 3)}}}\n\\toprule\n");
        text.Append(string.Join(" & ", header)).Append(" \\\\\n\\midrule\n");
        foreach (var standing in standings.Entries)
        {
            text.Append(string.Join(" & ", Cells(standings, standing, hasGap, hasSeconds))).Append(" \\\\\n");
        }

        return text.Append("\\bottomrule\n\\end{tabular}}\n\\end{table*}\n").ToString();
    }

    private static string Caption(Contest contest, Standings standings)
    {
        string[] sentences =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Escape(contest.Title)}: {(standings.Weights is null ? "mean" : "weighted mean")} over structures with {standings.Options.Level * 100:0.##}\\,\\% bootstrap intervals"),
            string.Create(CultureInfo.InvariantCulture, $"({standings.Options.Resamples} resamples of cases)."),
            string.Create(
                CultureInfo.InvariantCulture,
                $"Metrics: {Escape(contest.Protocol)}, NSD at {contest.ToleranceMm:0.##}\\,mm."),
            .. standings.Unranked is { } unranked
                ? [$"The rules rank by {Escape(SchemeNames.Of(unranked.Scheme))}. {Escape(unranked.Reason)}"] : Array.Empty<string>(),
            standings.HasRanks
                ? $"Ranked by {Escape(SchemeNames.Of(standings.Scheme))}; ties share the better rank;" : "Nobody has a rank;",
            "failed and missing cases "
                + (standings.Options.Missing == MissingRule.Worst ? "count as 0." : "are left out."),
            .. standings.Weights is null
                ? Array.Empty<string>() : [$"Weights of the structures: {Escape(StructureWeights.Words(standings.Weights))}."],
            .. Sentence(standings, one => one.Entry.Origin == EntryOrigin.Imported, "\\dag: scores imported from a published study."),
            .. Sentence(standings, one => one.ContaminatedOn.Count > 0, "\\ddag: trained on a dataset of this table, not ranked."),
            .. Sentence(standings, one => one.Entry.IsBaseline, "Baselines have the rank in brackets that they would have."),
        ];
        return string.Join(' ', sentences);
    }

    private static string[] Sentence(Standings standings, Func<Standing, bool> isSo, string text) =>
        standings.Entries.Any(isSo) ? [text] : [];

    private static IEnumerable<string> Cells(Standings standings, Standing standing, bool hasGap, bool hasSeconds)
    {
        ScoreRow? Row(Scope scope, Metric metric) => standings.Tables
            .FirstOrDefault(table => (table.Scope, table.Structure, table.Metric) == (scope, null, metric))?
            .Rows.First(row => row.Entry == standing.Entry.Id);
        var rank = standing.Rank?.ToString(CultureInfo.InvariantCulture);
        yield return rank is null ? "--" : standing.Entry.IsBaseline ? $"({rank})" : rank;
        yield return Escape(standing.Entry.Name) + (standing.Entry.Origin == EntryOrigin.Imported ? "\\dag" : "")
            + (standing.ContaminatedOn.Count > 0 ? "\\ddag" : "");
        yield return Escape(standing.Entry.Team);
        yield return WithInterval(Row(Scope.All, Metric.Dsc));
        yield return WithInterval(Row(Scope.All, Metric.Nsd));
        if (hasGap)
        {
            yield return Percent(Row(Scope.Iid, Metric.Dsc)?.Mean);
            yield return Percent(Row(Scope.Ood, Metric.Dsc)?.Mean);
            yield return Percent(standing.Gaps.FirstOrDefault(gap => gap is { Structure: null, Metric: Metric.Dsc })?.Value);
        }

        var coverage = standing.Coverage[0];
        if (hasSeconds)
        {
            yield return coverage.MeanSeconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "--";
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"{coverage.Scored}/{coverage.Expected}");
    }

    private static string WithInterval(ScoreRow? row) => row?.Interval is { } interval
        ? $"{Percent(row.Mean)} [{Percent(interval.Low)}, {Percent(interval.High)}]"
        : Percent(row?.Mean);

    private static string Percent(double? fraction) => fraction is { } value
        ? (value < 0 ? "$-$" : "") + Math.Abs(100 * value).ToString("0.0", CultureInfo.InvariantCulture)
        : "--";

    /// <summary>
    /// Text as LaTeX prints it. What cannot be seen, which names of earlier builds may have, ends a compilation or a line:
    /// it becomes a blank where it parts words and is left out elsewhere.
    /// </summary>
    internal static string Escape(string text) => string.Concat(text.EnumerateRunes().Select(sign => sign.Value switch
    {
        '\\' => "\\textbackslash{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '<' => "\\textless{}",
        '>' => "\\textgreater{}",
        '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{sign}",
        _ when Rune.IsWhiteSpace(sign) || Rune.IsControl(sign) => " ",
        _ when UnseenSign.Is(sign) => "",
        _ => sign.ToString(),
    }));
}
