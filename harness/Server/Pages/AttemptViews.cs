using Touchstone.Harness.Boards;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Live;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;
using Attempt = Touchstone.Harness.Intake.Attempt;

namespace Touchstone.Harness.Server.Pages;

/// <summary>Attempts as their team, or an organiser, may see them: what a phase keeps back does not come into a view.</summary>
/// <param name="desk">What the server works with.</param>
/// <param name="isOrganiser">Whether an organiser reads.</param>
internal sealed class AttemptViews(Desk desk, bool isOrganiser)
{
    private readonly DateTimeOffset _now = desk.Clock.GetUtcNow();

    /// <summary>A line about an attempt.</summary>
    public AttemptSummary Summary(Attempt attempt)
    {
        attempt = SeenProgress.Of(desk, attempt, isOrganiser);
        var rules = Rules(attempt);
        var entry = rules is not null && MaySeeScores(rules) && attempt is { State: AttemptState.Finished, SubmissionId: { } id }
            ? desk.Boards.For(rules, isOrganiser)?.Entries.GetValueOrDefault(id)
            : null;
        return new AttemptSummary
        {
            Id = attempt.Id,
            Name = attempt.Draft.Name,
            Team = attempt.Draft.Team,
            Challenge = rules?.Title ?? attempt.Draft.Challenge,
            Phase = attempt.Draft.Phase,
            Stage = Stage(attempt, Decision(attempt)),
            ReceivedAt = attempt.CreatedAt,
            CasesDone = attempt.CasesDone,
            Cases = SeenProgress.IsCaseByCase(desk, attempt, isOrganiser) ? attempt.Cases : null,
            Dsc = entry?.Dsc,
            Nsd = entry?.Nsd,
            Weights = rules is null ? "" : StructureWeights.Words(StructureWeights.Told(rules.Structures, rules.Weights)),
        };
    }

    /// <summary>Everything about an attempt.</summary>
    public AttemptView Whole(Attempt attempt, bool maySubmit)
    {
        attempt = SeenProgress.Of(desk, attempt, isOrganiser);
        var isCaseByCase = SeenProgress.IsCaseByCase(desk, attempt, isOrganiser);
        var outlook = QueueOutlook.Of(desk, isOrganiser);
        var rules = Rules(attempt);
        var decision = Decision(attempt);
        var board = rules is null ? null : BoardPath(attempt, rules);
        var submission = attempt.SubmissionId is { } id ? SubmissionFile.Find(desk.Workspace, id) : null;
        return new AttemptView
        {
            Summary = Summary(attempt),
            Layout = attempt.Draft.Layout == SubmissionLayout.Folder ? "folder" : "flat",
            Command = ["/bin/bash", "-c", attempt.Draft.Command],
            Source = attempt.ArchiveName ?? attempt.Reference ?? "",
            Image = submission?.Image.Value,
            UsesGpu = attempt.Draft.NeedsGpu,
            TrainedOn = attempt.Draft.TrainedOn ?? [],
            Place = outlook.Ahead(attempt) + 1,
            TimeLeft = outlook.TimeLeft(attempt),
            Doing = attempt is { State: AttemptState.Running, Cases: { } cases }
                ? !isCaseByCase ? "It runs. What came of its cases is shown when all of them are done."
                : FormattableString.Invariant($"It runs on case {Math.Min(attempt.CasesDone + 1, cases)} of {cases}.") : attempt.WaitsBecause ?? "",
            Fault = FaultOf(attempt, decision),
            Cases = rules is null || !isCaseByCase || attempt.SubmissionId is not { } entry ? [] : Cases(rules, entry),
            Feedback = rules is null ? "" : Feedback(rules, BoardList.IsPublic(desk.Workspace, rules, _now)),
            BoardPath = board,
            IsSettling = rules is not null && board is null && decision is null && attempt.State == AttemptState.Finished
                && MaySeeScores(rules),
            EventsAddress = attempt.HasEnded ? null : $"/api/v1/attempts/{attempt.Id}/events",
            CanCancel = maySubmit && IntakeStore.MayCancel(attempt, isOrganiser),
            CanWithdraw = maySubmit && !isOrganiser && attempt.SubmissionId is not null && decision is null,
            CanReturn = maySubmit && !isOrganiser && decision?.Kind == DecisionKind.Withdrawn,
            Organiser = isOrganiser ? ForOrganiser(attempt, decision) : null,
        };
    }

