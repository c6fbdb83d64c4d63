using System.CommandLine;
using System.CommandLine.Help;
using Touchstone.Evaluators;
using Touchstone.Harness.Commands;
using Touchstone.Harness.Engine;
using Touchstone.Submissions;
using Touchstone.Submissions.Yaml;

var globals = new Globals
{
    Out = Terminal.Create(Console.Out, Console.IsOutputRedirected),
    Progress = Terminal.Create(Console.Error, Console.IsErrorRedirected),
    Clock = TimeProvider.System,
};
var root = CommandLine.Create(globals);
var parse = root.Parse(args);
if (parse.Errors.Count > 0 && parse.Action is not HelpAction)
{
    foreach (var error in parse.Errors)
    {
        Console.Error.WriteLine(error.Message);
    }

    Console.Error.WriteLine($"See `{CommandLine.Path(parse.CommandResult)} --help`.");
    return Exit.WrongUse;
}

try
{
    return await parse.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,

        // After Ctrl-C the container at work is stopped and removed first.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
    });
}
catch (Exception fault) when (fault is WrongUseException or MistakesException or SubmissionException)
{
    Console.Error.WriteLine(fault.Message);
    return Exit.WrongUse;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped. What was finished is kept; the same command goes on from there.");
    return Exit.Failure;
}
catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException or VolumeException
    or EngineException or NotSupportedException)
{
    Console.Error.WriteLine(fault.Message);
    return Exit.Failure;
}
