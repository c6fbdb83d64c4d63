using Touchstone.Leaderboard.Live;
using Touchstone.Leaderboard.Live.Organiser;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Leaderboard;

/// <summary>Every page of the server with believable content, in several states.</summary>
internal static class SomeLive
{
    public const string FormToken = "form-token-0123456789";

    public static readonly LiveFrame Stranger = new() { Info = new BuildInfo(Some.Now, Some.Version), FormToken = FormToken };

    public static readonly LiveFrame Member = Stranger with { Visitor = new Visitor("Aurora Imaging Lab", IsOrganiser: false) };

    public static readonly LiveFrame Organiser = Stranger with { Visitor = new Visitor("Organiser", IsOrganiser: true) };

    /// <summary>Path and text of every page; paths of one page in several states end in <c>?</c> and the state.</summary>
    public static IReadOnlyList<(string Path, string Text)> Pages() =>
    [
        ("", HomePage.Write(Stranger, Boards)),
        ("?organiser", HomePage.Write(Organiser, [Boards[0], Boards[1] with { CanRelease = true, Path = "/boards/abdomen/test/index.html" }])),
        ("sign-in", SignInPage.Write(Stranger, FormInput.Blank, "/submit")),
        ("sign-in?fault", SignInPage.Write(Stranger, Faulty(FieldNames.Token), "/submit")),
        ("register", RegisterPage.Write(Stranger, FormInput.Blank)),
        ("register?fault", RegisterPage.Write(Stranger, Faulty(FieldNames.Name))),
        ("secret", SecretPage.Write(Stranger, SecretKind.FirstToken, "Aurora Imaging Lab", "ts_q7Zk-secret-of-forty-three-letters-0123456789", Some.Now.AddDays(90))),
        ("secret?invitation", SecretPage.Write(Organiser, SecretKind.Invitation, "Basalt", "ti_q7Zk-secret", Some.Now.AddDays(14))),
        ("team", TeamPage.Write(Member with { Notice = new Notice("The token was revoked.") }, Team, FormInput.Blank)),
        ("team?barred", TeamPage.Write(Member, Team with { BarredBecause = "Two teams with the same members.", Attempts = [] }, FormInput.Blank)),
        ("submit", SubmitPage.Write(Member, Submit, FormInput.Blank)),
        ("submit?fault", SubmitPage.Write(Member with { Notice = new Notice("Nothing was submitted.", IsProblem: true) }, Submit, Faulty(FieldNames.Image))),
        ("submit?closed", SubmitPage.Write(Member, Submit with { Phases = [Submit.Phases[1]] }, FormInput.Blank)),
        .. Enum.GetValues<AttemptStage>().Select(stage => ($"attempts/7f3a?{stage}", AttemptPage.Write(Member, Attempt(stage), FormInput.Blank))),
        ("attempts/7f3a?organiser", AttemptPage.Write(Organiser, ForOrganiser, FormInput.Blank)),
        ("organiser", QueuePage.Write(Organiser, Queue)),
        ("organiser/teams", TeamsPage.Write(Organiser, Teams)),
        ("organiser/teams/t-1", TeamDetailPage.Write(Organiser, Detail, FormInput.Blank)),
        ("organiser/invitations", InvitationsPage.Write(Organiser, Invitations, FormInput.Blank)),
        ("organiser/datasets", DatasetsPage.Write(Organiser, Datasets, FormInput.Blank)),
        ("organiser/audit", AuditPage.Write(Organiser, Audit, before: 3)),
        ("problem", ProblemPage.Write(Stranger, "Not here", "There is no such page, or it is not yours to see.", "not-found")),
    ];

