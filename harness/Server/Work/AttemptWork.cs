using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Uploads;
using Touchstone.Leaderboard;
using Touchstone.Submissions;
using Attempt = Touchstone.Harness.Intake.Attempt;

namespace Touchstone.Harness.Server.Work;

/// <summary>Does one attempt: checks and loads its image, and runs it on its cases. Begun twice, it goes on where it was.</summary>
/// <param name="workspace">Where entries and results lie.</param>
/// <param name="readManifest">Reads the datasets that there are now: corrected masks raise a version in it.</param>
/// <param name="store">The queue.</param>
/// <param name="engine">Where containers run.</param>
/// <param name="disk">Whether there is room for images.</param>
/// <param name="settings">How runs go about their work; the manifest's hash is put in for each.</param>
/// <param name="tell">Told, a line at a time, what operators may have to see to.</param>
internal sealed class AttemptWork(
    Workspace workspace, Func<Manifest> readManifest, IntakeStore store, DockerEngine engine, DiskWatch disk, RunSettings settings,
    Action<string> tell)
{
    /// <summary>Does it.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="hold">The hold on it.</param>
    /// <returns>Null when every case has its ending; otherwise what kept some from it, for operators.</returns>
    /// <exception cref="SubmissionException">The image is not accepted, or the entry was taken out of the ranking.</exception>
    /// <exception cref="OperationCanceledException">The hold was lost, or the worker is to end.</exception>
    public async Task<string?> DoAsync(Attempt attempt, Hold hold)
    {
        var challenge = ChallengeRules.Read(workspace, attempt.Draft.Challenge).In(attempt.Draft.Phase);
        DemandNotOut(attempt.SubmissionId, hasRun: attempt.IsValid);
        var (submission, isNew) = await AcceptAsync(attempt, challenge, hold.Token);
        DemandNotOut(submission.Id, hasRun: attempt.IsValid);
        var manifest = readManifest();
        var plan = ContestBuilder.Datasets(challenge, manifest)
            .SelectMany(dataset => PlannedCase.Of(submission, challenge, dataset.Cases)).ToList();
        var done = plan.Count(planned => RunLoop.HasResult(workspace, planned));
        var isHeld = store.Accept(hold.Lease, submission.Id, plan.Count, done);
        if (!isHeld && isNew)
        {
            SubmissionFile.TakeBack(workspace, submission.Id); // or `run --all` would run what its team took back
        }

        hold.Demand(isHeld);
        return await RunAsync(plan, done, settings with { ManifestSha256 = manifest.Sha256 }, hold);
    }

    /// <summary>Refuses an entry that is out: the machine's time is for those that are ranked.</summary>
    private void DemandNotOut(string? submission, bool hasRun)
    {
        if (submission is not null && EntryDecision.InForce(DecisionFile.ReadAll(workspace, submission)) is { } decision)
        {
            var what = decision.Kind == DecisionKind.Disqualified ? "disqualified" : "withdrawn";
            var cure = decision.Kind == DecisionKind.Disqualified ? "" : " Bring it back, then submit it again.";
            throw new SubmissionException(SubmissionFault.EntryTakenOut, hasRun
                ? $"The entry was {what} while it ran, and was not run to the end. It counts as a valid attempt.{cure}"
                : $"The entry was {what} before its turn came, and was not run.{cure}");
        }
    }

    private async Task<(Submission Kept, bool IsNew)> AcceptAsync(Attempt attempt, Challenge challenge, CancellationToken token)
    {
        var intake = new ImageIntake(engine, disk, report: tell);
        var known = attempt.SubmissionId is { } id ? SubmissionFile.Find(workspace, id) : null;
        if (known is not null && await engine.FindImageAsync(known.Image.Value, token) is not null)
        {
            return (known, false);
        }

        var accepted = attempt.ArchiveSha256 is { } sha256
            ? await intake.AcceptArchiveAsync(
                UploadFolder.ArchivePath(workspace.UploadsPath, sha256), attempt.ArchiveName!, challenge.ImageBytes, token)
            : await intake.AcceptFromRegistryAsync(attempt.Reference!, challenge.ImageBytes, token);
        var submission = attempt.Draft.Accept(accepted.Digest, accepted.Source, settings.Clock.GetUtcNow());
        return SubmissionFile.Keep(workspace, submission);
    }

    private async Task<string?> RunAsync(IReadOnlyList<PlannedCase> plan, int done, RunSettings present, Hold hold)
    {
        using var index = ResultIndex.OpenCurrent(workspace);
        string? fault = null;
        var summary = await new RunLoop(workspace, engine, present).RunAsync(
            plan,
            happened =>
            {
                switch (happened)
                {
                    case RunEvent.CaseFinished finished:
                        index.Add(finished.Result);
                        hold.Demand(store.Progress(hold.Lease, ++done));
                        break;
                    case RunEvent.Waiting waiting:
                        tell(waiting.Reason);
                        break;
                    case RunEvent.CaseAbandoned abandoned:
                        fault ??= $"{abandoned.Planned.Case.Dataset}/{abandoned.Planned.Case.Id}: {abandoned.Reason}";
                        break;
                }
            },
            hold.Token);
        return summary.Abandoned == 0 ? null : $"Left without a result: {Counted.Of(summary.Abandoned, "case")}. {fault}";
    }
}
