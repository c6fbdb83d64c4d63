using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Transfer;

namespace Touchstone.Harness.Transfer;

/// <summary>
/// Runs the jobs of a study that have no result yet: one container after another, under the locks of workspace and
/// machine that submissions run under. Every job with a result file is done, so it can be begun again at any moment.
/// </summary>
internal sealed class StudyLoop(OpenStudy study, DockerEngine engine, RunSettings settings)
{
    private readonly Dictionary<string, JobResult> _results = new(StringComparer.Ordinal);

    /// <summary>Works through a study. One job's failure costs only those that build on it.</summary>
    /// <param name="prepare">Makes sure that the engine has the images; called with the workspace locked.</param>
    /// <param name="report">Told of everything as it happens, on the thread that works.</param>
    /// <param name="token">Stops and removes the present container; its job is left without a result.</param>
    /// <exception cref="WorkspaceBusyException">Another process runs in the workspace.</exception>
    /// <exception cref="InvalidDataException">
    /// A result was made by another definition of the study, or two cases have one name.
    /// </exception>
    /// <exception cref="EngineException">The engine does not answer, even after waiting. Results so far are kept.</exception>
    public async Task<StudySummary> RunAsync(
        Func<CancellationToken, Task> prepare, Action<StudyEvent> report, CancellationToken token = default)
    {
        Directory.CreateDirectory(study.Workspace.Root);
        using var hold = study.Workspace.Lock();
        study.Names.RequireDistinct(study.Jobs);
        study.Folder.RemoveLeftovers();
        foreach (var stays in await CaseSandbox.RemoveLeftoversAsync(engine, study.Workspace.Id, token))
        {
            report(new StudyEvent.Waiting(stays));
        }

        await prepare(token);
        foreach (var job in study.Jobs)
        {
            if (study.ResultOf(job) is { } result)
            {
                _results[job.Key.Name] = result;
            }
        }

        var left = study.Jobs.Where(job => !_results.ContainsKey(job.Key.Name)).ToList();
        var done = _results.Count;
        report(new StudyEvent.Began(study.Jobs.Count, done));
        Import(left, report);
        left.RemoveAll(job => job.ImportFolder is not null);
        var (abandoned, blocked) = left.Count == 0 ? (0, 0) : await WorkAsync(left, report, token);
        return new StudySummary(_results.Count - done, done, abandoned, blocked);
    }

    private void Import(List<PlannedJob> left, Action<StudyEvent> report)
    {
        foreach (var job in left.Where(one => one.ImportFolder is not null))
        {
            Keep(job, JobResultMaker.Import(study, job, JobResultMaker.ProvenanceOf(study, settings)), report);
        }
    }

    private async Task<(int Abandoned, int Blocked)> WorkAsync(
        List<PlannedJob> left, Action<StudyEvent> report, CancellationToken token)
    {
        await using var bench = await TestBench.PrepareAsync(
            study.Workspace, engine, settings, study.Study.NeedsGpu, reason => report(new StudyEvent.Waiting(reason)), token);
        var runner = new JobRunner(study, engine, bench, settings);
        var (abandoned, blocked) = (0, 0);
        foreach (var job in left)
        {
            var start = job.StartsFrom is { } name ? _results.GetValueOrDefault(name) : null;
            if (start is { Ending: not Ending.Completed })
            {
                report(new StudyEvent.Blocked(job));
                blocked++;
            }
            else if (job.StartsFrom is not null && start is null)
            {
                report(new StudyEvent.Abandoned(job, $"It builds on {job.StartsFrom}, which has no result yet."));
                abandoned++;
            }
            else
            {
                abandoned += await TryRunAsync(runner, job, report, token) ? 0 : 1;
            }
        }

        return (abandoned, blocked);
    }

    private async Task<bool> TryRunAsync(
        JobRunner runner, PlannedJob job, Action<StudyEvent> report, CancellationToken token)
    {
        for (var attempt = 0; ; attempt++)
        {
            report(new StudyEvent.Started(job));
            try
            {
                Keep(job, await runner.RunAsync(job, token), report);
                return true;
            }
            catch (DatasetFaultException fault)
            {
                report(new StudyEvent.Abandoned(job, fault.Message));
                return false;
            }
            catch (Exception fault) when (Infrastructure.MayPass(fault) && attempt < settings.RetryDelays.Count)
            {
                var delay = settings.RetryDelays[attempt];
                report(new StudyEvent.Retried(job, Infrastructure.Describe(fault), delay));
                await Task.Delay(delay, settings.Clock, token);
            }
            catch (EngineException fault)
            {
                report(new StudyEvent.Abandoned(job, fault.Message));
                await engine.PingAsync(token); // Without an engine all other jobs would fail alike, each after its waiting.
                return false;
            }
            catch (IOException fault) when (Infrastructure.IsDiskFull(fault))
            {
                report(new StudyEvent.Abandoned(job, Infrastructure.Describe(fault)));
                throw; // Without room for results all other jobs would fail alike.
            }
        }
    }

    private void Keep(PlannedJob job, JobResult result, Action<StudyEvent> report)
    {
        var kept = study.Folder.Write(result);
        _results[job.Key.Name] = kept;
        report(new StudyEvent.Finished(job, kept));
    }
}
