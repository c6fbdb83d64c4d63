using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>A team's own page: quota, history, tokens.</summary>
public static class TeamPage
{
    /// <summary>Attempts that it shows.</summary>
    public const int MostAttempts = 200;

    private static readonly Column[] QuotaColumns =
    [
        new("Challenge", IsNumber: false), new("Rule", IsNumber: false), new("Spent"), new("Left"),
        new("Next attempt", IsNumber: false),
    ];

    private static readonly Column[] TokenColumns =
    [
        new("Token", IsNumber: false), new("May", IsNumber: false), new("Made", IsNumber: false),
        new("Works until", IsNumber: false), new("Last used", IsNumber: false), new("Action", IsNumber: false),
    ];

    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="team">What is shown.</param>
    /// <param name="input">A token's form that could not be taken.</param>
    public static string Write(LiveFrame frame, TeamView team, FormInput input) => new LivePage
    {
        Path = "team",
        Heading = team.Name,
        Content = Html.Of($"""
            <div class="opening">
            <p class="kicker">Team</p>
            <h1>{team.Name}</h1>
            <p class="lead">{string.Join(", ", team.Members)}</p>
            {Barred(team)}
            </div>
            <section aria-labelledby="attempts">
            <h2 id="attempts">Your submissions</h2>
            {AttemptTable.Make($"Newest first, {MostAttempts} at most. Scores stand where the phase shows them", team.Attempts, withTeam: false)}
            {(team.BarredBecause is null ? Html.Of($"<p><a class=\"button\" href=\"/submit\">Submit a container</a></p>") : Html.Empty)}
            </section>
            <section aria-labelledby="quota">
            <h2 id="quota">What is left</h2>
            {Quotas(frame, team)}
            <p class="note">A submission that you take back while it waits, and one that fails for our machine's sake, costs
            nothing.</p>
            </section>
            <section aria-labelledby="tokens">
            <h2 id="tokens">Access tokens</h2>
            {Tokens(frame, team)}
            <h3 id="new-token">A new token</h3>
            {NewToken(frame, input)}
            </section>
            """),
    }.Write(frame);

    private static Html Barred(TeamView team) => team.BarredBecause is { } reason
        ? Html.Of($"<p class=\"notice bad\">The organiser has barred this team from sending anything: {reason}</p>")
        : Html.Empty;

    private static Html Quotas(LiveFrame frame, TeamView team) => DataTable.Make(
        "Quotas of the phases that are open", QuotaColumns, header: 0, team.Quotas.Select(quota => new Row(
        [
            Html.Of($"{quota.Challenge} <span class=\"team\">{quota.Phase}</span>"),
            Html.Text(quota.Rule),
            Html.Of($"{quota.Used}"),
            Html.Text(quota.Allowed is { } allowed ? Show.Signed(Math.Max(0, allowed - quota.Used), "0") : "no limit"),
            Html.Text(Next(frame.Info.GeneratedAt, quota)),
        ])));

    private static string Next(DateTimeOffset now, QuotaLine quota) => quota switch
    {
        { NextAt: { } next } => StageWords.Ahead(now, next),
        { Allowed: { } allowed } when quota.Used >= allowed => "not in this phase",
        _ => "now",
    };

    private static Html Tokens(LiveFrame frame, TeamView team) => DataTable.Make(
        "What they are for; the secrets themselves are kept nowhere", TokenColumns, header: 0,
        team.Tokens.Select(token => new Row(
            [
                Html.Of($"{token.Name} <span class=\"team\">{token.Id}</span>"),
                Html.Text(string.Join(", ", token.Scopes)),
                Html.Text(Show.Time(token.CreatedAt)),
                Html.Text(token.ExpiresAt is { } end ? Show.Time(end) : "it is revoked"),
                Html.Text(token.LastUsedAt is { } used ? Show.Time(used) : "never"),
                token.RevokedAt is not null
                    ? Html.Of($"<span class=\"tag\">revoked</span>")
                    : token.ExpiresAt <= frame.Info.GeneratedAt
                        ? Html.Of($"<span class=\"tag\">ended</span>")
                        : Forms.Act(frame, $"/team/tokens/{token.Id}/revoke", "Revoke", token.Name),
            ],
            token.RevokedAt is null ? "" : "baseline")));

    private static Html NewToken(LiveFrame frame, FormInput input) => Forms.Post(
        frame, "/team/tokens", "Make a token",
        Forms.Text(new TextField(FieldNames.Name, "What it is for", "Such as: laptop, build server.") { MaxLength = 80 }, input),
        Forms.Boxes(
            FieldNames.Scope, "What it may do", "",
            [
                new Choice("read", "Read: submissions, scores and this page", IsOn: true),
                new Choice("submit", "Submit: upload, submit, cancel, and make and revoke tokens"),
            ],
            input),
        Forms.Text(
            new TextField(FieldNames.Days, "Days that it works", "1 to 365.") { Range = (1, 365), Default = "90" },
            input));
}
