using Touchstone.Leaderboard.Charts;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>
/// The report of a study as a static site of one page with its data beside it. Pure: equal reports and drawings give
/// equal bytes.
/// </summary>
public static class TransferPage
{
    private static readonly string[] Assets = ["charts.js", "figures.js", "icon.svg", "style.css", "tables.js"];

    /// <summary>All files.</summary>
    /// <param name="report">The report.</param>
    /// <param name="info">What the page says about its making.</param>
    /// <param name="drawings">The drawn figures; null for none.</param>
    public static IReadOnlyList<SiteFile> Build(TransferReport report, BuildInfo info, Drawings? drawings = null)
    {
        drawings ??= Drawings.None;
        SiteFile[] library = drawings.Library is { } bytes ? [new SiteFile(FigureFiles.Library, bytes)] : [];
        SiteFile[] files =
        [
            Page(report, info, drawings), .. TransferDownloads.Of(report), .. Assets.Select(StaticSite.Asset), .. library,
            .. drawings.Svgs.Select(pair => SiteFile.OfText(pair.Key, pair.Value)),
        ];
        return [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private static SiteFile Page(TransferReport report, BuildInfo info, Drawings drawings) => new Page
    {
        Folder = "",
        Title = "Transfer study",
        Path = "index.html",
        Heading = report.Study.Title,
        Description = report.Study.Description ?? $"Transfer study {report.Study.Id}: {report.Study.Title}.",
        Navigation = [("Report", "index.html")],
        HasLibrary = drawings.Library is not null,
        Content = Content(report, drawings),
    }.Write(info);

    private static Html Content(TransferReport report, Drawings drawings)
    {
        var figures = TransferFigures.Of(report);
        return Html.Of($"""
            {Opening(report)}
            <section aria-labelledby="transfer">
            <h2 id="transfer">Transfer</h2>
            <p class="prose">A light mark and a star: better than the same network from scratch with as many annotated cases, pooled two-sample
            t-test over trials, P &lt; 0.05. Numbers called <i>reported</i> are printed in a paper, with the difference of what was
            measured here; they enter no mean and no test.</p>
            {TransferTables.Main(report, Metric.Dsc)}
            </section>
            <section aria-labelledby="surfaces">
            <h2 id="surfaces">The same by surfaces</h2>
            {TransferTables.Main(report, Metric.Nsd)}
            </section>
            {Comparison(report)}
            <section aria-labelledby="efficiency">
            <h2 id="efficiency">Data, annotations, convergence, few shots</h2>
            {figures.Select(figure => FigureBlock.Of(figure, IsDrawn(drawings, figure), ""))}{None(figures)}
            </section>
            <section aria-labelledby="tests">
            <h2 id="tests">Tests against scratch</h2>
            {TransferTables.Tests(report, Metric.Dsc)}
            {TransferTables.Tests(report, Metric.Nsd)}
            </section>
            <section aria-labelledby="pretrainings">
            <h2 id="pretrainings">Pre-training</h2>
            {TransferTables.Pretrainings(report)}
            </section>
            <section aria-labelledby="failures">
            <h2 id="failures">What failed</h2>
            {TransferTables.Failures(report)}
            </section>
            {Methods(report)}
            {TransferDownloads.List}
            """);
    }

    private static bool IsDrawn(Drawings drawings, Figure figure) => drawings.Svgs.ContainsKey(FigureFiles.Path(figure.Name));

    private static Html None(IReadOnlyList<Figure> figures) =>
        figures.Count > 0 ? Html.Empty : Html.Of($"<p class=\"none\">No figure has data yet.</p>\n");

    private static Html Opening(TransferReport report) => Html.Of($"""
        <div class="opening">
        <p class="kicker">Transfer study</p>
        <h1>{report.Study.Title}</h1>
        {(report.Study.Description is { } text ? Html.Of($"<p class=\"lead\">{text}</p>\n") : Html.Empty)}{Unfinished(report)}{Parts.Facts(
            ("Trials", Html.Text($"{report.Coverage.Finished} of {report.Coverage.Expected}")),
            ("Failed trials", Html.Of($"{report.Coverage.Failed}")),
            ("Networks", Html.Of($"{report.Study.Backbones.Count}")),
            ("Pre-trainings", Html.Of($"{report.Study.Pretrainings.Count}")),
            ("Tasks", Html.Of($"{report.Study.Tasks.Count}")),
            ("Trials of a cell", Html.Of($"{report.Study.Trials}")))}
        </div>
        """);

    private static Html Unfinished(TransferReport report) => report.Coverage.IsComplete ? Html.Empty : Html.Of($"""
        <p class="notice"><b>This study is not finished.</b> {Ended(report.Coverage.Finished, report.Coverage.Expected)}; every
        number is of those and says of how many.</p>

        """);

    private static string Ended(int finished, int expected) =>
        $"{finished} of {Show.Count(expected, "trial")} {(expected == 1 ? "has" : "have")} ended";

    private static Html Comparison(TransferReport report) => report.Comparison is not { } table ? Html.Empty : Html.Of($"""
        <section aria-labelledby="comparison">
        <h2 id="comparison">Structure by structure</h2>
        {TransferTables.Comparison(report, table)}
        </section>
        """);

    private static Html Task(OutlineTask task) => Html.Of($"""
        <div><dt>{task.Title}</dt><dd>{Show.Count(task.Structures.Count, "structure")} on {Show.Count(task.TestCases, "test case")}; metrics {task.Protocol}, NSD at
        {Show.Signed(task.ToleranceMm, "0.##")} mm.</dd></div>

        """);

    private static Html Methods(TransferReport report) => Html.Of($"""
        <section aria-labelledby="methods">
        <h2 id="methods">How these numbers are made</h2>
        <dl class="made">
        <div><dt>A trial's score</dt><dd>The mean over structures of means over test cases. A structure counts where it is annotated; undefined
        scores (absent, rightly not found) are left out.</dd></div>
        <div><dt>Failures</dt><dd>A trial whose job did not complete, or whose pre-training did not, counts as 0, the worst value, for every
        structure; a test case without a valid prediction counts as 0 in its trial. The data files also have the mean of completed trials.</dd></div>
        <div><dt>± s.d.</dt><dd>Standard deviation over trials, with n − 1 in the denominator.</dd></div>
        <div><dt>Tests</dt><dd>Independent two-sample t-tests over trials, two-sided: pooled (Student, one variance, as the SuPreM paper) and
        Welch (a variance of each). No correction for several comparisons. Where no trial differs from the others of its group by more than
        rounding, there is no spread to measure a difference by: no t, no P and no mark.</dd></div>
        <div><dt>Trials</dt><dd>Trial t trains with seed {Show.Signed(report.Study.Seed, "0")} + t, the same for all methods, on annotated
        cases drawn by that seed: the same for all methods, and fewer are among more. Pre-training is done once, with the study's seed.</dd></div>
        <div><dt>Hours</dt><dd>From start to end of the container by the engine's clock, on the machine that each result file names.</dd></div>
        {report.Study.Tasks.Select(Task)}</dl>
        </section>

        """);
}
