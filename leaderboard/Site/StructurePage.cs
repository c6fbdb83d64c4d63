namespace Touchstone.Leaderboard.Site;

/// <summary>One structure: every entry on it, over all cases and per dataset.</summary>
internal static class StructurePage
{
    private const string Up = "../";

    /// <summary>What is under the masthead.</summary>
    public static Html Content(Board board, string structure) => Html.Of($"""
        <div class="opening">
        <p class="kicker">Structure</p>
        <h1>{Show.Structure(board.Contest, structure)}{Parts.Hard(board.Contest, structure)}</h1>
        {Parts.Facts([
            .. board.Contest.About(structure).Group is { } group ? [("Group", Html.Text(group))] : Array.Empty<(string, Html)>(),
            ("Cases with it annotated", Html.Of($"{board.Table(Scope.All, structure, Metric.Dsc)?.Cases ?? 0}")),
            ("In distribution", Html.Of($"{board.Table(Scope.Iid, structure, Metric.Dsc)?.Cases ?? 0}")),
            ("Out of distribution", Html.Of($"{board.Table(Scope.Ood, structure, Metric.Dsc)?.Cases ?? 0}")),
            .. board.Standings.Weights?.Where(one => one.Structure == structure)
                .Select(one => ("Weight in means over structures", Html.Text(Show.Signed(one.Weight, "0.####")))) ?? []])}
        </div>
        <section aria-labelledby="entries">
        <h2 id="entries">Entries</h2>
        {Entries(board, structure)}
        </section>
        <section aria-labelledby="spread">
        <h2 id="spread">Spread over cases</h2>
        {FigureBlock.Of(board, BoardFigures.OfStructure(structure, Metric.Dsc), Up)}
        {FigureBlock.Of(board, BoardFigures.OfStructure(structure, Metric.Nsd), Up)}
        </section>
        <section aria-labelledby="datasets">
        <h2 id="datasets">By dataset</h2>
        {Datasets(board, structure)}
        </section>
        """);

    private static Html Entries(Board board, string structure)
    {
        var (dsc, nsd) = (board.Table(Scope.All, structure, Metric.Dsc), board.Table(Scope.All, structure, Metric.Nsd));
        var axis = Parts.AxisOf(dsc, nsd);
        var hasAbsent = board.Standings.Entries.Any(standing => Found(standing, structure) is not null);
        Column[] columns =
        [
            new("Rank", IsNumber: false), new("Method", IsNumber: false), new("DSC %"), new("Median DSC %"),
            new("NSD %"),
            .. board.HasGap ? new Column[] { new("IID, DSC %"), new("OOD, DSC %"), new("Gap, points") } : [],
            .. hasAbsent ? new Column[] { new("False positives, mL") } : [],
        ];
        return DataTable.Make(
            $"Means over all cases with {board.Level} % bootstrap intervals, best first; scale of the dots {axis} %",
            columns, header: 1,
            board.Ranked(Scope.All, structure).Select(standing => new Row(
            [
                Parts.Rank(board.Row(standing, Scope.All, structure, Metric.Dsc)?.MeanThenRank, standing),
                Parts.Who(standing, Up),
                Parts.Score(board.Row(standing, Scope.All, structure, Metric.Dsc), axis),
                Html.Text(Show.Percent(board.Row(standing, Scope.All, structure, Metric.Dsc)?.Median)),
                Parts.Score(board.Row(standing, Scope.All, structure, Metric.Nsd), axis),
                .. board.HasGap ? new[]
                {
                    Html.Text(Show.Percent(Board.Gap(standing, structure, Metric.Dsc)?.Iid)),
                    Html.Text(Show.Percent(Board.Gap(standing, structure, Metric.Dsc)?.Ood)),
                    Parts.Gap(Board.Gap(standing, structure, Metric.Dsc)),
                } : [],
                .. hasAbsent ? new[] { FalsePositive(Found(standing, structure)) } : [],
            ], standing.Entry.IsBaseline ? "baseline" : "")));
    }

    private static Html Datasets(Board board, string structure)
    {
        var scopes = board.Contest.Datasets.Select(dataset => new Scope(ScopeKind.Dataset, dataset.Id)).ToArray();
        Column[] columns =
        [
            new("Method", IsNumber: false), .. board.Contest.Datasets.Select(dataset => new Column(dataset.Title)),
        ];
        return DataTable.Make(
            "Mean DSC %, and below it mean NSD %", columns, header: 0,
            board.Ranked(Scope.All, structure).Select(standing => new Row(
            [
                Parts.Who(standing, Up),
                .. scopes.Select(scope => Means(
                    board.Row(standing, scope, structure, Metric.Dsc),
                    board.Row(standing, scope, structure, Metric.Nsd))),
            ], standing.Entry.IsBaseline ? "baseline" : "")));
    }

    private static Html Means(ScoreRow? dsc, ScoreRow? nsd) => Html.Of(
        $"<b>{Show.Percent(dsc?.Mean)}</b> <span class=\"interval\">{Show.Percent(nsd?.Mean)}</span>");

    private static FalsePositives? Found(Standing standing, string structure) =>
        standing.FalsePositives.FirstOrDefault(found => found.Structure == structure);

    private static Html FalsePositive(FalsePositives? found) => found is null
        ? Html.Text(Show.Undefined)
        : Html.Of($"""
            {Show.Signed(found.FpMl, "0.0")}
            <span class="interval">in {found.Cases} of {Show.Count(found.AbsentCases, "case")} without it</span>
            """);
}
