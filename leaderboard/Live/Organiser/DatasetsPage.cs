using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live.Organiser;

/// <summary>A dataset's reference masks and the scores made with them.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Cases">How many cases it has.</param>
/// <param name="Versions">Versions of its reference masks, oldest first.</param>
/// <param name="Stale">Results on the disk that were scored with an older version than the newest.</param>
/// <param name="Doing">What is being done to it now, in words; empty for nothing.</param>
public sealed record DatasetLine(
    string Id, string Title, int Cases, IReadOnlyList<ReferenceVersion> Versions, int Stale, string Doing)
{
    /// <summary>What came of the last time that it was scored anew; null when it never was.</summary>
    public string? LastReport { get; init; }
}

/// <summary>A version of a dataset's reference masks.</summary>
/// <param name="Number">Its number; null for results that are older than such numbers.</param>
/// <param name="Results">Results whose newest scores were made with it.</param>
/// <param name="Rescored">How many of them were scored anew and keep their earlier scores beside these.</param>
/// <param name="IsPresent">Whether the manifest names this one.</param>
public sealed record ReferenceVersion(int? Number, int Results, int Rescored, bool IsPresent);

/// <summary>Datasets, the versions of their references, and scoring anew.</summary>
public static class DatasetsPage
{
    private static readonly Column[] Columns =
    [
        new("Version", IsNumber: false), new("Results"), new("Scored anew, earlier scores kept"),
    ];

    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="datasets">In the manifest's order.</param>
    /// <param name="input">A form that could not be taken.</param>
    public static string Write(LiveFrame frame, IReadOnlyList<DatasetLine> datasets, FormInput input) => new LivePage
    {
        Path = "organiser/datasets",
        Heading = "Datasets",
        Content = Html.Of($"""
            <div class="opening">
            <p class="kicker">For organisers</p>
            <h1>Datasets</h1>
            <p class="lead">When a reference mask was wrong and has been put right, raise the dataset's reference-version in the
            manifest and score the kept predictions anew: nothing runs again, the boards take the new scores, and the old ones
            are kept beside them.</p>
            </div>
            {datasets.Select(dataset => Section(frame, dataset, input))}
            """),
    }.Write(frame);

    private static Html Section(LiveFrame frame, DatasetLine dataset, FormInput input) => Html.Of($"""
        <section aria-labelledby="{dataset.Id}">
        <h2 id="{dataset.Id}">{dataset.Title}</h2>
        <p class="note">{Show.Count(dataset.Cases, "case")}. {Stale(dataset)}</p>
        {DataTable.Make($"Versions of the reference masks of {dataset.Title}", Columns, header: 0, dataset.Versions.Select(Line))}
        {(dataset.LastReport is { } report ? Html.Of($"<p class=\"note\">{report}</p>") : Html.Empty)}
        {Rescore(frame, dataset, input)}
        </section>

        """);

    private static Html Stale(DatasetLine dataset) => dataset switch
    {
        { Doing.Length: > 0 } => Html.Of($"<b>{dataset.Doing}</b>"),
        { Stale: > 0 } => Html.Of($"<b>{Show.Count(dataset.Stale, "result")} of an older version.</b>"),
        _ => Html.Of($"Every result is of the newest version."),
    };

    private static Row Line(ReferenceVersion version) => new(
    [
        Html.Of($"{(version.Number is { } number ? Show.Signed(number, "0") : "not noted")}{Present(version)}"),
        Html.Of($"{version.Results}"),
        Html.Of($"{version.Rescored}"),
    ]);

    private static Html Present(ReferenceVersion version) =>
        version.IsPresent ? Html.Of($" <span class=\"tag good\">present</span>") : Html.Empty;

    private static Html Rescore(LiveFrame frame, DatasetLine dataset, FormInput input) => dataset.Doing.Length > 0
        ? Html.Empty
        : Html.Of($"""
            <details class="field"><summary>Score anew</summary>
            {Forms.Post(
                frame, $"/organiser/datasets/{dataset.Id}/rescore", "Score anew",
                Forms.Text(
                    new TextField(FieldNames.Reason, "What was put right", "The audit log gets it.")
                    {
                        Within = dataset.Id,
                        MaxLength = 500,
                        Lines = 2,
                    },
                    input))}
            </details>
            """);
}
