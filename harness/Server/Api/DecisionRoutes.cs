using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Problems;
using Touchstone.Submissions.Names;
using Attempt = Touchstone.Harness.Intake.Attempt;

namespace Touchstone.Harness.Server.Api;

/// <summary>What is decided about entries, boards and datasets. The boards follow as soon as a worker has made them anew.</summary>
internal static class DecisionRoutes
{
    private const string Path = "/api/v1/admin";
    private const int MostReturns = 10;

    /// <summary>The routes.</summary>
    public static IReadOnlyList<Route> All { get; } =
    [
        Deciding(
            $"{Path}/attempts/{{id}}/disqualify", RequiredAccess.Admin, DecisionKind.Disqualified,
            "Takes an entry out of its ranking, with a reason that everybody reads."),
        Deciding(
            $"{Path}/attempts/{{id}}/reinstate", RequiredAccess.Admin, DecisionKind.Reinstated, "Lifts a disqualification."),
        Deciding(
            "/api/v1/attempts/{id}/withdraw", RequiredAccess.Submit, DecisionKind.Withdrawn,
            "Takes the team's entry out of its ranking; the board names it as withdrawn."),
        Deciding("/api/v1/attempts/{id}/return", RequiredAccess.Submit, DecisionKind.Returned, "Brings a withdrawn entry back."),
        new()
        {
            Method = "POST", Path = $"{Path}/challenges/{{id}}/phases/{{phase}}/release", Access = RequiredAccess.Admin,
            Status = 204, Handler = ReleaseAsync, Summary = "Ends the embargo of a board. It cannot be taken back.",
        },
        new()
        {
            Method = "POST", Path = $"{Path}/datasets/{{id}}/rescore", Access = RequiredAccess.Admin, Status = 202,
            Handler = RescoreAsync, Response = ApiJson.Wire.Errand,
            Summary = "Scores kept predictions again after reference masks were corrected and reference-version was raised.",
        },
        new()
        {
            Method = "GET", Path = $"{Path}/rescores", Access = RequiredAccess.Admin, Handler = ListRescoresAsync,
            Summary = "Lists what was asked to be scored again, and what came of it.", Response = ApiJson.Wire.IReadOnlyListErrand,
        },
    ];

    /// <summary>Decides about the entry of an attempt: for the API and the pages alike.</summary>
    /// <param name="exchange">The request of its team or an organiser.</param>
    /// <param name="id">The attempt.</param>
    /// <param name="kind">What is decided.</param>
    /// <param name="reason">Why; must be given to disqualify.</param>
    /// <exception cref="IntakeException">There is no such attempt, the reason is unusable, or nothing would change.</exception>
    public static Attempt Decide(Exchange exchange, string id, DecisionKind kind, string reason)
    {
        var desk = exchange.Desk;
        var attempt = desk.Store.GetAttempt(exchange.SeenTeamId, id);
        var submission = attempt.SubmissionId
            ?? throw new IntakeException(IntakeFault.WrongState, "This attempt has not become an entry: its image was not accepted.");
        reason = PlainText.Fold(reason);
        if (EntryDecision.ReasonFault(kind, reason) is { } fault)
        {
            throw new IntakeException(IntakeFault.Malformed, fault);
        }

        var decision = new EntryDecision
        {
            Kind = kind,
            Reason = reason,
            By = exchange.Identity.Actor,
            At = desk.Clock.GetUtcNow(),
        };
        lock (desk.Deciding)
        {
            DecisionFile.TryAdd(desk.Workspace, submission, decision, history => Allow(history, kind, exchange.Caller.IsOrganiser));
        }

        desk.Store.Note(exchange.Identity.Actor, $"entry-{kind.ToString().ToLowerInvariant()}", id, reason);
        return attempt;
    }

    private static bool Allow(IReadOnlyList<EntryDecision> history, DecisionKind kind, bool isOrganiser)
    {
        var kinds = kind is DecisionKind.Disqualified or DecisionKind.Reinstated
            ? (Out: DecisionKind.Disqualified, Back: DecisionKind.Reinstated)
            : (Out: DecisionKind.Withdrawn, Back: DecisionKind.Returned);
        var isOut = EntryDecision.Standing(history, kinds.Out, kinds.Back) is not null;
        if (isOut == (kind == kinds.Out))
        {
            throw new IntakeException(IntakeFault.WrongState, isOut ? "The entry is out already." : "The entry is not out.");
        }

        // Every decision makes a board anew. What a team takes out it can always take out; how often it comes back is bounded.
        return kind != DecisionKind.Returned || isOrganiser || history.Count(one => one.Kind == kind) < MostReturns
            ? true
            : throw new IntakeException(
                IntakeFault.WrongState, $"The entry was brought back {MostReturns} times. Ask the organisers to bring it back again.");
    }

    private static Route Deciding(string path, RequiredAccess access, DecisionKind kind, string summary) => new()
    {
        Method = "POST",
        Path = path,
        Access = access,
        Summary = summary,
        Request = ApiJson.Wire.ReasonRequest,
        Response = ApiJson.Wire.AttemptAnswer,
        Handler = async exchange =>
        {
            var asked = await exchange.ReadAsync(ApiJson.Wire.ReasonRequest);
            var attempt = Decide(exchange, exchange.Parameter("id"), kind, asked.Reason.Trim());
            await exchange.WriteAsync(AttemptAnswer.Of(exchange, attempt), ApiJson.Wire.AttemptAnswer);
        },
    };

    /// <summary>Ends the embargo of a board: for the API and the pages alike.</summary>
    /// <param name="exchange">The request of an organiser.</param>
    /// <param name="id">The challenge.</param>
    /// <param name="phase">The phase.</param>
    /// <exception cref="ProblemException">There is no such challenge, or it never shows this board.</exception>
    public static void Release(Exchange exchange, string id, string phase)
    {
        var desk = exchange.Desk;
        var challenge = desk.Challenges.Get(id).In(phase);
        if (!challenge.Phase.ShowsBoard)
        {
            throw new ProblemException(409, "wrong-state", $"{challenge.Title} never shows the board of this phase.");
        }

        var release = new BoardRelease(desk.Clock.GetUtcNow(), exchange.Identity.Actor);
        if (ReleaseFile.Write(desk.Workspace, challenge.Id, challenge.Phase.Name, release))
        {
            desk.Store.Note(exchange.Identity.Actor, "board-released", challenge.Id, challenge.Phase.Name);
        }
    }

    /// <summary>Asks for a dataset to be scored again: for the API and the pages alike.</summary>
    /// <param name="exchange">The request of an organiser.</param>
    /// <param name="id">The dataset.</param>
    /// <exception cref="IntakeException">There is no such dataset with cases here.</exception>
    public static Errand Rescore(Exchange exchange, string id) => exchange.Desk.Manifest.Find(id) is { Files: not null }
        ? exchange.Desk.Store.AskRescore(id, exchange.Identity.Actor)
        : throw IntakeException.NoSuch("dataset", id);

    private static Task ReleaseAsync(Exchange exchange)
    {
        Release(exchange, exchange.Parameter("id"), exchange.Parameter("phase"));
        return exchange.DoneAsync();
    }

    private static Task RescoreAsync(Exchange exchange) =>
        exchange.WriteAsync(Rescore(exchange, exchange.Parameter("id")), ApiJson.Wire.Errand);

    private static Task ListRescoresAsync(Exchange exchange) =>
        exchange.WriteAsync(exchange.Desk.Store.Errands(), ApiJson.Wire.IReadOnlyListErrand);
}
