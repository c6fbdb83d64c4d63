using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Checks;

/// <summary>
/// Tries an image as production runs it: intake, sandbox, limits and scoring are the very same. It counts as no attempt,
/// because its workspace is one of its own that goes with it.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="folder">Where to work.</param>
/// <param name="settings">How runs go about their work.</param>
/// <param name="tell">Told what is going on, a line at a time.</param>
internal sealed class ImageCheck(DockerEngine engine, CheckFolder folder, RunSettings settings, Action<string> tell)
{
    private readonly Workspace _workspace = folder.Workspace;

    /// <summary>Checks an image.</summary>
    /// <param name="request">What, and against which rules.</param>
    /// <param name="stop">Stops and removes the present container.</param>
    /// <exception cref="Commands.WrongUseException">A case cannot be used.</exception>
    /// <exception cref="SubmissionException">There is no such image.</exception>
    /// <exception cref="EngineException">The engine failed; nothing can be said about the image.</exception>
    public async Task<CheckFacts> RunAsync(CheckRequest request, CancellationToken stop)
    {
        tell(request.CaseFolders.Count > 0 ? "Reading the cases…" : "Making the sample cases…");
        var cases = request.CaseFolders.Count > 0
            ? OwnCases.Read(request.CaseFolders, request.Challenge, folder.CasesPath)
            : PhantomSamples.Write(folder.CasesPath, request.Samples);
        var isPulled = !ImageName.IsArchive(request.Image) && await engine.FindImageAsync(request.Image, stop) is null;
        try
        {
            return await TakeInAsync(request, cases, stop);
        }
        finally
        {
            if (isPulled)
            {
                await engine.RemoveImageAsync(request.Image, CancellationToken.None);
            }
        }
    }

    private async Task<CheckFacts> TakeInAsync(CheckRequest request, IReadOnlyList<SampleCase> cases, CancellationToken stop)
    {
        tell($"Taking in {request.Image}…");
        var facts = new CheckFacts
        {
            Rules = RulesOf(request),
            Image = new CheckedImage(Path.GetFileName(request.Image), null, null, request.Challenge.ImageBytes),
        };
        try
        {
            if (request.Draft.NeedsRoot && !request.Challenge.AllowsRoot)
            {
                throw new SubmissionException(SubmissionFault.RootRefused, $"{request.Challenge.Title} does not run images as root.");
            }

            var disk = new DiskWatch(DiskWatch.DefaultFloorBytes, [((await engine.InfoAsync(stop)).DockerRootDir, "engine")]);
            var image = await new ImageIntake(engine, disk, folder.ImageName, tell)
                .AcceptAsync(request.Image, request.Challenge.ImageBytes, stop);
            facts = facts with
            {
                Image = new CheckedImage(image.Source, image.Digest.Value, image.UnpackedBytes, request.Challenge.ImageBytes),
            };
            var entry = request.Draft.Accept(image.Digest, image.Source, settings.Clock.GetUtcNow());
            return await RunAsync(facts, request, entry, cases, stop);
        }
        catch (SubmissionException fault) when (fault.Fault != SubmissionFault.ImageNotFound)
        {
            return facts with { Image = facts.Image with { Refusal = fault.Message } };
        }
    }

    private async Task<CheckFacts> RunAsync(
        CheckFacts facts, CheckRequest request, Submission entry, IReadOnlyList<SampleCase> cases, CancellationToken stop)
    {
        var rules = request.Shown;
        var reader = new CaseReader(_workspace, rules);
        tell("Looking at the image from inside…");
        var start = await StartAsync(entry, request.Opened, cases[0], stop);
        facts = facts with { Start = start };
        if (!start.IsGood)
        {
            const string why = "Not run, because it cannot be started.";
            return facts with { Cases = [.. cases.Select(one => CaseReader.NotRun(one, why))] };
        }

        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        var results = await RunCasesAsync(entry, rules, cases, reasons, stop);
        var first = cases.FirstOrDefault(one => results.GetValueOrDefault(one.Case.Id) is { Ending: Ending.Completed });
        var repeat = first is null ? null : await RepeatAsync(entry, rules, first, results[first.Case.Id], stop);
        facts = facts with
        {
            Repeat = repeat,
            Cases =
            [
                .. cases.Select(one => results.TryGetValue(one.Case.Id, out var result)
                    ? reader.Read(one, entry, result)
                    : CaseReader.NotRun(one, reasons.GetValueOrDefault(one.Case.Id, "Not run."))),
            ],
        };
        return request.Output is { } output
            ? facts with
            {
                Replay = await new KeptFiles(engine, _workspace, output).KeepAsync(request, entry, cases, facts.Cases, stop),
            }
            : facts with { Replay = KeptFiles.Commands(request, "kept", first ?? cases[0]) };
    }