    public static AttemptView Attempt(AttemptStage stage)
    {
        var hasCases = stage is AttemptStage.Running or AttemptStage.Finished or AttemptStage.Disqualified;
        return new AttemptView
        {
            Summary = Summary("7f3a", stage, hasCases && stage != AttemptStage.Running ? 0.873 : null),
            Layout = "flat",
            Command = ["/bin/bash", "-c", "sh predict.sh"],
            Source = "aurora.tar.gz",
            Image = hasCases ? "sha256:" + new string('a', 64) : null,
            TrainedOn = ["amos", "flare23"],
            Place = stage == AttemptStage.Waiting ? 3 : null,
            TimeLeft = stage is AttemptStage.Waiting or AttemptStage.Running ? TimeSpan.FromMinutes(17) : null,
            Doing = stage == AttemptStage.Running ? "It runs on case 5 of 12." : "",
            Fault = stage switch
            {
                AttemptStage.Rejected => new Fault("too-large", "The image unpacks to 52 GiB; the challenge allows 40 GiB."),
                AttemptStage.Failed => new Fault("machine", "The machine's container engine did not answer."),
                AttemptStage.Disqualified => new Fault("disqualified", "It was trained on the test set."),
                _ => null,
            },
            Cases = hasCases ? Cases : [],
            Feedback = "This phase shows endings, scores and logs of every case.",
            BoardPath = stage == AttemptStage.Finished ? "/boards/demo/test/submission/s-aurora.html" : null,
            EventsAddress = stage is AttemptStage.Waiting or AttemptStage.Checking or AttemptStage.Running
                ? "/api/v1/attempts/7f3a/events" : null,
            CanCancel = stage == AttemptStage.Waiting,
        };
    }

    public static IReadOnlyList<AttemptCase> Cases { get; } =
    [
        Case("case_00a1", Ending.Completed, "Completed.", 0.91),
        Case("case_0b22", Ending.OutputWrongGrid, "The prediction has shape 512×512×90, the CT 512×512×180.", null),
        Case("case_1c33", Ending.OutputWrongGrid, "The prediction has shape 512×512×44, the CT 512×512×88.", null),
        Case("case_2d44", Ending.Crashed, "The container exited with code 1.", null, "Traceback <most recent call last>:\nKeyError: 'case'\n"),
        Case("case_3e55", Ending.Completed, "Completed.", 0.87),
    ];

    public static TeamView Team { get; } = new()
    {
        Name = "Aurora Imaging Lab",
        RegisteredAt = Some.Now.AddDays(-30),
        Members = ["A. Rossi", "B. Larsen"],
        Tokens =
        [
            Token("k-3", "laptop", null, Some.Now.AddDays(60)), Token("k-2", "old build server", null, Some.Now.AddDays(-2)),
            Token("k-1", "first token", Some.Now.AddDays(-1), null),
        ],
        Quotas =
        [
            Quota("valid submissions per day", 1, 5, null), Quota("attempts per week", 20, 20, Some.Now.AddHours(30.4)),
            Quota("valid submissions in the phase", 4, null, null), Quota("valid submissions in the phase", 9, 9, null),
        ],
        Attempts =
        [
            Summary("9c1b", AttemptStage.Waiting, null), Summary("7f3a", AttemptStage.Running, null),
            Summary("5e0d", AttemptStage.Finished, 0.873), Summary("4d0c", AttemptStage.Rejected, null),
        ],
    };

    public static SubmitView Submit { get; } = new()
    {
        Phases =
        [
            new PhaseChoice("abdomen/debug", "Abdominal organs on CT", "debug", null, "4 of 5 valid submissions today (UTC)", "Endings, scores and logs of every case."),
            new PhaseChoice("abdomen/test", "Abdominal organs on CT", "test", "it opens 2026-04-01 00:00 UTC", "", "Endings only, until the results are laid open."),
        ],
        Datasets = [("amos", "AMOS 2022"), ("flare23", "FLARE 2023")],
        Uploads = [new UploadLine("u-1", "aurora.tar.gz", 5L << 30, 5L << 30, new string('b', 64)), new UploadLine("u-2", "half.tar", 9, 4, null)],
        UploadAddress = "/api/v1/uploads",
        AllowsRoot = true,
        AllowsReferences = true,
    };

    private static BoardLine[] Boards { get; } =
    [
        new BoardLine { Challenge = "Abdominal organs on CT", ChallengeId = "abdomen", Phase = "debug", Dates = "always open", Entries = 7, Path = "/boards/abdomen/debug/index.html" },
        new BoardLine { Challenge = "Abdominal organs on CT", ChallengeId = "abdomen", Phase = "test", Dates = "open until 2026-06-01 00:00 UTC", KeptBack = "until 2026-07-01 00:00 UTC" },
    ];

    private static AttemptView ForOrganiser { get; } = Attempt(AttemptStage.Failed) with
    {
        Organiser = new OrganiserView
        {
            MachineFault = "The engine's socket closed the connection three times.",
            CanRunAgain = true,
            CanDisqualify = true,
            CanReinstate = true,
            History = [Line(4, "attempt-failed")],
        },
    };

