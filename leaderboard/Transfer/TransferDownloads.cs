using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>The files behind a report's page.</summary>
internal static class TransferDownloads
{
    /// <summary>All of them, in the folder <c>data</c>.</summary>
    public static IEnumerable<SiteFile> Of(TransferReport report) =>
    [
        new("data/report.json", TransferJson.Write(report)),
        SiteFile.OfText("data/cells.csv", TransferCsv.Cells(report)),
        SiteFile.OfText("data/structures.csv", TransferCsv.Structures(report)),
        SiteFile.OfText("data/trials.csv", TransferCsv.Trials(report)),
        SiteFile.OfText("data/scores.csv", TransferCsv.Scores(report)),
        SiteFile.OfText("data/logs.csv", TransferCsv.Logs(report)),
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
