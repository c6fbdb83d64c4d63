using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>How an attempt's cases ended: each kind of failure once with what to do, then every case.</summary>
internal static class AttemptCases
{
    private static readonly Column[] Columns =
    [
        new("Case", IsNumber: false), new("Ending", IsNumber: false), new("Seconds"), new("DSC %"), new("NSD %"),
    ];

    /// <summary>The sections; nothing before there is a case.</summary>
    public static Html Section(AttemptView view) => view.Cases.Count == 0
        ? Withheld(view)
        : Html.Of($"""
            {Failures(view)}<section aria-labelledby="cases">
            <h2 id="cases">Cases</h2>
            {DataTable.Make(
                "By pseudonym: the same case has the same name in all your submissions", Columns, header: 0,
                view.Cases.Select(Line))}
            <p class="note">{view.Feedback}</p>
            </section>

            """);

    private static Html Withheld(AttemptView view) =>
        view.Feedback.Length > 0 && view.Summary.Stage is AttemptStage.Running or AttemptStage.Finished
            ? Html.Of($"<p class=\"note\">{view.Feedback}</p>\n")
            : Html.Empty;

    private static Html Failures(AttemptView view)
    {
        var kinds = view.Cases.Where(one => one.Ending != Ending.Completed).GroupBy(one => (one.Ending, one.Hint))
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Ending).ThenBy(group => group.Key.Hint, StringComparer.Ordinal)
            .ToArray();
        return kinds.Length == 0 ? Html.Empty : Html.Of($"""
            <section aria-labelledby="failures">
            <h2 id="failures">What went wrong, and what to do</h2>
            <ul class="failures">
            {kinds.Select(Kind)}</ul>
            </section>

            """);
    }

    private static Html Kind(IGrouping<(Ending Ending, string? Hint), AttemptCase> group) => Html.Of($"""
        <li><p><span class="tag bad">{Show.Ending(group.Key.Ending)}</span> {Show.Count(group.Count(), "case")}</p>
        <p>{group.First().Detail}</p>
        <p class="todo"><b>What to do.</b> {Code($"{group.Key.Hint} {Advice.For(group.Key.Ending)}".TrimStart())}</p>
        {(group.FirstOrDefault(one => one.Log is not null) is { Log: { } log, Pseudonym: var name }
            ? Html.Of($"""
                <details><summary>What the container printed on {name}</summary>
                <pre tabindex="0">{(log.Length > 0 ? log : "Nothing.")}</pre></details>
                """)
            : Html.Empty)}</li>

        """);

    private static Row Line(AttemptCase one) => new(
        [
            Html.Text(one.Pseudonym),
            one.Ending == Ending.Completed
                ? Html.Text(Show.Ending(one.Ending))
                : Html.Of($"""
                    <span class="tag bad">{Show.Ending(one.Ending)}</span> <span class="detail">{one.Detail}</span>
                    """),
            Html.Text(Show.Seconds(one.Seconds)),
            Html.Text(Show.Percent(one.Dsc)),
            Html.Text(Show.Percent(one.Nsd)),
        ],
        one.Ending == Ending.Completed ? "" : "bad");

    // What stands between backticks is code.
    private static Html Code(string text) => Html.Join(text.Split('`').Select((part, i) =>
        i % 2 == 0 ? Html.Text(part) : Html.Of($"<code>{part}</code>")));
}
