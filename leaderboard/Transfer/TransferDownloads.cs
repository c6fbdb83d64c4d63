using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>The files behind a report's page.</summary>
internal static class TransferDownloads
{
    /// <summary>All of them, in the folder <c>data</c>.</summary>
    public static IEnumerable<SiteFile> Of(TransferReport report) =>
    [
        new("data/report.json", TransferJson.Write(report)),
        Csv.File("data/cells.csv", text => TransferCsv.Cells(text, report)),
        Csv.File("data/structures.csv", text => TransferCsv.Structures(text, report)),
        Csv.File("data/trials.csv", text => TransferCsv.Trials(text, report)),
        Csv.File("data/scores.csv", text => TransferCsv.Scores(text, report)),
        Csv.File("data/logs.csv", text => TransferCsv.Logs(text, report)),
        SiteFile.OfText("data/table.tex", TransferLatex.Write(report)),
    ];

    /// <summary>The list of them.</summary>
    public static Html List { get; } = Html.Of($"""
        <section aria-labelledby="data">
        <h2 id="data">Data</h2>
        <ul class="downloads">
        <li><a href="data/report.json" download>report.json</a> everything on this page, numbers exact</li>
        <li><a href="data/cells.csv" download>cells.csv</a> every cell with its tests and what papers report</li>
        <li><a href="data/structures.csv" download>structures.csv</a> the same, structure by structure</li>
        <li><a href="data/trials.csv" download>trials.csv</a> every trial</li>
        <li><a href="data/scores.csv" download>scores.csv</a> every test case and structure</li>
        <li><a href="data/logs.csv" download>logs.csv</a> how training went</li>
        <li><a href="data/table.tex" download>table.tex</a> the first table for LaTeX</li>
        </ul>
        </section>

        """);
}
