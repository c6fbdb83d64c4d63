using System.CommandLine;
using System.CommandLine.Help;
using Microsoft.Data.Sqlite;
using Touchstone.Evaluators;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Store;
using Touchstone.Submissions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Commands;

/// <summary>
/// The command line from its words to its exit code; the one place that turns exceptions into messages. Separate from
/// <c>Program.cs</c> so that tests can call it in their own process, and see every exception that it does not expect.
/// </summary>
internal sealed class Invocation(Globals globals)
{
    private readonly RootCommand _root = CommandLine.Create(globals);

    /// <summary>Parses, runs, and says what went wrong. An exception that comes out of here is a defect of ours.</summary>
    /// <param name="words">The command line without the program's name.</param>
    /// <param name="stop">Stops the work as Ctrl-C does.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken stop = default)
    {
        var parse = _root.Parse(words);
        if (parse.Errors.Count > 0 && parse.Action is not HelpAction)
        {
            foreach (var error in parse.Errors)
            {
                globals.Complain(ParseWords.Of(parse, error.Message));
            }

            if (ParseWords.Guess(parse) is { } guess)
            {
                globals.Complain($"Did you mean {guess}?");
            }

            globals.Complain($"See `{CommandLine.Path(parse.CommandResult)} --help`.");
            return Exit.WrongUse;
        }

        return await AnswerAsync(() => parse.InvokeAsync(
            new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = globals.Out.Profile.Out.Writer,
                Error = globals.Progress.Profile.Out.Writer,

                // After Ctrl-C the container at work is stopped and removed first.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
            },
            stop));
    }

    /// <summary>Does work, and says what went wrong. An exception that comes out of here is a defect of ours.</summary>
    /// <param name="work">The work.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> AnswerAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (fault is WrongUseException or MistakesException or SubmissionException)
        {
            globals.TakeBack();
            globals.Complain(fault.Message);
            return Exit.WrongUse;
        }
        catch (OperationCanceledException)
        {
            globals.Complain("Stopped. What was finished is kept; the same command goes on from there.");
            return Exit.Failure;
        }
        catch (UnauthorizedAccessException fault)
        {
            return Fail(fault, $"{fault.Message} Give this user the right to read and write there, or name another place.");
        }
        catch (IOException fault) when (Infrastructure.IsDiskFull(fault))
        {
            return Fail(fault, $"The disk is full: {fault.Message.TrimEnd('.')}. Make room and try again; what was finished is kept.");
        }
        catch (IOException fault) when (fault.HResult == Sqlite.MayOnlyBeRead && fault is { InnerException: not SqliteException })
        {
            return Fail(fault, $"{fault.Message.TrimEnd('.')}. Put what is written where this user may write, or mount the disk so.");
        }
        catch (SqliteException fault)
        {
            // The store of results explains its own; the other database is that of a server.
            return Fail(fault, Sqlite.Explain(fault, "intake.sqlite of the workspace", "Restore it from a backup.").Message);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or VolumeException or EngineException
            or NotSupportedException)
        {
            return Fail(fault, fault.Message);
        }
    }

    private int Fail(Exception fault, string message)
    {
        globals.Complain(message);
        Defect.Trace(fault, globals.Progress.Profile.Out.Writer);
        return Exit.Failure;
    }
}