    private async Task<CheckedStart> StartAsync(Submission entry, Challenge rules, SampleCase one, CancellationToken stop)
    {
        var probe = entry with { Id = $"{entry.Id}-start", Command = ContractProbe.Command };
        var perCase = rules with { Timing = new TimingRules() };
        var results = await RunCasesAsync(probe, perCase, [one], [], stop, isSilent: true);
        var result = results.GetValueOrDefault(one.Case.Id)
            ?? throw new EngineException("No container of the image could be run. Look at what stands above.");
        var log = ParticipantReport.Of(_workspace, rules, result).Log ?? "";
        return ContractProbe.Read(result, log, entry.Command.SequenceEqual(Submission.DefaultCommand)) with
        {
            Scripts = await new ImageScripts(engine, _workspace.Id).FaultsAsync(entry, stop),
        };
    }

    /// <summary>Runs the case once more as an entry of its own, so that both predictions can be compared.</summary>
    private async Task<CheckedRepeat> RepeatAsync(
        Submission entry, Challenge rules, SampleCase one, CaseResult first, CancellationToken stop)
    {
        tell($"{one.Case.Id} a second time…");
        var again = entry with { Id = $"{entry.Id}-again" };
        var results = await RunCasesAsync(again, rules, [one], [], stop, isSilent: true);
        var second = results.GetValueOrDefault(one.Case.Id)
            ?? throw new EngineException("The second run could not be made. Look at what stands above.");
        return RunComparison.Of(one, rules, first, Predictions(entry, one), second, Predictions(again, one));
    }

    private string Predictions(Submission entry, SampleCase one) =>
        Path.Combine(_workspace.CasePath(entry.Id, one.Case.Dataset, one.Case.Id), "prediction");

    private async Task<Dictionary<string, CaseResult>> RunCasesAsync(
        Submission entry,
        Challenge rules,
        IReadOnlyList<SampleCase> cases,
        Dictionary<string, string> reasons,
        CancellationToken stop,
        bool isSilent = false)
    {
        var results = new Dictionary<string, CaseResult>(StringComparer.Ordinal);
        var plan = PlannedCase.Of(entry, rules, cases.Select(one => one.Case));
        await new RunLoop(_workspace, engine, settings).RunAsync(plan, Note, stop);
        return results;

        void Note(RunEvent happened)
        {
            switch (happened)
            {
                case RunEvent.CaseFinished finished:
                    results[finished.Planned.Case.Id] = finished.Result;
                    break;
                case RunEvent.CaseStarted started when !isSilent:
                    tell($"{started.Planned.Case.Id}…");
                    break;
                case RunEvent.CaseAbandoned abandoned:
                    reasons[abandoned.Planned.Case.Id] = abandoned.Reason;
                    tell($"{abandoned.Planned.Case.Id}: {abandoned.Reason}");
                    break;
                case RunEvent.CaseWithheld withheld:
                    reasons[withheld.Planned.Case.Id] = withheld.Reason;
                    break;
                case RunEvent.CaseRetried retried:
                    tell($"{retried.Planned.Case.Id}: {retried.Reason} Once more in {retried.Delay.TotalSeconds:0} s.");
                    break;
                case RunEvent.Waiting waiting:
                    tell(waiting.Reason);
                    break;
            }
        }
    }

    private static CheckedRules RulesOf(CheckRequest request) => new(
        request.Challenge.Id,
        request.IsPhaseNamed ? $"{request.Challenge.Title}, phase {request.Challenge.Phase.Name}" : request.Challenge.Title,
        request.Draft.Layout == SubmissionLayout.Flat ? "flat" : "folder",
        request.Challenge.Labels,
        request.Draft.Command,
        request.Draft.NeedsGpu)
    {
        Limits = CheckedLimits.Of(request.Challenge),
    };
}
