namespace Touchstone.Harness.Commands;

/// <summary>
/// The last resort: what an exception prints that <see cref="Invocation"/> did not expect. Nobody is shown a stack trace unasked.
/// </summary>
internal static class Defect
{
    /// <summary>Set to 1 it prints where an exception came from.</summary>
    public const string TraceVariable = "TOUCHSTONE_TRACE";

    /// <summary>Says that we failed, and how.</summary>
    /// <param name="command">The words of the command, such as <c>touchstone rank</c>.</param>
    /// <param name="fault">The exception.</param>
    /// <param name="errors">Where it goes.</param>
    /// <returns>The exit code.</returns>
    public static int Print(string command, Exception fault, TextWriter errors)
    {
        errors.WriteLine(fault is OutOfMemoryException
            ? $"{command} needs more memory than this machine gives it. What was finished is kept."
            : $"{command} failed by a defect of its own: {fault.GetType().Name}, {OneLine(fault.Message)}\nWhat was finished is kept. Please "
                + $"report it, with what the same command prints when {TraceVariable}=1 is set before it.");
        Trace(fault, errors);
        return Exit.Failure;
    }

    /// <summary>Prints where an exception came from, when that is asked for.</summary>
    /// <param name="fault">The exception.</param>
    /// <param name="errors">Where it goes.</param>
    public static void Trace(Exception fault, TextWriter errors)
    {
        if (Environment.GetEnvironmentVariable(TraceVariable) == "1")
        {
            errors.WriteLine(fault);
        }
    }

    /// <summary>Does the same for exceptions on threads that no command waits for, which would end the process otherwise.</summary>
    /// <param name="command">The words of the command.</param>
    /// <param name="errors">Where it goes.</param>
    public static void Watch(string command, TextWriter errors) => AppDomain.CurrentDomain.UnhandledException += (_, happened) =>
        Environment.Exit(Print(command, happened.ExceptionObject as Exception ?? new InvalidOperationException("Unknown."), errors));

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
