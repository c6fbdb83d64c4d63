using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Leaderboard.Viewer;

namespace Touchstone.Leaderboard.Site;

/// <summary>
/// One entry on one public case: CT with the reference and with the prediction side by side, and what the pictures
/// show as a table. The table is whole without scripts and without pictures.
/// </summary>
internal static class CasePage
{
    private const string Up = "../../../";

    private static readonly Column[] Columns =
    [
        new("Structure", IsNumber: false), new("DSC %"), new("NSD %"), new("HD95, mm"), new("Reference, mL"),
        new("Prediction, mL"), new("Look", IsNumber: false),
    ];

    /// <summary>Every page of a board: path, heading, content.</summary>
    public static IEnumerable<(string Path, string Heading, Func<Html> Content)> All(Board board) =>
        from c in Enumerable.Range(0, board.Scores.Cases.Count)
        let one = board.Scores.Cases[c]
        where board.ShownOf(one) is not null
        from standing in board.Standings.Entries
        let path = board.CasePage(standing, one)
        where path is not null
        select (path, $"{one.ShownName}, {standing.Entry.Name}", (Func<Html>)(() => Content(board, standing, c)));

    /// <summary>What is under the masthead.</summary>
    private static Html Content(Board board, Standing standing, int caseIndex)
    {
        var one = board.Scores.Cases[caseIndex];
        var entry = board.EntryIndex(standing);
        return Html.Of($"""
            <div class="opening">
            <p class="kicker">Case</p>
            <h1>{one.ShownName}</h1>
            <p class="lead"><a href="{Up}{Links.Submission(standing.Entry.Id)}">{standing.Entry.Name}</a> on
            <a href="{Up}{Links.Dataset(one.Dataset.Id)}">{one.Dataset.Title}</a></p>
            {Parts.Facts(
                ("DSC %", Html.Text(Show.Percent(board.Scores.CaseMean(entry, Metric.Dsc, caseIndex)))),
                ("NSD %", Html.Text(Show.Percent(board.Scores.CaseMean(entry, Metric.Nsd, caseIndex)))),
                ("Mean DSC % over entries", Html.Text(Show.Percent(board.Scores.CaseMean(Metric.Dsc, caseIndex)))),
                ("Distribution", Html.Text(one.Case.IsInDistribution ? "IID" : "OOD")))}
            {Neighbours(board, standing, one)}
            </div>
            {Pictures(board, standing, one)}
            <section aria-labelledby="scores">
            <h2 id="scores">This case in numbers</h2>
            {Scores(board, standing, one)}
            </section>
            <section aria-labelledby="others">
            <h2 id="others">Other entries on this case</h2>
            {Others(board, standing, caseIndex)}
            </section>
            """);
    }

    private static Html Pictures(Board board, Standing standing, ExpectedCase one)
    {
        var shown = board.ShownOf(one)!;
        var step = string.Join(" × ", shown.StepMm.Select(mm => mm.ToString("0.#", CultureInfo.InvariantCulture)));
        return Html.Of($"""
            <section aria-labelledby="pictures">
            <h2 id="pictures">Reference and prediction</h2>
            <p class="note">A preview of the whole volume at {step} mm; scores are of the full volume. The right of the patient
            is on the left, as in radiology. Arrow keys turn the slices while a picture has the focus; every control works by
            keyboard.</p>
            <div class="viewer" data-ct="{Name(CaseFiles.Ct(shown))}" data-reference="{Name(CaseFiles.Reference(shown))}"
              data-prediction="{Name(CaseFiles.Prediction(shown, standing.Entry.Id))}">
            <p class="state" role="status">The pictures need scripts and WebGL 2. The table below says the same in numbers.</p>
            <div class="panel" hidden></div>
            <div class="screens" hidden>
            {Screen("reference", "Reference", one)}{Screen("prediction", $"Prediction of {standing.Entry.Name}", one)}</div>
            <script type="application/json">{Html.Json(Data(board, shown, standing))}</script>
            </div>
            </section>
            """);
    }

    private static Html Screen(string kind, string caption, ExpectedCase one) => Html.Of($"""
        <figure>
        <figcaption>{caption}</figcaption>
        <div class="screen"><canvas class="{kind}" tabindex="0" role="img"
          aria-label="{caption} over the CT of {one.ShownName}, one slice. The table below has the numbers."></canvas></div>
        </figure>

        """);

