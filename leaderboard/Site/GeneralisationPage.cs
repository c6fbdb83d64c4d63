namespace Touchstone.Leaderboard.Site;

/// <summary>In distribution against out of distribution.</summary>
internal static class GeneralisationPage
{
    /// <summary>What is under the masthead.</summary>
    public static Html Content(Board board) => Html.Of($"""
        <div class="opening">
        <h1>Known hospitals, new hospitals</h1>
        <p class="lead">IID cases come from hospitals that contributed training data, OOD cases from hospitals that did not.
        The gap is what an entry loses on the way.</p>
        </div>
        <section aria-labelledby="slopes">
        <h2 id="slopes">Every entry</h2>
        {FigureBlock.Of(board, "generalisation", "")}
        {Entries(board)}
        {Agreement(board)}
        </section>
        <section aria-labelledby="structures">
        <h2 id="structures">Every structure</h2>
        {Structures(board)}
        </section>
        """);

    private static Html Entries(Board board) => DataTable.Make(
        $"Means over structures with the gap's {board.Level} % bootstrap interval; p of a two-sided Mann-Whitney test, "
        + "Holm-adjusted; ranks by mean DSC in each group" + Show.WeightsCaption(board.Standings),
        [
            new("Method", IsNumber: false), new("IID, DSC %"), new("OOD, DSC %"), new("Gap, points"), new("p"),
            new("Gap on hard structures"), new("Gap, NSD points"), new("IID rank"), new("OOD rank"),
        ], header: 0,
        board.Standings.Entries.Select(standing =>
        {
            var (dsc, nsd) = (Board.Gap(standing, null, Metric.Dsc), Board.Gap(standing, null, Metric.Nsd));
            var shift = standing.RankShifts.FirstOrDefault(one => one.Metric == Metric.Dsc);
            return new Row(
                [
                    Parts.Who(standing, ""), Html.Text(Show.Percent(dsc?.Iid)), Html.Text(Show.Percent(dsc?.Ood)),
                    Parts.Gap(dsc), Html.Text(Show.P(dsc?.PHolm)),
                    Parts.Gap(standing.HardGaps.FirstOrDefault(gap => gap.Metric == Metric.Dsc)), Parts.Gap(nsd),
                    Html.Text(Show.Signed(shift?.Iid, "0")), Html.Text(Show.Signed(shift?.Ood, "0")),
                ],
                standing.Entry.IsBaseline ? "baseline" : "");
        }));

    private static Html Agreement(Board board) => board.Standings.IidOodAgreement is { } tau
        ? Html.Of($"""
            <p class="note">Kendall's τ-b between the two orders is {Show.Signed(tau, "0.00")}: 1 would be the same order at
            home and abroad.</p>
            """)
        : Html.Empty;

    private static Html Structures(Board board) => DataTable.Make(
        "Gap in points of DSC by structure, IID mean − OOD mean",
        [
            new("Structure", IsNumber: false),
            .. board.Standings.Entries.Select(standing => new Column(standing.Entry.Name)),
        ], header: 0,
        board.Contest.Structures.Select(structure => new Row(
        [
            Parts.Structure(board.Contest, structure, ""),
            .. board.Standings.Entries.Select(standing =>
                Html.Text(Show.Signed(Board.Gap(standing, structure, Metric.Dsc)?.Value * 100, "0.0"))),
        ])));
}
