using System.Diagnostics;
using System.Runtime.Versioning;
using Touchstone.Harness.Engine;

namespace Touchstone.Tests.Harness;

/// <summary>
/// An engine of a test's own, beside the machine's: own folders, own socket, ended by its process id, and nothing of it
/// left. Needs root.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class SpareEngine : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly Process _process;
    private readonly StringWriter _log = new();

    private SpareEngine(string folder, string program, IEnumerable<string> arguments)
    {
        _folder = folder;
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        Fixture = new EngineFixture($"unix://{Path.Combine(folder, "socket")}");
    }

    /// <summary>The image of all participants on this engine.</summary>
    public EngineFixture Fixture { get; }

    /// <summary>Starts an engine and waits until it answers.</summary>
    /// <param name="program">What to start.</param>
    /// <param name="arguments">Its arguments, told its folder; the socket is <c>socket</c> in there.</param>
    public static async Task<SpareEngine> StartAsync(string program, Func<string, IEnumerable<string>> arguments)
    {
        // Remapped users must be able to walk through it, and /tmp is among the places that participants look for.
        var folder = Directory.CreateDirectory($"/var/lib/touchstone-{Guid.NewGuid().ToString("N")[..8]}").FullName;
        var engine = new SpareEngine(folder, program, arguments(folder));
        try
        {
            await engine.AnswersAsync();
            await engine.Fixture.InitializeAsync();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Fixture.DisposeAsync();
            CommandRunOf("kill", "-TERM", $"{_process.Id}");
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        foreach (var mount in File.ReadLines("/proc/mounts").Select(line => line.Split(' ')[1]).Where(path => path.StartsWith(_folder, StringComparison.Ordinal)).Reverse().ToList())
        {
            CommandRunOf("umount", mount);
        }

        CommandRunOf("rm", "-rf", "--one-file-system", _folder);
    }

    private async Task AnswersAsync()
    {
        var begin = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var engine = await DockerEngine.ConnectAsync($"unix://{Path.Combine(_folder, "socket")}");
                return;
            }
            catch (EngineException) when (!_process.HasExited && Stopwatch.GetElapsedTime(begin) < StartTimeout)
            {
                await Task.Delay(100);
            }
            catch (EngineException fault)
            {
                throw new InvalidOperationException($"The engine did not start:\n{_log}", fault);
            }
        }
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            _log.WriteLine(line);
        }
    }

    private static void CommandRunOf(string program, params string[] arguments) => EndToEnd.CommandRun.Of(program, arguments);
}