    private static Html Scores(Board board, Standing standing, ExpectedCase one)
    {
        var result = board.Whole(standing, one);
        return DataTable.Make(
            $"Every structure annotated on this case, worst first; {board.Contest.Protocol} at "
            + $"{Show.Signed(board.Contest.ToleranceMm, "0.##")} mm",
            Columns, header: 0,
            result.Scores.OrderBy(score => score.Dsc ?? 2).Select(score => new Row(
            [
                Html.Of($"{Swatch(board, score.Structure)} {Parts.Structure(board.Contest, score.Structure, Up)}"),
                Html.Text(Show.Percent(score.Dsc)),
                Html.Text(Show.Percent(score.Nsd)),
                Html.Text(Show.Signed(score.Hd95Mm, "0.0")),
                Html.Text(Show.Signed(score.ReferenceMl, "0.0")),
                Html.Text(Show.Signed(score.PredictionMl, "0.0")),
                Button(board, standing, one, score.Structure),
            ])));
    }

    private static Html Button(Board board, Standing standing, ExpectedCase one, string structure) =>
        Place(board.ShownOf(one)!, standing, structure) is null
            ? Html.Text(Show.Undefined)
            : Html.Of($"""
                <button type="button" class="go" data-structure="{structure}" hidden>Show
                <span class="unseen">{Show.Structure(board.Contest, structure)}</span></button>
                """);

    private static Html Swatch(Board board, string structure) => Html.Of($"""
        <svg class="swatch" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><rect width="10" height="10"
        fill="{StructureColour.Of(board.Contest, board.Contest.Structures.ToList().IndexOf(structure)).ToString()}"/></svg>
        """);

    private static Html Others(Board board, Standing standing, int caseIndex)
    {
        var one = board.Scores.Cases[caseIndex];
        return DataTable.Make(
            "Means over the structures of this case, best first" + Show.WeightsCaption(board.Standings),
            [new("Method", IsNumber: false), new("DSC %"), new("NSD %"), new("Pictures", IsNumber: false)], header: 0,
            board.Standings.Entries.Select(other => (Entry: other, Index: board.EntryIndex(other)))
                .OrderByDescending(pair => board.Scores.CaseMean(pair.Index, Metric.Dsc, caseIndex) ?? -1)
                .Select(pair => new Row(
                [
                    Parts.Who(pair.Entry, Up),
                    Html.Text(Show.Percent(board.Scores.CaseMean(pair.Index, Metric.Dsc, caseIndex))),
                    Html.Text(Show.Percent(board.Scores.CaseMean(pair.Index, Metric.Nsd, caseIndex))),
                    pair.Entry == standing ? Html.Of($"this page")
                        : board.CasePage(pair.Entry, one) is { } path
                            ? Html.Of($"<a href=\"{Up}{path}\">look<span class=\"unseen\"> at {pair.Entry.Entry.Name}</span></a>")
                        : Html.Text(board.Scores.Result(pair.Entry.Entry, one) is { } result
                            ? Show.Ending(result.Ending) : "no result"),
                ], pair.Entry.Entry.IsBaseline ? "baseline" : "")));
    }

    private static Html Neighbours(Board board, Standing standing, ExpectedCase one)
    {
        var pages = WorstCases.Of(board, standing);
        var at = pages.ToList().FindIndex(page => page.Case == one);
        Html Link(int index, string words) => index < 0 || index >= pages.Count ? Html.Empty : Html.Of(
            $"<li><a href=\"{Up}{pages[index].Path}\">{words}: {pages[index].Case.ShownName}</a></li>\n");
        return pages.Count < 2 ? Html.Empty : Html.Of($"""
            <ul class="chips">
            {Link(at - 1, "Next worse")}{Link(at + 1, "Next better")}</ul>
            """);
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static ShownPlace? Place(ShownCase shown, Standing standing, string structure) =>
        shown.Places.Concat(shown.Predictions.First(one => one.Entry == standing.Entry.Id).Places)
            .FirstOrDefault(place => place.Structure == structure);

    /// <summary>What the script needs: every structure in the order of its label, and which one is worst.</summary>
    private static string Data(Board board, ShownCase shown, Standing standing) => new JsonObject
    {
        ["structures"] = new JsonArray([.. board.Contest.Structures.Select((structure, i) => (JsonNode)new JsonObject
        {
            ["id"] = structure,
            ["name"] = Show.Structure(board.Contest, structure),
            ["colour"] = Numbers(StructureColour.Of(board.Contest, i)),
            ["place"] = Place(shown, standing, structure) is { } place ? Numbers(place.X, place.Y, place.Z) : null,
        })]),
        ["first"] = board.Whole(standing, board.Scores.Cases.First(one => board.ShownOf(one) == shown)).Scores
            .Where(score => Place(shown, standing, score.Structure) is not null)
            .OrderBy(score => score.Dsc ?? 2).Select(score => score.Structure).FirstOrDefault(),
    }.ToJsonString();

    private static JsonArray Numbers(StructureColour colour) => Numbers(colour.R, colour.G, colour.B);

    private static JsonArray Numbers(params double[] numbers) => new([.. numbers.Select(number => (JsonNode)number)]);
}
