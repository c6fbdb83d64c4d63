using Touchstone.Harness.Boards;
using Touchstone.Harness.Gpu;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Problems;
using Touchstone.Submissions;
using Attempt = Touchstone.Harness.Intake.Attempt;

namespace Touchstone.Harness.Server.Api;

/// <summary>Attempts: made, watched, taken back.</summary>
internal static class AttemptRoutes
{
    private const string Path = "/api/v1/attempts";
    private const int MostListed = 500;

    /// <summary>The routes.</summary>
    public static IReadOnlyList<Route> All { get; } =
    [
        new()
        {
            Method = "POST", Path = Path, Access = RequiredAccess.TeamSubmit, Status = 201, Handler = CreateAsync,
            Summary = "Puts an attempt into the queue. With the same header Idempotency-Key, the same request is the same attempt.",
            Headers = [("Idempotency-Key", false)], Request = ApiJson.Wire.AttemptBody, Response = ApiJson.Wire.AttemptAnswer,
        },
        new()
        {
            Method = "GET", Path = Path, Access = RequiredAccess.TeamRead, Handler = ListAsync,
            Summary = $"Lists the team's last {MostListed} attempts, the newest first; the query challenge names one challenge.",
            Queries = ["challenge"], Response = ApiJson.Wire.IReadOnlyListAttemptAnswer,
        },
        new()
        {
            Method = "GET", Path = $"{Path}/{{id}}", Access = RequiredAccess.Read, Handler = ShowAsync,
            Summary = "Shows where an attempt stands.", Response = ApiJson.Wire.AttemptAnswer,
        },
        new()
        {
            Method = "POST", Path = $"{Path}/{{id}}/cancel", Access = RequiredAccess.Submit, Handler = CancelAsync,
            Summary = "Takes back an attempt before its image is accepted, which costs nothing while it waits; organisers, whatever has not ended.", Response = ApiJson.Wire.AttemptAnswer,
        },
        new()
        {
            Method = "GET", Path = $"{Path}/{{id}}/cases", Access = RequiredAccess.Read, Handler = ShowCasesAsync,
            Summary = "Tells how each case ended, under pseudonyms, in private phases when all have; in open phases also why, and the end of the log.",
            Response = ApiJson.Wire.IReadOnlyListParticipantReport,
        },
        new()
        {
            Method = "GET", Path = $"{Path}/{{id}}/scores", Access = RequiredAccess.Read, Handler = ShowScoresAsync,
            Summary = "Shows mean scores, unless the phase keeps them back.", Response = ApiJson.Wire.ScoresAnswer,
        },
        new()
        {
            Method = "GET", Path = $"{Path}/{{id}}/events", Access = RequiredAccess.Read, Handler = AttemptEvents.SendAsync,
            Summary = "Sends an event \"attempt\" with the attempt whenever it changes, until its end (server-sent events).",
        },
    ];

    /// <summary>Adds an attempt by the rules of its challenge: for the API and the page alike.</summary>
    /// <param name="exchange">The request of a team.</param>
    /// <param name="body">What is asked for.</param>
    /// <param name="key">The idempotency key; null for none.</param>
    /// <exception cref="IntakeException">The rules do not allow it.</exception>
    /// <exception cref="SubmissionException">What is stated is unusable.</exception>
    /// <exception cref="ProblemException">It names neither an upload nor an image, or both.</exception>
    public static (Attempt Attempt, bool IsNew) Add(Exchange exchange, AttemptBody body, string? key)
    {
        var team = exchange.Desk.Store.FindTeam(exchange.TeamId)!;
        var challenge = exchange.Desk.Challenges.Get(body.Challenge).In(body.Phase);
        var draft = new SubmissionDraft
        {
            Team = team.Name,
            Name = body.Name,
            Challenge = challenge.Id,
            Phase = challenge.Phase.Name,
            Layout = body.Layout,
            Command = body.Command ?? Submission.DefaultCommand[2],
            NeedsGpu = body.Gpu,
            NeedsRoot = body.Root,
            TrainedOn = body.TrainedOn is { Count: > 0 } ids ? Known(exchange.Desk, ids) : null,
        };
        draft.Check();
        if (draft.NeedsRoot && !challenge.AllowsRoot)
        {
            throw new SubmissionException(SubmissionFault.RootRefused, $"{challenge.Title} does not run images as root.");
        }

        if (draft.NeedsGpu)
        {
            GpuDevice.Demand(exchange.Desk.HasGpu);
        }

        if (body.Upload is null == body.Image is null)
        {
            throw new ProblemException(422, "malformed", "Name either an upload or an image.");
        }

        if (body.Image is { } image)
        {
            exchange.Desk.Registries.Demand(image);
        }

        var request = new AttemptRequest
        {
            TeamId = team.Id,
            Draft = draft,
            UploadId = body.Upload,
            Reference = body.Image,
            IdempotencyKey = key,
        };
        return exchange.Desk.Store.AddAttempt(
            request, history => history.DemandAnother(challenge, exchange.Desk.Clock.GetUtcNow()), exchange.Identity);
    }

