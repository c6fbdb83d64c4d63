using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>Submitting a container: an archive by a resumable upload, or the reference of an image.</summary>
public static class SubmitPage
{
    private static readonly Column[] PhaseColumns =
    [
        new("Challenge", IsNumber: false), new("Takes submissions", IsNumber: false), new("Left", IsNumber: false),
        new("What you will see", IsNumber: false),
    ];

    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="view">What there is to choose from.</param>
    /// <param name="input">What was filled in before.</param>
    public static string Write(LiveFrame frame, SubmitView view, FormInput input) => new LivePage
    {
        Path = "submit",
        Heading = "Submit a container",
        Scripts = ["upload.js"],
        WithoutScripts = "takes image references without scripts; uploads need one",
        Content = Html.Of($"""
            <div class="opening">
            <h1>Submit a container</h1>
            <p class="lead">An image that reads a CT and writes labels. It runs without network, once per case, on the
            organiser's machine.</p>
            </div>
            <section aria-labelledby="phases">
            <h2 id="phases">Phases</h2>
            {Phases(view)}
            </section>
            <section aria-labelledby="what">
            <h2 id="what">Your submission</h2>
            {(view.Phases.Any(phase => phase.ClosedBecause is null)
                ? Form(frame, view, input)
                : Html.Of($"<p class=\"none\">No phase takes a submission from your team now.</p>"))}
            </section>
            """),
    }.Write(frame);

    private static Html Phases(SubmitView view) => DataTable.Make(
        "Every phase has datasets, limits and quotas of its own", PhaseColumns, header: 0,
        view.Phases.Select(phase => new Row(
        [
            Html.Of($"{phase.Challenge} <span class=\"team\">{phase.Phase}</span>"),
            Html.Text(phase.ClosedBecause is { } reason ? $"no: {reason}" : "yes"),
            Html.Text(phase.Left.Length > 0 ? phase.Left : "no limit"),
            Html.Text(phase.Feedback),
        ])));

    private static Html Form(LiveFrame frame, SubmitView view, FormInput input) => Forms.Post(
        frame, "/submit", "Submit",
        Forms.Select(
            new TextField(FieldNames.Phase, "Challenge and phase"),
            view.Phases.Where(phase => phase.ClosedBecause is null)
                .Select(phase => new Choice(phase.Value, $"{phase.Challenge}, {phase.Phase}")),
            input),
        Forms.Text(
            new TextField(FieldNames.Name, "Name of the method", "Everybody reads it on the leaderboard.") { MaxLength = 80 },
            input),
        Forms.Radios(
            FieldNames.Layout, "Layout of inputs and outputs", "",
            [
                new Choice("flat", "Flat: one volume with a label per voxel, outputs/<case>.nii.gz", IsOn: true),
                new Choice("folder", "Folder: one mask per structure, outputs/<case>/segmentations/<structure>.nii.gz"),
            ],
            input),
        Forms.Text(
            new TextField(
                FieldNames.Command, "Command",
                "What /bin/bash -c runs in /workspace. Empty for the contract's own: sh predict.sh")
            {
                IsRequired = false,
                MaxLength = 2000,
            },
            input),
        view.HasGpu
            ? Forms.Boxes(FieldNames.Gpu, "GPU", "", [new Choice("yes", "The container needs a GPU")], input)
            : Html.Empty,
        view.AllowsRoot
            ? Forms.Boxes(FieldNames.Root, "User", "", [new Choice("yes", "The image works only as root")], input)
            : Html.Empty,
        Trained(view, input),
        Image(view, input));

    private static Html Trained(SubmitView view, FormInput input) => view.Datasets.Count == 0 ? Html.Empty : Html.Of($"""
        <details class="field"{Open(input)}><summary>Data that the method was trained on</summary>
        {Forms.Boxes(
            FieldNames.TrainedOn, "Datasets",
            "An entry that was trained on a dataset of the challenge is shown there and not ranked. Tick pre-training too.",
            view.Datasets.Select(dataset => new Choice(dataset.Id, dataset.Title)), input)}</details>

        """);

    private static Html Open(FormInput input) =>
        input.Values.ContainsKey(FieldNames.TrainedOn) ? Html.Of($" open") : Html.Empty;

    private static Html Image(SubmitView view, FormInput input) => Html.Of($"""
        <fieldset class="field image"><legend>The image</legend>
        <div class="upload" data-upload="{view.UploadAddress}">
        <p class="field"><label for="archive">Archive of <code>docker save</code>, also gzipped</label>
        <input id="archive" type="file" accept=".tar,.gz,.tgz" disabled aria-describedby="archive-hint">
        <span class="hint" id="archive-hint">The upload can be paused, and goes on where it stopped when you choose the same
        file again, after a broken connection or tomorrow.</span></p>
        <p class="line-up" hidden><progress max="100" value="0" aria-label="Upload"></progress>
        <button type="button" class="quiet" data-pause>Pause</button></p>
        <p class="told" role="status" data-told></p>
        <noscript><p class="notice">Uploading here needs scripts, which your browser does not run. The command line
        uploads as well: <code>touchstone submit IMAGE.tar.gz --server ADDRESS</code>.</p></noscript>
        </div>
        {Uploaded(view, input)}
        {(view.AllowsReferences ? Reference(input) : Html.Empty)}
        </fieldset>

        """);

    private static Html Reference(FormInput input) => Forms.Text(
        new TextField(
            FieldNames.Image, "Or the reference of an image",
            "With the registry's host in front, such as registry.example/team/method:1. Its digest is pinned when it comes.")
        {
            IsRequired = false,
            MaxLength = 500,
        },
        input);

    private static Html Uploaded(SubmitView view, FormInput input) => Forms.Select(
        new TextField(FieldNames.Upload, "Or an archive that is here already") { IsRequired = false },
        [
            new Choice("", "none"),
            .. view.Uploads.Where(upload => upload.Sha256 is not null).Select(upload => new Choice(
                upload.Id, $"{upload.FileName}, {Show.Bytes(upload.LengthBytes)}, SHA-256 {upload.Sha256![..12]}…")),
        ],
        input);
}
