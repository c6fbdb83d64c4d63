using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>One attempt: where it stands, what went wrong and what to do about it. Follows a run while it goes on.</summary>
public static class AttemptPage
{
    private const int SecondsBetweenLooks = 10;

    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="view">What its reader may see.</param>
    /// <param name="input">An organiser's form that could not be taken.</param>
    public static string Write(LiveFrame frame, AttemptView view, FormInput input) => new LivePage
    {
        Path = $"attempts/{view.Summary.Id}",
        Heading = view.Summary.Name,
        Scripts = GoesOn(view) ? ["watch.js"] : [],
        RefreshSeconds = GoesOn(view) ? SecondsBetweenLooks : null,
        Content = Html.Of($"""
            <div class="opening" data-events="{view.EventsAddress}"{Settling(view)}>
            <p class="kicker">{view.Summary.Challenge}, {view.Summary.Phase}</p>
            <h1>{view.Summary.Name}</h1>
            <p class="lead">{view.Summary.Team}</p>
            <div data-live="state">{State(view)}</div>
            </div>
            <div data-live="cases">{Outcome(view)}{AttemptCases.Section(view)}</div>
            <div data-live="actions">{Cancel(frame, view)}{AttemptWithdrawal.Section(frame, view, input)}</div>
            {(view.Organiser is { } organiser ? AttemptActions.Section(frame, view, organiser, input) : Html.Empty)}
            {Made(view)}
            """),
    }.Write(frame);

    private static bool GoesOn(AttemptView view) => view.EventsAddress is not null || view.IsSettling;

    private static Html Settling(AttemptView view) => view.IsSettling ? Html.Of($" data-settling") : Html.Empty;

    private static Html State(AttemptView view)
    {
        var summary = view.Summary;
        return Html.Of($"""
            <p class="state" role="status">{StageWords.Tag(summary.Stage)} {Sentence(view)}</p>
            {Progress(view)}
            {Parts.Facts([
                ("Received", Html.Text(Show.Time(summary.ReceivedAt))),
                .. view.TimeLeft is { } left && StageWords.IsAlive(summary.Stage)
                    ? [("Finished in about", Html.Text(StageWords.Length(left)))]
                    : Array.Empty<(string, Html)>(),
                .. summary.Dsc is null
                    ? Array.Empty<(string, Html)>()
                    : [
                        ("DSC %", Html.Text(Show.Percent(summary.Dsc))), ("NSD %", Html.Text(Show.Percent(summary.Nsd))),
                        .. summary.Weights.Length == 0 ? Array.Empty<(string, Html)>() : [("Weights of structures", Html.Text(summary.Weights))],
                    ],
            ])}
            """);
    }

    private static string Sentence(AttemptView view) => view.Summary.Stage switch
    {
        AttemptStage.Waiting => view.Doing.Length > 0 ? view.Doing : view.Place is { } place
            ? $"It is {StageWords.Place(place)}. You can close this page; nothing is lost."
            : "It is in the queue. You can close this page; nothing is lost.",
        AttemptStage.Checking => view.Doing.Length > 0 ? view.Doing : "The image is checked and loaded.",
        AttemptStage.Running => view.Doing.Length > 0 ? view.Doing : "It runs on the cases, one after the other.",
        AttemptStage.Finished => Finished(view),
        AttemptStage.Rejected => view.Fault?.Code is "entry-taken-out" or "withdrawn" or "disqualified"
            ? "The entry was out of the ranking when its turn came."
            : "The image was not accepted. No case was run.",
        AttemptStage.Cancelled => "It was taken back.",
        AttemptStage.Failed =>
            "Our machine could not do it. That costs you nothing, and the organiser has been told.",
        AttemptStage.Disqualified => "The organiser has taken it off the board.",
        _ => throw new ArgumentOutOfRangeException(nameof(view), view.Summary.Stage, "A stage without a sentence."),
    };

    private static string Finished(AttemptView view)
    {
        var failed = view.Cases.Count(one => one.Ending != Results.Ending.Completed);
        return failed == 0
            ? "Every case is done." + Soon(view)
            : $"Every case is done; {Show.Count(failed, "case")} of {view.Cases.Count} failed and "
                + $"{(failed == 1 ? "counts" : "count")} with the worst score." + Soon(view);
    }

    private static string Soon(AttemptView view) => view.IsSettling ? " The board takes it up in a moment." : "";

    private static Html Progress(AttemptView view) =>
        view.Summary is { Stage: AttemptStage.Running, Cases: { } cases and > 0 }
            ? Html.Of($"""
                <p class="line-up"><progress max="{cases}" value="{view.Summary.CasesDone}" aria-label="Cases done"></progress>
                {view.Summary.CasesDone} of {Show.Count(cases, "case")}</p>
                """)
            : Html.Empty;

    private static Html Outcome(AttemptView view)
    {
        var fault = view.Fault is { } one
            ? Html.Of($"""
                <section aria-labelledby="why">
                <h2 id="why">Why</h2>
                <p class="notice bad">{one.Text} <span class="detail">code {one.Code}</span></p>
                </section>

                """)
            : Html.Empty;
        return view.BoardPath is { } path
            ? Html.Of($"{fault}<p><a class=\"button\" href=\"{path}\">See it on the board</a></p>")
            : fault;
    }

    private static Html Cancel(LiveFrame frame, AttemptView view) => view.CanCancel
        ? Html.Of($"""
            <section aria-labelledby="cancel">
            <h2 id="cancel">Take it back</h2>
            <p class="note">While it waits, taking it back costs nothing; afterwards it counts as an attempt.</p>
            {Forms.Act(frame, $"/attempts/{view.Summary.Id}/cancel", "Take it back")}
            </section>

            """)
        : Html.Empty;

    private static Html Made(AttemptView view) => Html.Of($"""
        <section aria-labelledby="made">
        <h2 id="made">What was submitted</h2>
        <dl class="made">
        <div><dt>Submission</dt><dd><code>{view.Summary.Id}</code></dd></div>
        <div><dt>Sent as</dt><dd>{view.Source}</dd></div>
        <div><dt>Image</dt><dd><code>{view.Image ?? Show.Undefined}</code></dd></div>
        <div><dt>Layout</dt><dd>{view.Layout}</dd></div>
        <div><dt>Command</dt><dd><code>{string.Join(' ', view.Command.Select(RunFacts.Quote))}</code></dd></div>
        <div><dt>GPU</dt><dd>{(view.UsesGpu ? "yes" : "no")}</dd></div>
        <div><dt>Trained on</dt><dd>{Stated(view.TrainedOn)}</dd></div>
        </dl>
        </section>
        """);

    private static string Stated(IReadOnlyList<string> datasets) =>
        datasets.Count > 0 ? string.Join(", ", datasets) : "nothing stated";
}