    /// <summary>What a phase shows to a team, in a sentence or two.</summary>
    /// <param name="rules">The challenge in the phase.</param>
    /// <param name="isPublic">Whether everybody may see its board.</param>
    public static string Feedback(Challenge rules, bool isPublic)
    {
        var cases = rules.Logs == LogPolicy.Open
            ? "You see how every case ended and why, and the end of what the container printed."
            : "You see how every case ended, and nothing that the container wrote: the cases are not public.";
        var scores = isPublic ? " Scores are shown."
            : rules.Phase is { ShowsBoard: true, Embargo.Until: { } until }
                ? $" Scores are shown from {ChallengePhase.Show(until)} on."
                : " Scores are for the organisers" + (rules.Phase.ShowsBoard ? " until they lay the board open." : ".");
        return cases + scores;
    }

    private bool MaySeeScores(Challenge rules) => isOrganiser || BoardList.IsPublic(desk.Workspace, rules, _now);

    private Challenge? Rules(Attempt attempt) => desk.Challenges.All.FirstOrDefault(one => one.Id == attempt.Draft.Challenge) is { } found
        && found.Phases.Any(phase => phase.Name == attempt.Draft.Phase) ? found.In(attempt.Draft.Phase) : null;

    private EntryDecision? Decision(Attempt attempt) => attempt.SubmissionId is { } id
        ? EntryDecision.InForce(DecisionFile.ReadAll(desk.Workspace, id)) : null;

    private IReadOnlyList<AttemptCase> Cases(Challenge rules, string submission)
    {
        var showsScores = MaySeeScores(rules) && (isOrganiser || rules.Logs == LogPolicy.Open);
        var results = desk.Reports.Of(submission);
        return
        [
            .. results.Zip(ParticipantReport.OfAll(desk.Workspace, rules, results), (result, report) => (Result: result, Report: report))
                .Select(pair => new AttemptCase
                {
                    Pseudonym = pair.Report.Case,
                    Ending = pair.Report.Ending,
                    Detail = pair.Report.Detail,
                    Hint = pair.Report.Hint,
                    Log = pair.Report.Ending == Ending.Completed ? null : pair.Report.Log,
                    Seconds = showsScores ? pair.Result.Timing.RunSeconds : null,
                    Dsc = showsScores ? Mean(rules, pair.Result, Metric.Dsc) : null,
                    Nsd = showsScores ? Mean(rules, pair.Result, Metric.Nsd) : null,
                }),
        ];
    }

    private string? BoardPath(Attempt attempt, Challenge rules) =>
        MaySeeScores(rules) && attempt is { State: AttemptState.Finished, SubmissionId: { } id }
            && desk.Boards.For(rules, isOrganiser)?.Entries.ContainsKey(id) == true
            ? $"/boards/{rules.Id}/{rules.Phase.Name}/submission/{id}.html" : null;

    private OrganiserView ForOrganiser(Attempt attempt, EntryDecision? decision) => new()
    {
        MachineFault = attempt.OperatorText,
        CanRunAgain = attempt.State is AttemptState.Failed or AttemptState.Rejected,
        CanDisqualify = attempt.SubmissionId is not null && decision?.Kind != DecisionKind.Disqualified,
        CanReinstate = decision?.Kind == DecisionKind.Disqualified,
        History = [.. desk.Store.AuditOf(attempt.Id).Select(OrganiserPages.Line)],
    };

    private static Fault? FaultOf(Attempt attempt, EntryDecision? decision) => decision is not null
        ? new Fault(decision.Kind == DecisionKind.Disqualified ? "disqualified" : "withdrawn", decision.Reason)
        : attempt.FaultText is { } text ? new Fault(attempt.FaultCode ?? "failed", text) : null;

    private static AttemptStage Stage(Attempt attempt, EntryDecision? decision) =>
        decision?.Kind == DecisionKind.Disqualified ? AttemptStage.Disqualified : StageOf(attempt.State);

    private static AttemptStage StageOf(AttemptState state) => state switch
    {
        AttemptState.Waiting => AttemptStage.Waiting,
        AttemptState.Checking => AttemptStage.Checking,
        AttemptState.Running => AttemptStage.Running,
        AttemptState.Finished => AttemptStage.Finished,
        AttemptState.Rejected => AttemptStage.Rejected,
        AttemptState.Cancelled => AttemptStage.Cancelled,
        AttemptState.Failed => AttemptStage.Failed,
    };

    private static double? Mean(Challenge rules, CaseResult result, Metric metric) => StructureWeights.Mean(
        [.. result.Scores.Select(score => CountedScore.Of(result, score, metric))],
        StructureWeights.Of(result.Scores.Select(score => score.Structure), rules.Weights));
}
