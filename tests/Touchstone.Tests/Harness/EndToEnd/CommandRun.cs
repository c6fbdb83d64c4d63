using System.Diagnostics;
using Touchstone.Harness.Commands;

namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary>What a command printed and how it ended.</summary>
/// <param name="ExitCode">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    private static readonly string Configuration =
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>The executable that was built with these tests.</summary>
    public static string Executable { get; } =
        Repository.File(".artifacts", "bin", "Touchstone.Harness", Configuration, "touchstone");

    /// <summary>Runs the executable that was built with these tests, in the repository's top folder, as a user would.</summary>
    public static CommandRun Touchstone(params string[] arguments) =>
        Of(Executable, arguments);

    /// <summary>
    /// Does what the executable does in this process, which need not be started and compiled for it: for the many tests that are about
    /// what a command says. The main job, signals and kills go to the executable.
    /// </summary>
    public static CommandRun Here(params string[] arguments)
    {
        Environment.CurrentDirectory = Repository.Root;
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var raw = new MemoryStream();
        var invocation = new Invocation(new Globals
        {
            Out = Terminal.Create(output, isRedirected: true),
            Progress = Terminal.Create(error, isRedirected: true),
            Clock = TimeProvider.System,
            OpenOutput = () => raw,
        });
        var code = invocation.RunAsync(arguments).GetAwaiter().GetResult();
        return new CommandRun(code, output + System.Text.Encoding.UTF8.GetString(raw.ToArray()), error.ToString());
    }

    /// <summary>Starts the same executable and leaves it running.</summary>
    public static Process StartTouchstone(params string[] arguments) =>
        Start(Executable, arguments);

    /// <summary>Everything that was printed, for messages that may stand in either.</summary>
    public string All => Output + Error;

    /// <summary>Runs any program in the repository's top folder.</summary>
    public static CommandRun Of(string program, params string[] arguments) => In(Repository.Root, program, arguments);

    /// <summary>Runs any program in some folder.</summary>
    public static CommandRun In(string folder, string program, params string[] arguments)
    {
        using var process = StartIn(folder, program, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandRun(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Demands success, and shows what was printed otherwise.</summary>
    public CommandRun Succeeded()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}.\n{Output}\n{Error}");
        return this;
    }

    /// <summary>Starts any program in the repository's top folder and leaves it running.</summary>
    public static Process Start(string program, params string[] arguments) => StartIn(Repository.Root, program, arguments);

    private static Process StartIn(string folder, string program, string[] arguments) => Process.Start(
        new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
