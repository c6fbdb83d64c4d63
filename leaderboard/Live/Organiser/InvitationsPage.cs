using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live.Organiser;

/// <summary>An invitation, without its secret.</summary>
/// <param name="Id">Its public part.</param>
/// <param name="Note">For whom it was made.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">Until when it works.</param>
/// <param name="UsedBy">The team that used it; null while nobody has.</param>
public sealed record InvitationLine(
    string Id, string Note, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string? UsedBy);

/// <summary>Invitations: made here, used once each.</summary>
public static class InvitationsPage
{
    private static readonly Column[] Columns =
    [
        new("For", IsNumber: false), new("Made", IsNumber: false), new("Works until", IsNumber: false),
        new("State", IsNumber: false),
    ];

    /// <summary>The page.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="invitations">Newest first.</param>
    /// <param name="input">A form that could not be taken.</param>
    public static string Write(LiveFrame frame, IReadOnlyList<InvitationLine> invitations, FormInput input) => new LivePage
    {
        Path = "organiser/invitations",
        Heading = "Invitations",
        Content = Html.Of($"""
            <div class="opening">
            <p class="kicker">For organisers</p>
            <h1>Invitations</h1>
            <p class="lead">A team registers with an invitation, and no other way. Each works once.</p>
            </div>
            <section aria-labelledby="new">
            <h2 id="new">Invite a team</h2>
            {Forms.Post(
                frame, "/organiser/invitations", "Make an invitation",
                Forms.Text(
                    new TextField(FieldNames.Name, "For whom", "For your own records; the team never sees it.") { MaxLength = 200 },
                    input),
                Forms.Text(
                    new TextField(FieldNames.Days, "Days that it works", "1 to 90.") { Range = (1, 90), Default = "14" }, input))}
            </section>
            <section aria-labelledby="made">
            <h2 id="made">Made so far</h2>
            {DataTable.Make("Newest first; only their hashes are kept", Columns, header: 0,
                invitations.Select(one => Line(frame.Info.GeneratedAt, one)))}
            </section>
            """),
    }.Write(frame);

    private static Row Line(DateTimeOffset now, InvitationLine one) => new(
    [
        Html.Of($"{one.Note} <span class=\"team\">{one.Id}</span>"),
        Html.Text(Show.Time(one.CreatedAt)),
        Html.Text(Show.Time(one.ExpiresAt)),
        one.UsedBy is { } team ? Html.Of($"used by {team}")
            : one.ExpiresAt <= now ? Html.Of($"<span class=\"tag\">ended</span>")
            : Html.Of($"<span class=\"tag hard\">open</span>"),
    ]);
}
