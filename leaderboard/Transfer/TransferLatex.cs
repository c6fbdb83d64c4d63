using System.Globalization;
using System.Text;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>
/// The large table of a report for a paper, in the form of Table 3 of the SuPreM paper: needs the packages
/// <c>booktabs</c>, <c>graphicx</c> and <c>xcolor</c> with the option <c>table</c>.
/// </summary>
internal static class TransferLatex
{
    /// <summary>A <c>table*</c> environment with caption and label, ready to be included.</summary>
    /// <param name="report">The report.</param>
    public static string Write(TransferReport report)
    {
        var tasks = report.Study.Tasks;
        var text = new StringBuilder(
            "% Made by Touchstone. In the preamble: \\usepackage{booktabs,graphicx} and \\usepackage[table]{xcolor}.\n");
        text.Append("\\begin{table*}\n\\centering\n");
        text.Append(CultureInfo.InvariantCulture, $"\\caption{{{Caption(report)}}}\n");
        text.Append(CultureInfo.InvariantCulture, $"\\label{{tab:{report.Study.Id}}}\n");
        text.Append("\\resizebox{\\ifdim\\width>\\textwidth\\textwidth\\else\\width\\fi}{!}{%\n");
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{tabular}}{{l{new string('r', tasks.Count)}}}\n\\toprule\n");
        text.Append("Pre-training & ").AppendJoin(" & ", tasks.Select(task => LatexTable.Escape(task.Title))).Append(" \\\\\n");
        foreach (var backbone in report.Study.Backbones)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\\midrule\n\\multicolumn{{{tasks.Count + 1}}}{{l}}{{\\emph{{{LatexTable.Escape(backbone.Title)}}}}} \\\\\n");
            foreach (var one in report.Study.Pretrainings.Where(one =>
                report.Cells.Any(cell => (cell.Backbone, cell.Pretraining) == (backbone.Name, one.Name))))
            {
                text.Append(LatexTable.Escape(one.Title)).Append(one.IsImported ? "\\dag" : "").Append(" & ")
                    .AppendJoin(" & ", tasks.Select(task => Cell(task, report.Largest(backbone.Name, one.Name, task.Name)))).Append(" \\\\\n");
            }
        }

        return text.Append("\\bottomrule\n\\end{tabular}}\n\\end{table*}\n").ToString();
    }

    private static string Caption(TransferReport report)
    {
        string[] sentences =
        [
            $"{LatexTable.Escape(report.Study.Title)}: DSC (\\%), mean $\\pm$ s.d. over {Show.Count(report.Study.Trials, "trial")} "
                + "($n-1$), most annotated cases of each task.",
            "Shaded: better than the same network from scratch, independent two-sample t-test with pooled variance, $P < 0.05$.",
            .. report.Coverage.Failed + report.Coverage.FailedCases > 0
                ? ["In square brackets: failed trials and test cases, which count as 0."] : Array.Empty<string>(),
            .. report.Coverage.IsComplete ? [] : new[] { $"Not finished: {report.Coverage.Finished} of {Show.Count(report.Coverage.Expected, "trial")}." },
            .. report.Study.Pretrainings.Any(one => one.IsImported) ? ["\\dag: scores imported."] : Array.Empty<string>(),
        ];
        return string.Join(' ', sentences);
    }

    private static string Cell(OutlineTask task, CellSummary? cell)
    {
        if (cell?.Dsc.Mean is not { } mean)
        {
            return "--";
        }

        var text = cell.Dsc.Sd is { } sd ? $"{Percent(mean)} $\\pm$ {Percent(sd)}" : Percent(mean);
        var number = cell.Cases == task.Cases[^1] ? "" : string.Create(CultureInfo.InvariantCulture, $" ($N={cell.Cases}$)");
        var note = number + (cell.Coverage.IsComplete ? "" : $" ({cell.Coverage.Finished}/{cell.Coverage.Expected})")
            + (cell.Coverage.Failed > 0 ? $" [{cell.Coverage.Failed} failed]" : "")
            + (cell.Coverage.FailedCases > 0 ? $" [{Show.Count(cell.Coverage.FailedCases, "case")} failed]" : "");
        return (cell.Dsc.AgainstScratch is { IsMarked: true } ? "\\cellcolor{blue!10}" : "") + text + note;
    }

    private static string Percent(double fraction) => (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture);
}
