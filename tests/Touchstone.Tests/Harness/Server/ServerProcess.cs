using System.Diagnostics;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Server;

/// <summary><c>touchstone serve</c> as a process of its own, which can be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Listening = "Listening on ";

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ServerProcess(Process process, Uri address, Task<string> errors) =>
        (_process, Address, _errors) = (process, address, errors);

    public Uri Address { get; }

    public static async Task<ServerProcess> StartAsync(TinyWorkspace workspace, params string[] options)
    {
        var process = CommandRun.StartTouchstone(
            ["serve", "--urls", "http://127.0.0.1:0", "--least-free-mb", "1", .. workspace.Options, .. options]);
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                return new ServerProcess(process, new Uri(line[Listening.Length..]), errors);
            }
        }

        throw new InvalidOperationException($"The server ended with exit code {process.ExitCode}.\n{await errors}");
    }

    /// <summary>Ends it as the kernel would: it gets no word in.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    /// <returns>Exit code and what it printed for operators.</returns>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        CommandRun.Of("kill", "-TERM", $"{_process.Id}").Succeeded();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