    private static async Task CreateAsync(Exchange exchange)
    {
        var body = await exchange.ReadAsync(ApiJson.Wire.AttemptBody);
        var key = exchange.Context.Request.Headers["Idempotency-Key"].ToString();
        var (attempt, isNew) = Add(exchange, body, key.Length > 0 ? key : null);
        exchange.Context.Response.Headers.Location = $"{Path}/{attempt.Id}";
        await WriteAsync(exchange, attempt, isNew ? 201 : 200);
    }

    private static Task ListAsync(Exchange exchange)
    {
        var challenge = exchange.Context.Request.Query["challenge"].ToString();
        var outlook = QueueOutlook.Of(exchange.Desk, exchange.Caller.IsOrganiser);
        return exchange.WriteAsync(
            [
                .. exchange.Desk.Store.Attempts(exchange.TeamId, challenge.Length > 0 ? challenge : null, MostListed)
                    .Select(one => AttemptAnswer.Of(exchange, one, outlook)),
            ],
            ApiJson.Wire.IReadOnlyListAttemptAnswer);
    }

    private static Task ShowAsync(Exchange exchange) => WriteAsync(exchange, Find(exchange), null);

    private static Task CancelAsync(Exchange exchange) => WriteAsync(
        exchange,
        exchange.Desk.Store.Cancel(exchange.SeenTeamId, exchange.Parameter("id"), exchange.Identity),
        null);

    private static Task ShowCasesAsync(Exchange exchange)
    {
        var attempt = Find(exchange);
        var challenge = exchange.Desk.Challenges.Get(attempt.Draft.Challenge).In(attempt.Draft.Phase);
        IReadOnlyList<ParticipantReport> reports = attempt.SubmissionId is { } submission
            && SeenProgress.IsCaseByCase(exchange.Desk, attempt, exchange.Caller.IsOrganiser)
            ? ParticipantReport.OfAll(exchange.Desk.Workspace, challenge, exchange.Desk.Reports.Of(submission))
            : [];
        return exchange.WriteAsync(reports, ApiJson.Wire.IReadOnlyListParticipantReport);
    }

    private static Task ShowScoresAsync(Exchange exchange)
    {
        var attempt = Find(exchange);
        var challenge = exchange.Desk.Challenges.Get(attempt.Draft.Challenge).In(attempt.Draft.Phase);
        var isShown = exchange.Caller.IsOrganiser
            || BoardList.IsPublic(exchange.Desk.Workspace, challenge, exchange.Desk.Clock.GetUtcNow());
        return Scores.FaultOf(attempt, challenge.Phase, isShown) is { } fault
            ? throw fault
            : exchange.WriteAsync(
                Scores.Of(attempt, exchange.Desk.Reports.Of(attempt.SubmissionId!)), ApiJson.Wire.ScoresAnswer);
    }

    private static Attempt Find(Exchange exchange) =>
        exchange.Desk.Store.GetAttempt(exchange.SeenTeamId, exchange.Parameter("id"));

    private static Task WriteAsync(Exchange exchange, Attempt attempt, int? status) => exchange.WriteAsync(
        AttemptAnswer.Of(exchange, attempt), ApiJson.Wire.AttemptAnswer, status);

    private static IReadOnlyList<string> Known(Desk desk, IReadOnlyList<string> ids) =>
        ids.Where(id => id is null || desk.Manifest.Find(id) is null).ToList() is [var unknown, ..]
            ? throw new SubmissionException(
                SubmissionFault.Malformed, $"There is no dataset \"{LogText.Line(unknown ?? "null", most: 80)}\" to be trained on.")
            : [.. ids.Distinct().Order(StringComparer.Ordinal)];
}
