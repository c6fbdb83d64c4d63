namespace Touchstone.Leaderboard.Site;

/// <summary>The overall leaderboard of a contest.</summary>
internal static class IndexPage
{
    private const int MostSteps = 6;

    /// <summary>What is under the masthead.</summary>
    public static Html Content(Board board) => Html.Of($"""
        {Opening(board)}
        {Podium(board)}
        <section aria-labelledby="leaderboard">
        <h2 id="leaderboard">Leaderboard</h2>
        {ApartSection.Warning(board)}{Overall(board)}
        <p class="note">{Show.Ranked(board.Standings)} Failed and missing cases count with the worst value. Entries of one
        tier do not differ significantly from its first. Baselines are the organisers' own: their rank stands in brackets
        and moves nobody down. <a href="methods.html">What the numbers
        mean</a></p>
        </section>
        {ApartSection.Of(board)}{Figures(board)}
        {Overviews.Structures(board)}
        {Overviews.Datasets(board)}
        {Overviews.Schemes(board)}
        {Downloads()}
        """);

    private static Html Opening(Board board)
    {
        var cases = board.Contest.Datasets.SelectMany(dataset => dataset.Cases).ToArray();
        var entries = board.Standings.Entries;
        var baselines = entries.Count(standing => standing.Entry.IsBaseline);
        return Html.Of($"""
            <div class="opening">
            <h1>{board.Contest.Title}</h1>
            <p class="lead">{board.Contest.Description}</p>
            {Parts.Facts(
                ("Submissions", Html.Of($"{entries.Count - baselines}")),
                ("Baselines", Html.Of($"{baselines}")),
                ("Datasets", Html.Of($"{board.Contest.Datasets.Count}")),
                ("Cases", Html.Of($"{cases.Length}")),
                ("of them OOD", Html.Of($"{cases.Count(one => !one.IsInDistribution)}")),
                ("Structures", Html.Of($"{board.Contest.Structures.Count}")))}
            </div>
            """);
    }

    /// <summary>
    /// The participants on ranks 1 to 3, more than three where ranks are shared; none when fewer than three are
    /// ranked, or so many share a rank that it says nothing.
    /// </summary>
    public static IReadOnlyList<Standing> OnPodium(Board board)
    {
        var ranked = board.Standings.Entries.Where(standing => !standing.Entry.IsBaseline && standing.Rank is >= 1).ToArray();
        var best = ranked.Where(standing => standing.Rank <= 3).ToArray();
        return ranked.Length < 3 || best.Length > MostSteps ? [] : best;
    }

    private static Html Podium(Board board)
    {
        var best = OnPodium(board);
        return best.Count == 0 ? Html.Empty : Html.Of($"""
            <section aria-labelledby="podium">
            <h2 id="podium" class="unseen">Podium</h2>
            <ol class="podium">
            {best.Select(standing => Step(board, standing, best.Count(other => other.Rank == standing.Rank) > 1))}</ol>
            </section>
            """);
    }

    private static Html Step(Board board, Standing standing, bool isShared)
    {
        var dsc = board.Row(standing, Scope.All, null, Metric.Dsc);
        var nsd = board.Row(standing, Scope.All, null, Metric.Nsd);
        return Html.Of($"""
            <li class="step m{standing.Rank!.Value}">
            {Sparks.Medal(standing.Rank!.Value)}
            <p class="method"><a href="{Links.Submission(standing.Entry.Id)}">{standing.Entry.Name}</a></p>
            <p class="team">{standing.Entry.Team}</p>
            <p class="score"><b>{Show.Percent(dsc?.Mean)}</b>
            <abbr title="Dice similarity coefficient, percent">DSC</abbr></p>
            <p class="second">{Show.Percent(nsd?.Mean)} <abbr title="Normalised surface Dice, percent">NSD</abbr>{Pace(
                Board.Coverage(standing, Scope.All)?.MeanSeconds)}</p>
            {Firmness(board, standing, dsc, isShared)}
            </li>

            """);
    }

    // A medal without its doubt is an advertisement.
    private static Html Firmness(Board board, Standing standing, ScoreRow? dsc, bool isShared) =>
        board.Standings.Scheme != Scheme.MeanThenRank
            ? Html.Of($"""
                <p class="second">Score {Show.Value(board.SchemeValue(standing))}{(isShared ? ", rank shared" : "")}</p>
                """)
            : Html.Of($"""
                <p class="second">{(isShared ? "Rank shared; rank" : "Rank")} {Show.Ranks(dsc?.RankInterval)} in {board.Level} % of
                resamples</p>
                """);

    private static Html Pace(double? seconds) =>
        seconds is null ? Html.Empty : Html.Of($" · {Show.Seconds(seconds)} s per case");

