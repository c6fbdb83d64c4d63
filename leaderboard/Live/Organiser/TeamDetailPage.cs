using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live.Organiser;

/// <summary>A team, as organisers see it and change it.</summary>
public sealed record TeamDetail
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What the team sees of itself; tokens without their secrets.</summary>
    public required TeamView Team { get; init; }

    /// <summary>Phases whose quota can be changed: what the form sends, and what it is called.</summary>
    public required IReadOnlyList<(string Value, string Title)> Phases { get; init; }

    /// <summary>Changes made so far, oldest first.</summary>
    public required IReadOnlyList<QuotaChangeLine> Changes { get; init; }
}

/// <summary>A change of a team's quota.</summary>
/// <param name="Phase">Challenge and phase.</param>
/// <param name="Quota">The quota that the team got instead, in words.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record QuotaChangeLine(string Phase, string Quota, string Reason, DateTimeOffset At);

/// <summary>The page of one team for organisers.</summary>
public static class TeamDetailPage
{
    private static readonly Column[] QuotaColumns =
    [
        new("Phase", IsNumber: false), new("Rule", IsNumber: false), new("Spent"), new("Allowed"),
    ];

    private static readonly Column[] ChangeColumns =
    [
        new("Phase", IsNumber: false), new("Quota", IsNumber: false), new("Reason", IsNumber: false),
        new("When", IsNumber: false),
    ];

    private static readonly string[] BoundLabels =
    [
        "Valid submissions a day", "Valid submissions a week", "Valid submissions in the phase", "Attempts a day",
        "Attempts a week", "Attempts in the phase",
    ];

    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="view">What is shown.</param>
    /// <param name="input">A form that could not be taken.</param>
    public static string Write(LiveFrame frame, TeamDetail view, FormInput input)
    {
        var path = $"/organiser/teams/{view.Id}";
        return new LivePage
        {
            Path = path[1..],
            Heading = view.Team.Name,
            Content = Html.Of($"""
                <div class="opening">
                <p class="kicker">For organisers</p>
                <h1>{view.Team.Name}</h1>
                <p class="lead">{string.Join(", ", view.Team.Members)}. Registered {Show.Time(view.Team.RegisteredAt)}.</p>
                {(view.Team.BarredBecause is { } reason
                    ? Html.Of($"<p class=\"notice bad\">Barred: {reason}</p>") : Html.Empty)}
                </div>
                <section aria-labelledby="attempts">
                <h2 id="attempts">Submissions</h2>
                {AttemptTable.Make("Newest first", view.Team.Attempts, withTeam: false)}
                </section>
                <section aria-labelledby="quotas">
                <h2 id="quotas">Quotas</h2>
                {Quotas(view)}
                {Changes(view)}
                {Change(frame, view, path, input)}
                </section>
                <section aria-labelledby="token">
                <h2 id="token">Lost token</h2>
                <p>The team gets a new one, which is shown once. Every other token of it ends, and whoever is signed in with one is signed out.</p>
                {Forms.Post(frame, path + "/renew-tokens", "Make a new token")}
                </section>
                <section aria-labelledby="bar">
                <h2 id="bar">{(view.Team.BarredBecause is null ? "Bar the team" : "Admit the team again")}</h2>
                {Bar(frame, view, path, input)}
                </section>
                """),
        }.Write(frame);
    }

    private static Html Quotas(TeamDetail view) => DataTable.Make(
        "As they stand, changes included", QuotaColumns, header: 0, view.Team.Quotas.Select(quota => new Row(
        [
            Html.Of($"{quota.Challenge} <span class=\"team\">{quota.Phase}</span>"),
            Html.Text(quota.Rule),
            Html.Of($"{quota.Used}"),
            Html.Text(quota.Allowed is { } allowed ? Show.Signed(allowed, "0") : "no limit"),
        ])));

    private static Html Changes(TeamDetail view) => view.Changes.Count == 0 ? Html.Empty : DataTable.Make(
        "Quotas that organisers granted; the last one of a phase holds", ChangeColumns, header: 0, view.Changes.Select(change => new Row(
        [
            Html.Text(change.Phase),
            Html.Text(change.Quota),
            Html.Text(change.Reason),
            Html.Text(Show.Time(change.At)),
        ])));

    private static Html Change(LiveFrame frame, TeamDetail view, string path, FormInput input) =>
        view.Phases.Count == 0 ? Html.Empty : Html.Of($"""
            <details class="field"><summary>Grant a quota</summary>
            {Forms.Post(
                frame, path + "/quota", "Grant",
                Forms.Select(
                    new TextField(FieldNames.Phase, "Challenge and phase"),
                    view.Phases.Select(phase => new Choice(phase.Value, phase.Title)), input),
                Html.Join(FieldNames.Bounds.Zip(BoundLabels, (name, label) => Bound(name, label, input))),
                Forms.Boxes(
                    FieldNames.OwnQuota, "Or take a grant back", "",
                    [new Choice("yes", "The phase's own quota again, whatever the numbers say")], input),
                Reason("quota", input))}
            </details>
            """);

    private static Html Bound(string name, string label, FormInput input) => Forms.Text(
        new TextField(name, label, "Empty for no bound.") { Range = (0, 100_000), IsRequired = false }, input);

    private static Html Bar(LiveFrame frame, TeamDetail view, string path, FormInput input) =>
        view.Team.BarredBecause is null
            ? Html.Of($"""
                <p>It cannot send anything any more, and what of it waits or runs is cancelled. Results stay.</p>
                {Forms.Post(frame, path + "/bar", "Bar the team", Reason("bar", input))}
                """)
            : Forms.Post(frame, path + "/admit", "Admit the team", Reason("bar", input));

    private static Html Reason(string within, FormInput input) => Forms.Text(
        new TextField(FieldNames.Reason, "Reason", "The team and the audit log get it.")
        {
            Within = within,
            MaxLength = 500,
            Lines = 2,
        },
        input);
}
