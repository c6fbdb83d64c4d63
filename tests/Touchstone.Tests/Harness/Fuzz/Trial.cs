using System.CommandLine;
using System.Diagnostics;
using Touchstone.Harness.Commands;
using Touchstone.Harness.Engine;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Runs command lines in this process, and holds them to what a user may expect whatever the input is.</summary>
internal sealed class Trial : IDisposable
{
    /// <summary>No input of a few kilobytes takes longer, on however busy a machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Half of what a header may claim in vain, and more than tests beside this one use meanwhile.</summary>
    private const long MostAllocatedBytes = 1L << 30;

    private readonly Heard _heard = new();
    private readonly Invocation _invocation;

    public Trial()
    {
        var globals = new Globals
        {
            Out = Terminal.Create(_heard, isRedirected: true),
            Progress = Terminal.Create(_heard, isRedirected: true),
            Clock = new StillClock(),
            OpenOutput = () =>
            {
                _heard.Write("JSON\n");
                return Stream.Null;
            },
            ConnectAsync = _ => Task.FromException<DockerEngine>(new EngineException("Here is no engine.")),
        };
        _invocation = new Invocation(globals);
        Grammar = CommandLine.Create(globals);
    }

    /// <summary>What there is to be said on the command line.</summary>
    public RootCommand Grammar { get; }

    /// <summary>Exit codes by how often they were seen.</summary>
    public int[] Ends { get; } = new int[3];

    /// <summary>How long each command took, all its trials together.</summary>
    public SortedDictionary<string, (int Count, double Seconds)> Times { get; } = new(StringComparer.Ordinal);

    /// <summary>The last exit code.</summary>
    public int Code { get; private set; }

    /// <summary>What was said last.</summary>
    public string Said { get; private set; } = "";

    public void Dispose() => _heard.Dispose();

    /// <summary>Runs one line.</summary>
    /// <param name="target">What reads it.</param>
    /// <param name="line">The line.</param>
    /// <returns>What is wrong with its end; null when nothing is.</returns>
    public async Task<Failure?> RunAsync(Target target, IReadOnlyList<string> line)
    {
        using var stop = new CancellationTokenSource();
        (_heard.Stop, _) = (stop, _heard.Take());
        var (before, clock) = (GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        var work = Task.Run(() => target.RunAsync(_invocation, line, stop.Token));
        try
        {
            Code = await work.WaitAsync(Patience);
            Said = _heard.Take();
            return FaultOfEnd(target, GC.GetTotalAllocatedBytes() - before);
        }
        catch (TimeoutException)
        {
            await ReleaseAsync(target.Ground.Root, work, stop);
            return new Failure($"{target.Command} hangs", $"Nothing came for {Patience.TotalSeconds} s.");
        }
        catch (Exception fault)
        {
            return Failure.Of(fault);
        }
        finally
        {
            var (count, seconds) = Times.GetValueOrDefault(target.Command);
            Times[target.Command] = (count + 1, seconds + clock.Elapsed.TotalSeconds);
        }
    }

    private Failure? FaultOfEnd(Target target, long allocatedBytes)
    {
        if (Code is < 0 or > 2)
        {
            return new Failure($"exit code {Code} of {target.Command}", Said);
        }

        Ends[Code]++;
        return Code != Exit.Success && string.IsNullOrWhiteSpace(Said)
            ? new Failure($"{target.Command} fails without a word", $"Exit code {Code}.")
            : allocatedBytes < MostAllocatedBytes ? null
            : new Failure($"{target.Command} takes too much memory", $"{allocatedBytes >> 20} MiB were allocated.");
    }

    /// <summary>Most hang at a pipe: somebody who opens its other end and goes lets them end.</summary>
    private static async Task ReleaseAsync(string root, Task<int> work, CancellationTokenSource stop)
    {
        await stop.CancelAsync();
        for (var n = 0; n < 20 && !work.IsCompleted; n++)
        {
            foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            {
                if (new FileInfo(file) is { Length: 0, LinkTarget: null })
                {
                    Damage.ReleasePipe(file);
                }
            }

            await Task.WhenAny(work, Task.Delay(100));
        }

        _ = work.ContinueWith(ended => ended.Exception, TaskScheduler.Default);
    }

    /// <summary>The time that the grounds were made at; spans pass as they do.</summary>
    private sealed class StillClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Grounds.Now;
    }
}
