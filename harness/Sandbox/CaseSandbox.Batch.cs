using Touchstone.Harness.Meters;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Sandbox;

/// <content>Several cases in one container.</content>
public sealed partial class CaseSandbox
{
    /// <summary>Runs a batch: as locked as a single case, read in the same way, judged case by case.</summary>
    /// <param name="job">What to run.</param>
    /// <param name="next">What will run after it; null for nothing.</param>
    /// <param name="token">Stops the container, whatever it is doing.</param>
    /// <returns>What came of each case, in the order of the job.</returns>
    /// <inheritdoc cref="RunAsync(SandboxJob, SandboxJob?, CancellationToken)" path="/exception"/>
    public async Task<IReadOnlyList<SandboxOutcome>> RunBatchAsync(
        SandboxJob job, SandboxJob? next = null, CancellationToken token = default)
    {
        foreach (var one in job.Cases)
        {
            OwnFolder.Empty(one.PredictionFolder);
        }

        var stage = await _ahead.TakeAsync(job, token);
        try
        {
            if (await RefusedAsync(stage, job, next, token) is { } refused)
            {
                return refused;
            }

            var completions = new CompletionWatch(_engine, stage.Slot, job);
            var (isKilled, start, watch) = await WatchBatchAsync(stage, job, completions, token);
            var end = _clock.GetTimestamp();
            var usage = stage.Meter?.Read(stage.Slot.Holder) ?? default;
            _ahead.Prepare(next, token);
            var outcomes = await ConcludeBatchAsync(job, stage, completions, isKilled, token);
            return Measured(outcomes, stage, start, _clock.GetElapsedTime(end), usage, watch);
        }
        finally
        {
            _ahead.Retire(stage);
        }
    }

    private async Task<(bool IsKilled, TimeSpan Start, RunWatch Watch)> WatchBatchAsync(
        CaseStage stage, SandboxJob job, CompletionWatch completions, CancellationToken token)
    {
        using var watch = RunWatch.Begin(stage.Meter, stage.Container, job.Submission.NeedsGpu ? _gpu : null);
        var begin = _clock.GetTimestamp();
        var hasStarted = await StartAsync(stage.Container, token);
        var start = _clock.GetElapsedTime(begin);
        var isKilled = hasStarted && !await WaitBatchAsync(stage.Container, job, completions, token);
        return (isKilled, start, watch);
    }

    /// <summary>Waits for the end, which comes at the latest when a case takes longer than its limit.</summary>
    /// <returns>True when it ended by itself.</returns>
    private async Task<bool> WaitBatchAsync(string container, SandboxJob job, CompletionWatch completions, CancellationToken token)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var waiting = _engine.WaitContainerAsync(container, stop.Token);
        var begin = _clock.GetTimestamp();
        while (await Task.WhenAny(waiting, Task.Delay(Sampler.Interval, _clock, token)) != waiting)
        {
            token.ThrowIfCancellationRequested();
            var time = _clock.GetElapsedTime(begin);
            await completions.LookAsync(time, token);
            if (time > BatchRules.Deadline(job.Limits.WallTime, completions.Quiet(time)))
            {
                await stop.CancelAsync();
                var endedMeanwhile = await new Deadline(_engine, _clock).WaitAsync(container, TimeSpan.Zero, job.Limits.GraceTime, token);
                await completions.FinishAsync(_clock.GetElapsedTime(begin), token);
                return endedMeanwhile;
            }
        }

        await waiting;
        await completions.FinishAsync(_clock.GetElapsedTime(begin), token);
        return true;
    }

    private async Task<IReadOnlyList<SandboxOutcome>> ConcludeBatchAsync(
        SandboxJob job, CaseStage stage, CompletionWatch completions, bool isKilled, CancellationToken token)
    {
        var state = (await _engine.InspectContainerAsync(stage.Container, token)).State;
        await KeepLogAsync(stage.Container, job.LogPath, token);
        var outputs = await CollectAsync(job, stage.Slot, token);
        var end = await EndOfAsync(stage, state, isKilled, Elapsed(state), token);
        var finished = BatchRules.Finished(completions.Completed);
        var share = BatchRules.Share(end.Run, job.Cases.Count);
        return await Task.WhenAll(job.Cases.Select((one, i) => ExplainAsync(
            job,
            OutcomeOf(one, BatchRules.Judge(end, outputs[i], job, one, finished[i]), outputs[i], end, state) with { Run = share },
            token)));
    }
}
