namespace Touchstone.Leaderboard.Site;

/// <summary>One structure: every entry on it, over all cases and per dataset.</summary>
internal static class StructurePage
{
    private const string Up = "../";

    /// <summary>What is under the masthead.</summary>
    public static Html Content(Board board, string structure)
    {
        var isHard = HardStructures.Contains(structure);
        return Html.Of($"""
            <div class="opening">
            <p class="kicker">Structure</p>
            <h1>{Show.Structure(structure)}{(isHard ? Html.Of($" <span class=\"tag hard\">hard</span>") : Html.Empty)}</h1>
            {Parts.Facts(
                ("Cases with it annotated", Html.Of($"{board.Table(Scope.All, structure, Metric.Dsc)?.Cases ?? 0}")),
                ("In distribution", Html.Of($"{board.Table(Scope.Iid, structure, Metric.Dsc)?.Cases ?? 0}")),
                ("Out of distribution", Html.Of($"{board.Table(Scope.Ood, structure, Metric.Dsc)?.Cases ?? 0}")))}
            </div>
            <section aria-labelledby="entries">
            <h2 id="entries">Entries</h2>
            {Entries(board, structure)}
            </section>
            <section aria-labelledby="datasets">
            <h2 id="datasets">By dataset</h2>
            {Datasets(board, structure)}
            </section>
            """);
    }

    private static Html Entries(Board board, string structure)
    {
        var (dsc, nsd) = (board.Table(Scope.All, structure, Metric.Dsc), board.Table(Scope.All, structure, Metric.Nsd));
        var axis = Parts.AxisOf(dsc, nsd);
        var hasAbsent = board.Standings.Entries.Any(standing => Found(standing, structure) is not null);
        Column[] columns =
        [
            new("Rank", IsNumber: false), new("Method", IsNumber: false), new("DSC %"), new("Median DSC %"), new("NSD %"),
            .. board.HasGap ? new Column[] { new("IID, DSC %"), new("OOD, DSC %"), new("Gap, points") } : [],
            .. hasAbsent ? new Column[] { new("False positives, mL") } : [],
        ];
        return DataTable.Make(
            $"Means over all cases with 95 % bootstrap intervals, best first; scale of the dots {axis} %", columns, header: 1,
            Ranked(board, structure).Select(standing => new Row(
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
            "Mean DSC %, NSD % behind it", columns, header: 0,
            Ranked(board, structure).Select(standing => new Row(
            [
                Parts.Who(standing, Up),
                .. scopes.Select(scope => Html.Of($"""
                    <b>{Show.Percent(board.Row(standing, scope, structure, Metric.Dsc)?.Mean)}</b>
                    <span class="interval">{Show.Percent(board.Row(standing, scope, structure, Metric.Nsd)?.Mean)}</span>
                    """)),
            ], standing.Entry.IsBaseline ? "baseline" : "")));
    }

    private static IEnumerable<Standing> Ranked(Board board, string structure) => board.Standings.Entries
        .OrderBy(standing => board.Row(standing, Scope.All, structure, Metric.Dsc)?.MeanThenRank ?? int.MaxValue);

    private static FalsePositives? Found(Standing standing, string structure) =>
        standing.FalsePositives.FirstOrDefault(found => found.Structure == structure);

    private static Html FalsePositive(FalsePositives? found) => found is null
        ? Html.Text(Show.Undefined)
        : Html.Of($"{Show.Signed(found.FpMl, "0.0")} <span class=\"interval\">in {found.Cases} of {found.AbsentCases} cases without it</span>");
}
