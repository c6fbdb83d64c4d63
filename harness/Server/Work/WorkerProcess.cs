using System.Diagnostics;

namespace Touchstone.Harness.Server.Work;

/// <summary>
/// The worker as a process of its own with lower priority, started again when it dies. It ends by itself when its standard
/// input does, so that none is left over however the server ends.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartAgainAfter = TimeSpan.FromSeconds(5);

    /// <summary>Well below what the process has after a signal, or nobody is left to end the worker.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<string> _arguments;
    private readonly TimeProvider _clock;
    private readonly Action<string> _tell;
    private readonly Task _running;

    private WorkerProcess(IReadOnlyList<string> arguments, TimeProvider clock, Action<string> tell)
    {
        (_arguments, _clock, _tell) = (arguments, clock, tell);
        _running = KeepAsync();
    }

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Of this same executable.</param>
    /// <param name="clock">Says when it is started again.</param>
    /// <param name="tell">Told what it prints, and when it dies.</param>
    public static WorkerProcess Start(IReadOnlyList<string> arguments, TimeProvider clock, Action<string> tell) =>
        new(arguments, clock, tell);

    /// <summary>Lets it put down what it has in hand, and ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    /// <summary>Nobody looks at how it goes until the server ends: whatever befalls it, it goes on.</summary>
    private async Task KeepAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync();
            }
            catch (Exception fault)
            {
                _tell($"The worker could not be started or followed; tried again in {StartAgainAfter.TotalSeconds} s. {fault.Message}");
            }

            await Task.Delay(StartAgainAfter, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunOnceAsync()
    {
        using var process = Launch();
        var told = TellAsync(process);
        await process.WaitForExitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_stop.IsCancellationRequested)
        {
            await EndAsync(process);
            await told;
            return;
        }

        await told;
        _tell($"The worker ended with exit code {process.ExitCode}; started again in {StartAgainAfter.TotalSeconds} s.");
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, _arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already, or the system does not let us: pages are then as quick as they can be.
        }

        return process;
    }

    private async Task TellAsync(Process process)
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            try
            {
                _tell(line);
            }
            catch (IOException)
            {
                // The log is a file on a full disk; the worker must not wait for it.
            }
        }
    }

    private static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited)
        {
            process.Kill();
        }
    }
}