    private static Html Overall(Board board)
    {
        var axis = Parts.AxisOf(
            board.Table(Scope.All, null, Metric.Dsc), board.Table(Scope.All, null, Metric.Nsd));
        var slopes = Axis.Around(board.Standings.Entries
            .Select(standing => Board.Gap(standing, null, Metric.Dsc))
            .SelectMany(gap => new[] { gap?.Iid, gap?.Ood }).OfType<double>());
        var ranking = board.Standings.Sensitivity.Schemes[0];
        var hasScore = ranking.Scheme != Scheme.MeanThenRank;
        Column[] columns =
        [
            new("Rank", IsNumber: false), new("Tier"), new("Method", IsNumber: false),
            .. hasScore ? new Column[] { new(Show.Scheme(ranking)) } : [], new("DSC %"), new("NSD %"),
            .. board.HasGap ? new Column[] { new("IID → OOD, DSC %"), new("Gap, points") } : [],
            .. board.HasSeconds ? new Column[] { new("Seconds per case") } : [], new("Scored"),
        ];
        var caption = $"Means over structures and all cases with {board.Level} % bootstrap intervals; "
            + $"scale of the dots {axis} %" + Show.WeightsCaption(board.Standings);
        return DataTable.Make(caption, columns, header: 2, board.Standings.Entries.Select(standing =>
        {
            var coverage = Board.Coverage(standing, Scope.All);
            var gap = Board.Gap(standing, null, Metric.Dsc);
            return new Row(
                [
                    Parts.Rank(standing.Rank, standing),
                    Html.Text(Show.Signed(standing.Tiers.GetValueOrDefault(Metric.Dsc), "0")),
                    Parts.Who(standing, ""),
                    .. hasScore ? new[] { Html.Text(Show.Value(board.SchemeValue(standing))) } : [],
                    Parts.Score(board.Row(standing, Scope.All, null, Metric.Dsc), axis),
                    Parts.Score(board.Row(standing, Scope.All, null, Metric.Nsd), axis),
                    .. board.HasGap ? new[] { Slope(gap, slopes), Parts.Gap(gap) } : [],
                    .. board.HasSeconds ? new[] { Html.Text(Show.Seconds(coverage?.MeanSeconds)) } : [],
                    CoverageAndFailures(coverage),
                ],
                standing.Entry.IsBaseline ? "baseline" : "");
        }));
    }

    private static Html CoverageAndFailures(Coverage? coverage) => Html.Join(
        Parts.Coverage(coverage),
        coverage is null or { Failed: 0, Missing: 0 }
            ? Html.Empty : Html.Of($" <span class=\"detail\">{Parts.Failures(coverage)}</span>"),
        coverage is null or { Stale: 0 } ? Html.Empty : Html.Of($" <span class=\"tag bad\">{coverage.Stale} stale</span>"));

    private static Html Slope(Gap? gap, Axis axis) => gap is null
        ? Html.Text(Show.Undefined)
        : Html.Of($"""
            <span class="line">{Show.Percent(gap.Iid)}
            {Sparks.Slope(gap.Iid, gap.Ood, axis)} {Show.Percent(gap.Ood)}</span>
            """);

    private static Html Figures(Board board) => board.Standings.Entries.Count == 0 ? Html.Empty : Html.Of($"""
        <section aria-labelledby="figures">
        <h2 id="figures">At a glance</h2>
        {FigureBlock.Of(board, "structures", "")}
        {FigureBlock.Of(board, "speed", "")}
        {FigureBlock.Of(board, "coverage", "")}
        </section>
        """);

    private static Html Downloads() => Html.Of($"""
        <section aria-labelledby="downloads">
        <h2 id="downloads">Take the numbers with you</h2>
        <ul class="downloads">
        <li><a href="data/standings.json">standings.json</a> everything on these pages, exact to the last digit</li>
        <li><a href="data/standings.csv">standings.csv</a> every mean, interval and rank</li>
        <li><a href="data/entries.csv">entries.csv</a> coverage, endings and seconds</li>
        <li><a href="data/gaps.csv">gaps.csv</a> IID, OOD and their gap</li>
        <li><a href="data/comparisons.csv">comparisons.csv</a> every pairwise test</li>
        <li><a href="data/scores.csv">scores.csv</a> every score of every case</li>
        <li><a href="data/cases.csv">cases.csv</a> how every case ended, and how long it took</li>
        <li><a href="data/subgroups.csv">subgroups.csv</a> every entry by sex, age, manufacturer and so on</li>
        <li><a href="data/schemes.csv">schemes.csv</a> values and ranks under every scheme</li>
        <li><a href="data/table.tex">table.tex</a> the leaderboard as a LaTeX table, ready for a paper</li>
        <li><a href="data/results.json">results.json</a> scores and cases together</li>
        </ul>
        </section>
        """);
}