    private static QueueView Queue { get; } = new()
    {
        Queue = [Summary("7f3a", AttemptStage.Running, null), Summary("9c1b", AttemptStage.Waiting, null)],
        Failed = [Summary("3b0a", AttemptStage.Failed, null)],
        Recent = [],
        Worker = "The last sign of life came 3 s ago.",
        IsWorking = true,
    };

    private static TeamLine[] Teams { get; } =
    [
        new TeamLine("t-1", "Aurora Imaging Lab", 2, Some.Now.AddDays(-30), 4, null),
        new TeamLine("t-2", "Basalt", 5, Some.Now.AddDays(-3), 0, "Two teams with the same members."),
    ];

    private static TeamDetail Detail { get; } = new()
    {
        Id = "t-1",
        Team = Team,
        Phases = [("abdomen/debug", "Abdominal organs on CT, debug")],
        Changes = [new QuotaChangeLine("Abdominal organs on CT, debug", "8 valid submissions a day", "Our machine was down on Monday.", Some.Now)],
    };

    private static InvitationLine[] Invitations { get; } =
    [
        new InvitationLine("i-3", "Basalt & friends", Some.Now, Some.Now.AddDays(14), null),
        new InvitationLine("i-2", "Nobody", Some.Now.AddDays(-20), Some.Now.AddDays(-6), null),
        new InvitationLine("i-1", "Aurora", Some.Now.AddDays(-31), Some.Now.AddDays(-17), "Aurora Imaging Lab"),
    ];

    private static DatasetLine[] Datasets { get; } =
    [
        new DatasetLine("north", "North Hospital", 8, [new ReferenceVersion(1, 8, 8, IsPresent: false), new ReferenceVersion(2, 8, 0, IsPresent: true)], 8, ""),
        new DatasetLine("coast", "Coast Clinic", 8, [new ReferenceVersion(1, 16, 0, IsPresent: true)], 0, "Scoring anew: 3 of 16."),
    ];

    private static AuditLine[] Audit { get; } = [Line(4, "attempt-failed"), Line(3, "quota-changed")];

    private static AuditLine Line(long number, string action) =>
        new(number, Some.Now, "organiser k-9", action, "7f3a", "Our machine was down on Monday.");

    private static AttemptSummary Summary(string id, AttemptStage stage, double? dsc) => new()
    {
        Id = id,
        Name = "AuroraNet",
        Team = "Aurora Imaging Lab",
        Challenge = "Abdominal organs on CT",
        Phase = "debug",
        Stage = stage,
        ReceivedAt = Some.Now.AddHours(-2),
        CasesDone = stage == AttemptStage.Running ? 5 : 12,
        Cases = stage is AttemptStage.Waiting or AttemptStage.Checking or AttemptStage.Rejected or AttemptStage.Cancelled ? null : 12,
        Dsc = dsc,
        Nsd = dsc - 0.04,
    };

    private static AttemptCase Case(string pseudonym, Ending ending, string detail, double? dsc, string? log = null) => new()
    {
        Pseudonym = pseudonym,
        Ending = ending,
        Detail = detail,
        Seconds = 41.3,
        Dsc = dsc,
        Nsd = dsc - 0.05,
        Log = log,
    };

    private static TokenLine Token(string id, string name, DateTimeOffset? revoked, DateTimeOffset? expires) => new()
    {
        Id = id,
        Name = name,
        Scopes = ["read", "submit"],
        CreatedAt = Some.Now.AddDays(-30),
        ExpiresAt = expires,
        LastUsedAt = revoked is null ? Some.Now.AddHours(-1) : null,
        RevokedAt = revoked,
    };

    private static QuotaLine Quota(string rule, int used, int? allowed, DateTimeOffset? next) => new()
    {
        Challenge = "Abdominal organs on CT",
        Phase = "debug",
        Rule = rule,
        Used = used,
        Allowed = allowed,
        NextAt = next,
    };

    private static FormInput Faulty(string field) => new()
    {
        Values = new Dictionary<string, IReadOnlyList<string>>
        {
            [FieldNames.Token] = ["ts_typed-by-somebody"],
            [FieldNames.Invitation] = ["ti_typed-by-somebody"],
            [FieldNames.Name] = ["\"><script>alert(1)</script>"],
            [FieldNames.Layout] = ["folder"],
            [FieldNames.TrainedOn] = ["amos"],
            [FieldNames.Members] = ["</textarea><img src=x onerror=alert(2)>"],
        },
        Faults = new Dictionary<string, string> { [field] = "This cannot be taken: <b>bold</b>." },
    };
}
