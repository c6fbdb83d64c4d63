using Touchstone.Harness.Engine;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Sees from outside when the outputs of a batch are complete: the last moment at which an output was seen to change. A
/// container can make one look earlier than it was, by writing into it and setting its date back, but cannot make the sum of all
/// times shorter than it ran.
/// </summary>
internal sealed class CompletionWatch
{
    private static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(1);

    private readonly DockerEngine _engine;
    private readonly VolumeSlot _slot;
    private readonly Output[] _outputs;
    private readonly bool _isFolders;
    private PathStat? _folder;

    /// <param name="engine">The engine.</param>
    /// <param name="slot">Where the outputs are.</param>
    /// <param name="job">The cases.</param>
    public CompletionWatch(DockerEngine engine, VolumeSlot slot, SandboxJob job)
    {
        (_engine, _slot, _isFolders) = (engine, slot, job.Submission.Layout == SubmissionLayout.Folder);
        _outputs = [.. job.Cases.Select(one => new Output(_isFolders
            ? $"{slot.Outputs}/{one.Pseudonym}/segmentations"
            : $"{slot.Outputs}/{one.Pseudonym}.nii.gz"))];
    }

    /// <summary>When each output was complete, by the order of the cases; null for one that was not seen.</summary>
    public IReadOnlyList<TimeSpan?> Completed => [.. _outputs.Select(output => output.Changed)];

    /// <summary>How many outputs have been left alone for a while.</summary>
    /// <param name="time">Since the start.</param>
    public int Quiet(TimeSpan time) => _outputs.Count(output => time - output.Changed > QuietAfter);

    /// <summary>Looks at what may have changed: outputs of late, and all others when the folder has a new entry.</summary>
    /// <param name="time">Since the start.</param>
    /// <param name="token">Stops looking.</param>
    public async Task LookAsync(TimeSpan time, CancellationToken token)
    {
        var (folder, isTold) = await StatAsync(_slot.Outputs, token);
        var hasNew = folder != _folder || !isTold;
        _folder = folder;
        foreach (var output in _outputs)
        {
            // In the folder layout a case's masks come into a folder of its own, whose making is all that this one shows.
            var isOpen = output.Changed is { } changed ? time - changed <= QuietAfter : hasNew || _isFolders;
            if (isOpen)
            {
                await LookAsync(output, time, token);
            }
        }
    }

    /// <summary>Looks at everything once more, after the end: what changed unseen was complete only then.</summary>
    /// <param name="time">Since the start.</param>
    /// <param name="token">Stops looking.</param>
    public async Task FinishAsync(TimeSpan time, CancellationToken token)
    {
        foreach (var output in _outputs)
        {
            await LookAsync(output, time, token);
        }
    }

    private async Task LookAsync(Output output, TimeSpan time, CancellationToken token)
    {
        var (stat, isTold) = await StatAsync(output.Path, token);
        var isGone = stat is null && isTold;
        if (isGone || !isTold || stat != output.Stat)
        {
            output.Changed = isGone ? null : time;
            output.Stat = stat;
        }
    }

    /// <summary>
    /// What a path is. A container can leave what an engine answers with an error: a date that it cannot write, links without an end.
    /// Such an output counts as changing until the end, which is at nobody's cost but its own. It is not looked for in a listing of
    /// the folder instead: engines list by sending all content, ten times a second, beside a container that is timed.
    /// </summary>
    private async Task<(PathStat? Stat, bool IsTold)> StatAsync(string path, CancellationToken token)
    {
        try
        {
            return (await _engine.StatPathAsync(_slot.Holder, path, token), true);
        }
        catch (EngineException fault) when (fault.Status is not null)
        {
            return (null, false); // an engine that is down gives no status
        }
    }

    /// <summary>One case's output: a mask of all labels, or the folder of its masks.</summary>
    private sealed class Output(string path)
    {
        public string Path => path;

        public PathStat? Stat { get; set; }

        public TimeSpan? Changed { get; set; }
    }
}
