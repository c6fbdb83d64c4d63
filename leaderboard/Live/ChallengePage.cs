using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>The rules of a challenge on one page, which prints well.</summary>
public static class ChallengePage
{
    private const int LongestFile = 60_000;

    private static readonly Column[] Columns =
    [
        new("Structure", IsNumber: false), new("Name in files", IsNumber: false), new("Label"), new("Weight"),
    ];

    private static readonly Column[] Versions = [new("When", IsNumber: false), new("What", IsNumber: false), new("Why", IsNumber: false)];

    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="challenge">The challenge.</param>
    /// <param name="input">A form that could not be taken.</param>
    public static string Write(LiveFrame frame, ChallengeView challenge, FormInput input) => new LivePage
    {
        Path = $"challenges/{challenge.Id}",
        Heading = challenge.Title,
        Content = Html.Of($"""
            <div class="opening">
            <p class="kicker">Rules</p>
            <h1>{challenge.Title}</h1>
            <p class="lead">{challenge.Description}</p>
            <p><a class="button" href="/api/v1/challenges/{challenge.Id}/file" download="{challenge.Id}.yaml">Download as {challenge.Id}.yaml</a></p>
            </div>
            <section aria-labelledby="structures">
            <h2 id="structures">Structures</h2>
            {DataTable.Make("Every structure that counts", Columns, header: 0, challenge.Structures.Select(Line))}
            <p class="note">In the flat layout a prediction holds these labels, in the folder layout a mask of each name.</p>
            </section>
            {challenge.Groups.Select(Section)}
            {Amendments(challenge)}
            {Amend(frame, challenge, input)}
            """),
    }.Write(frame);

    private static Row Line(RuledStructure one) => new(
    [
        Html.Of($"{one.Caption}{Tag(one.Group, "")}{Tag(one.IsHard ? "hard" : null, " hard")}"),
        Html.Of($"<code>{one.Name}</code>"),
        Html.Text(Show.Signed(one.Label, "0")),
        Html.Text(Show.Signed(one.Weight, "0.####")),
    ]);

    private static Html Tag(string? text, string kind) => text is null ? Html.Empty : Html.Of($" <span class=\"tag{kind}\">{text}</span>");

    private static Html Section(RuleGroup group) => Html.Of($"""
        <section aria-labelledby="{group.Phase ?? "all"}-rules">
        <h2 id="{group.Phase ?? "all"}-rules">{(group.Phase is null ? "For all phases" : $"Phase {group.Phase}")}</h2>
        {Parts.Facts(group.Rules.Select(rule => (rule.Term, Html.Text(rule.Words))))}
        {(group.Board is { } path ? Html.Of($"<p><a href=\"{path}\">Leaderboard</a></p>") : Html.Empty)}
        </section>

        """);

    private static Html Amendments(ChallengeView challenge) => challenge.Amendments.Count == 0 ? Html.Empty : Html.Of($"""
        <section aria-labelledby="amendments">
        <h2 id="amendments">Amendments</h2>
        {DataTable.Make("How the rules were changed, the newest first", Versions, header: 0, challenge.Amendments.Select(one => new Row(
        [
            Html.Text(Show.Time(one.At)),
            Html.Join([.. one.Changes.Select(change => Html.Of($"{change}<br>"))]),
            Html.Text(one.Reason),
        ])))}
        </section>
        """);

    private static Html Amend(LiveFrame frame, ChallengeView challenge, FormInput input) => challenge.Text is not { } text ? Html.Empty : Html.Of($"""
        <section aria-labelledby="amend">
        <h2 id="amend">Amend</h2>
        <p class="note">Title, description, dates, quotas, embargo, board, team size, baselines and captions may change, and phases be added. It
        holds at once, is dated and shown to everybody, and what was accepted stays accepted. What would change runs or scores is
        refused: it needs a phase of a new name.</p>
        {Forms.Post(
            frame, $"/organiser/challenges/{challenge.Id}/amend", "Amend",
            Forms.Text(new TextField(FieldNames.Rules, "Challenge file") { Lines = 24, MaxLength = LongestFile, Default = text }, input),
            Forms.Text(new TextField(FieldNames.Reason, "Why", "Everybody reads it.") { MaxLength = 300 }, input))}
        </section>
        """);
}
